export const NUL = 0x00;
export const TAB = 0x09;
export const NEWLINE = 0x0a;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const HASH = 0x23;
export const COMMA_BYTE = 0x2c;
export const EQUALS = 0x3d;
export const BACKSLASH = 0x5c;
export const OPEN = 0x7b;
export const CLOSE = 0x7d;

const LABEL_START = 1;
const NAME_START = 2;
const DIGIT = 4;
const PLAIN = 8;

const CLASS = new Uint8Array(256);
for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_') {
	CLASS[letter.charCodeAt(0)] = LABEL_START | NAME_START;
}
for (const digit of '0123456789') CLASS[digit.charCodeAt(0)] = DIGIT;
CLASS[':'.charCodeAt(0)] = NAME_START;
for (let byte = SPACE; byte < 0x7f; byte++) {
	if (byte !== QUOTE && byte !== BACKSLASH) CLASS[byte]! |= PLAIN;
}

export function isNameStart(byte: number | undefined): boolean {
	return byte !== undefined && (CLASS[byte]! & NAME_START) !== 0;
}

/** Whether a metric name could go on with the byte. */
export function isNameByte(byte: number | undefined): boolean {
	return byte !== undefined && (CLASS[byte]! & (NAME_START | DIGIT)) !== 0;
}

export function isLabelStart(byte: number | undefined): boolean {
	return byte !== undefined && (CLASS[byte]! & LABEL_START) !== 0;
}

export function isDigit(byte: number | undefined): boolean {
	return byte !== undefined && (CLASS[byte]! & DIGIT) !== 0;
}

/** Where a metric name that begins before `i` ends. */
export function skipName(bytes: Uint8Array, i: number): number {
	while (i < bytes.length && (CLASS[bytes[i]!]! & (NAME_START | DIGIT)) !== 0) i++;
	return i;
}

/** Where a label name that begins before `i` ends. */
export function skipLabelName(bytes: Uint8Array, i: number): number {
	while (i < bytes.length && (CLASS[bytes[i]!]! & (LABEL_START | DIGIT)) !== 0) i++;
	return i;
}

export function skipDigits(bytes: Uint8Array, i: number): number {
	while (i < bytes.length && (CLASS[bytes[i]!]! & DIGIT) !== 0) i++;
	return i;
}

/** Where printable ASCII without quotes and backslashes, which begins at `i`, ends. */
export function skipPlainText(bytes: Uint8Array, i: number): number {
	while (i < bytes.length && (CLASS[bytes[i]!]! & PLAIN) !== 0) i++;
	return i;
}

/** Where blanks and tabs that begin at `i` end. */
export function skipBlanks(bytes: Uint8Array, i: number): number {
	while (bytes[i] === SPACE || bytes[i] === TAB) i++;
	return i;
}

/** Where bytes 0 that begin at `i` end. */
export function skipNuls(bytes: Uint8Array, i: number): number {
	while (bytes[i] === NUL) i++;
	return i;
}

/**
 * Where the word at `i` ends; -1 - k when the byte k is not the word's. Prometheus' lexers do not see bytes 0 after the
 * letters of such a word, so they belong to it.
 */
export function skipWord(bytes: Uint8Array, i: number, word: string): number {
	for (let k = 0; k < word.length; k++) {
		if (bytes[i] !== word.charCodeAt(k)) return -1 - i;
		i = skipNuls(bytes, i + 1);
	}
	return i;
}
