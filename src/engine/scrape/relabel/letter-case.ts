/**
 * Upper and lower case as Go maps them, character by character and each to a single one (strings.ToUpper, strings.ToLower).
 * JavaScript's own methods also know mappings to several, such as `ß` to `SS`, and the Greek sigma at the end of a word.
 */

const ASCII = /^[\0-\x7f]*$/;

/** The text in capital letters. */
export function toUpperCase(text: string): string {
	return ASCII.test(text) ? text.toUpperCase() : mapped(text, upperCase);
}

/** The text in small letters. */
export function toLowerCase(text: string): string {
	return ASCII.test(text) ? text.toLowerCase() : mapped(text, lowerCase);
}

/**
 * Letters that have a case only since Unicode 16 or 17, some only in one direction. Go knows Unicode 15, and which one a browser knows
 * must not decide what a label is.
 */
const CASELESS =
	/[\u019b\u0264\u1c89\u1c8a\ua7cb-\ua7cf\ua7d2-\ua7d5\ua7da-\ua7dc\u{10d50}-\u{10d85}\u{16ea0}-\u{16ed3}]/u;

/** What is no character becomes the one that says so. */
function mapped(text: string, map: (character: string) => string): string {
	return Array.from(text.toWellFormed(), (character) =>
		CASELESS.test(character) ? character : map(character)
	).join('');
}

function upperCase(character: string): string {
	const upper = character.toUpperCase();
	return isSingle(upper) ? upper : titleCase(character);
}

/**
 * The capital letter of a character whose full mapping is several. Only Greek letters with an iota below have one: their title case,
 * 8 or 9 places on.
 */
function titleCase(character: string): string {
	const code = character.codePointAt(0) as number;
	for (const distance of [8, 9]) {
		const title = String.fromCodePoint(code + distance);
		if (title.toLowerCase() === character) return title;
	}
	return character;
}

function lowerCase(character: string): string {
	// The Turkish dotted capital I is the only one whose full mapping is several.
	return character === '\u0130' ? 'i' : character.toLowerCase();
}

function isSingle(text: string): boolean {
	return text.length === 1 || (text.length === 2 && (text.codePointAt(0) as number) > 0xffff);
}
