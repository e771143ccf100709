import { isStrayByte, isSurrogate } from './utf8.ts';

/** Categories that Go's unicode.IsPrint accepts: letters, marks, numbers, punctuation, symbols, and the ASCII space. */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const NEEDS_ESCAPE = /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;

const ESCAPES: Readonly<Record<string, string>> = {
	'"': '\\"',
	'\\': '\\\\',
	'\x07': '\\a',
	'\b': '\\b',
	'\f': '\\f',
	'\n': '\\n',
	'\r': '\\r',
	'\t': '\\t',
	'\v': '\\v'
};

/** The text in double quotes, with everything that does not print escaped (Go's strconv.Quote and %q). */
export function quote(text: string): string {
	return `"${text.replace(NEEDS_ESCAPE, escapeCharacter)}"`;
}

/** Whether Go shows the character as it is. */
export function isPrintable(character: string): boolean {
	return PRINTABLE.test(character);
}

/**
 * The character as an escape: `\n`, `\x7f`, `\u00a0`, `\xff` of a byte that is not UTF-8. Any other surrogate that has lost its
 * pair is U+FFFD, as in UTF-8.
 */
export function escapeCharacter(character: string): string {
	const short = ESCAPES[character];
	if (short !== undefined) return short;
	const code = character.codePointAt(0) as number;
	if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
	if (isStrayByte(code)) return `\\x${hex(code - 0xdc00, 2)}`;
	if (isSurrogate(code)) return '\ufffd';
	return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

function hex(code: number, digits: number): string {
	return code.toString(16).padStart(digits, '0');
}
