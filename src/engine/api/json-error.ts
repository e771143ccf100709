/** Where the reading is; it only moves on. */
interface Cursor {
	readonly text: string;
	at: number;
	/** The brackets that are open. */
	readonly open: string[];
}

/** What is wrong, in Go's words. Thrown inside, caught once, in `jsonError`. */
class SyntaxProblem extends Error {}

/** Go goes no deeper. */
const DEEPEST = 10_000;

/** Why a text is no JSON, in the words of Go's own decoder; undefined when it is (encoding/json, checkValid). Never throws. */
export function jsonError(text: string): string | undefined {
	const cursor: Cursor = { text, at: 0, open: [] };
	try {
		do passValue(cursor);
		while (!isClosed(cursor));
		if (peek(cursor) !== undefined) throw unexpected(cursor, 'after top-level value');
		return undefined;
	} catch (error) {
		if (!(error instanceof SyntaxProblem)) throw error;
		return error.message;
	}
}

/** Passes a value, or the opening bracket of one with another value in it, up to where that begins. */
function passValue(cursor: Cursor): void {
	let first = peek(cursor);
	while (first === '{' || first === '[') {
		if (cursor.open.push(first) > DEEPEST) throw unexpected(cursor, 'exceeded max depth');
		cursor.at++;
		if (peek(cursor) === CLOSING[first]) return;
		if (first === '{') passName(cursor);
		first = peek(cursor);
	}
	if (first === '"') passText(cursor);
	else if (first !== undefined && first in WORDS) passWord(cursor, WORDS[first] as string);
	else if (first !== undefined && /[-\d]/.test(first)) passNumber(cursor);
	else throw unexpected(cursor, 'looking for beginning of value');
}

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };
const WORDS: Readonly<Record<string, string>> = { t: 'true', f: 'false', n: 'null' };

/** Passes all brackets that close behind a value: true at the end, false where another value begins. */
function isClosed(cursor: Cursor): boolean {
	for (let bracket = cursor.open.at(-1); bracket !== undefined; bracket = cursor.open.at(-1)) {
		const next = peek(cursor);
		if (next === ',') {
			cursor.at++;
			if (bracket === '{') passName(cursor);
			return false;
		}
		if (next !== CLOSING[bracket]) {
			const after = bracket === '{' ? 'after object key:value pair' : 'after array element';
			throw unexpected(cursor, after);
		}
		cursor.at++;
		cursor.open.pop();
	}
	return true;
}

function passName(cursor: Cursor): void {
	if (peek(cursor) !== '"') throw unexpected(cursor, 'looking for beginning of object key string');
	passText(cursor);
	if (peek(cursor) !== ':') throw unexpected(cursor, 'after object key');
	cursor.at++;
}

function passText(cursor: Cursor): void {
	cursor.at++;
	for (;;) {
		const next = cursor.text[cursor.at];
		if (next === undefined || next < ' ') throw unexpected(cursor, 'in string literal');
		cursor.at++;
		if (next === '"') return;
		if (next === '\\') passEscape(cursor);
	}
}

function passEscape(cursor: Cursor): void {
	const isUnicode = cursor.text[cursor.at] === 'u';
	pass(cursor, /[bfnrt\\/"u]/, 'in string escape code');
	for (let i = 0; isUnicode && i < 4; i++) {
		pass(cursor, /[\da-fA-F]/, 'in \\u hexadecimal character escape');
	}
}

function passNumber(cursor: Cursor): void {
	isPassed(cursor, /-/);
	if (!isPassed(cursor, /0/)) passDigits(cursor, 'in numeric literal');
	if (isPassed(cursor, /\./)) passDigits(cursor, 'after decimal point in numeric literal');
	if (isPassed(cursor, /[eE]/)) {
		isPassed(cursor, /[+-]/);
		passDigits(cursor, 'in exponent of numeric literal');
	}
}

function passDigits(cursor: Cursor, where: string): void {
	pass(cursor, /\d/, where);
	while (isPassed(cursor, /\d/));
}

function passWord(cursor: Cursor, word: string): void {
	for (const letter of word) {
		pass(cursor, new RegExp(letter), `in literal ${word} (expecting '${letter}')`);
	}
}

/** Go looks at a space behind the end, which has no place inside of a word, a number or an escape. */
function pass(cursor: Cursor, wanted: RegExp, where: string): void {
	if (isPassed(cursor, wanted)) return;
	throw cursor.at < cursor.text.length
		? unexpected(cursor, where)
		: new SyntaxProblem(`invalid character ' ' ${where}`);
}

function isPassed(cursor: Cursor, wanted: RegExp): boolean {
	const isThere = wanted.test(cursor.text[cursor.at] ?? '');
	if (isThere) cursor.at++;
	return isThere;
}

/** The next character that is no space; undefined at the end. */
function peek(cursor: Cursor): string | undefined {
	while (isPassed(cursor, /[ \t\r\n]/));
	return cursor.text[cursor.at];
}

function unexpected({ text, at }: Cursor, where: string): SyntaxProblem {
	const code = text.codePointAt(at);
	if (code === undefined) return new SyntaxProblem('unexpected end of JSON input');
	return new SyntaxProblem(`invalid character ${quoted(firstByte(code))} ${where}`);
}

/** Go goes by bytes, and takes the first one of a character for a character of its own. */
function firstByte(code: number): number {
	if (code < 0x80) return code;
	return new TextEncoder().encode(String.fromCodePoint(code))[0] as number;
}

/** As strconv.Quote writes what one byte can be, in single quotes. */
function quoted(byte: number): string {
	const character = String.fromCharCode(byte);
	const short = SHORT[character];
	if (short !== undefined) return `'${short}'`;
	if (byte < 0x20 || byte === 0x7f) return `'\\x${byte.toString(16).padStart(2, '0')}'`;
	return `'${character}'`;
}

const SHORT: Readonly<Record<string, string>> = {
	"'": "\\'",
	'\\': '\\\\',
	'\x07': '\\a',
	'\b': '\\b',
	'\f': '\\f',
	'\n': '\\n',
	'\r': '\\r',
	'\t': '\\t',
	'\v': '\\v'
};
