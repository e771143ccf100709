import { decodeUtf8, escapeCharacter, isPrintable, isSurrogate } from '#engine/model';

/**
 * The character in single quotes (Go's %q of a rune). Past the end of a text, undefined, Go writes U+FFFD; that is also how
 * it reads a byte that is not UTF-8.
 */
export function quoteCharacter(character: string | undefined): string {
	if (character === undefined || isSurrogate(character.codePointAt(0) as number)) return "'\ufffd'";
	if (character === "'") return "'\\''";
	if (character === '"') return `'"'`;
	return `'${isPrintable(character) && character !== '\\' ? character : escapeCharacter(character)}'`;
}

/** `U+0041 'A'`, Go's %#U. */
export function describeCharacter(character: string): string {
	const point = character.codePointAt(0) as number;
	if (isSurrogate(point)) return describeCharacter('\ufffd');
	const code = point.toString(16).toUpperCase().padStart(4, '0');
	return isPrintable(character) ? `U+${code} '${character}'` : `U+${code}`;
}

const SIMPLE: Readonly<Record<string, number>> = {
	a: 0x07,
	b: 0x08,
	f: 0x0c,
	n: 0x0a,
	r: 0x0d,
	t: 0x09,
	v: 0x0b
};

const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * The value of a string literal that the lexer has accepted, quotes included. Escapes \x and \ooo stand for bytes, which
 * need not be UTF-8 (see model/utf8.ts).
 */
export function unquote(literal: string): string {
	const inside = literal.slice(1, -1);
	if (literal.charCodeAt(0) === 0x60 || !inside.includes('\\')) return inside;
	return decodeUtf8(unescapeBytes(inside));
}

const ENCODER = new TextEncoder();

function unescapeBytes(text: string): Uint8Array {
	const bytes: number[] = [];
	for (let i = 0; i < text.length;) {
		const next = text.indexOf('\\', i);
		const plainEnd = next === -1 ? text.length : next;
		if (plainEnd > i) bytes.push(...ENCODER.encode(text.slice(i, plainEnd)));
		i = next === -1 ? text.length : unescapeOne(text, next + 1, bytes);
	}
	return Uint8Array.from(bytes);
}

/** Decodes the escape whose letter is at `i`; returns where the text goes on. */
function unescapeOne(text: string, i: number, bytes: number[]): number {
	const letter = text.charAt(i);
	const digits = HEX_DIGITS[letter];
	if (digits !== undefined) {
		const code = Number.parseInt(text.slice(i + 1, i + 1 + digits), 16);
		if (letter === 'x') bytes.push(code);
		else bytes.push(...ENCODER.encode(String.fromCodePoint(code)));
		return i + 1 + digits;
	}
	if (letter >= '0' && letter <= '7') {
		bytes.push(Number.parseInt(text.slice(i, i + 3), 8));
		return i + 3;
	}
	bytes.push(SIMPLE[letter] ?? letter.charCodeAt(0));
	return i + 1;
}
