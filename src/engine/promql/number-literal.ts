/**
 * Numbers in query text: where they end (promql/parser/lex.go, scanNumber) and what they are worth
 * (strconv.ParseInt with base 0, then ParseFloat).
 */

const DECIMAL = '0123456789';
const HEXADECIMAL = '0123456789abcdefABCDEF';

/**
 * Where the number that begins at `from` ends; the bitwise complement (negative) of where reading stopped if it is not
 * a number. A number that is accepted here can still be malformed; `parseNumber` tells.
 */
export function scanNumber(text: string, from: number): number {
	let end = from;
	while (isDigitUnit(text.charCodeAt(end))) end++;
	if (end > from && text.charAt(end) === '.') {
		do end++;
		while (isDigitUnit(text.charCodeAt(end)));
	}
	if (end > from && !'._eExX'.includes(text.charAt(end))) {
		return isWordUnit(text.charCodeAt(end)) ? ~end : end;
	}
	return end === text.length ? end : scanLongNumber(text, from);
}

/** A number that is more than decimal digits. */
function scanLongNumber(text: string, from: number): number {
	let at = from;
	let digits = DECIMAL;
	let dot = false;
	let exponent = false;
	const on = (set: string): boolean => at < text.length && set.includes(text.charAt(at));
	const accept = (set: string): boolean => on(set) && ++at > 0;

	if (accept('0') && accept('xX')) {
		accept('_');
		digits = HEXADECIMAL;
	}
	accept('.');
	accept(digits);
	while (on(digits) || on('._eE')) {
		if (on('.') && dot) return ~(at + 1);
		if (on('eE') && exponent) return ~(at + 1);
		if (accept('.')) {
			dot = true;
			if (accept('_.') || digits === HEXADECIMAL) return ~at;
		} else if (accept('eE')) {
			exponent = true;
			accept('+-');
			if (accept('._eE') || at >= text.length) return ~at;
		} else if (accept('_')) {
			if (accept('._eE') || at >= text.length) return ~at;
		} else {
			while (accept(digits));
		}
	}
	return isWordUnit(text.charCodeAt(at)) ? ~at : at;
}

/** Whether a UTF-16 unit is an ASCII letter, digit or underscore. NaN, past the end of a text, is not. */
export function isWordUnit(unit: number): boolean {
	return isLetterUnit(unit) || isDigitUnit(unit);
}

/** Whether a UTF-16 unit is an ASCII letter or underscore. */
export function isLetterUnit(unit: number): boolean {
	return (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || unit === 95;
}

/** Whether a UTF-16 unit is an ASCII digit. */
export function isDigitUnit(unit: number): boolean {
	return unit >= 48 && unit <= 57;
}

/** Underscores may stand between digits, and after a base prefix. */
const INTEGER = /^(?:0[xX](?:_?[\da-fA-F])+|0(?:_?[0-7])*|[1-9](?:_?\d)*)$/;
const FLOAT = /^(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?$/;
const LARGEST_INT64 = 2n ** 63n - 1n;

/** A number, or the reason why the text is none. */
export type NumberOutcome =
	{ readonly value: number } | { readonly error: 'invalid syntax' | 'value out of range' };

/** Reads a number as PromQL does: hexadecimal, octal where a leading zero begins an integer, decimal, Inf, NaN. */
export function parseNumber(text: string): NumberOutcome {
	const first = text.charCodeAt(0);
	if (isLetterUnit(first)) return { value: first === 73 || first === 105 ? Infinity : NaN };
	if (INTEGER.test(text)) {
		const value = parseInteger(text.replaceAll('_', ''));
		if (value !== undefined) return { value };
	}
	if (!FLOAT.test(text)) {
		// Too large a hexadecimal number is no number to ParseFloat either: its floats need an exponent.
		return { error: 'invalid syntax' };
	}
	const value = Number(text.replaceAll('_', ''));
	return Number.isFinite(value) ? { value } : { error: 'value out of range' };
}

function parseInteger(text: string): number | undefined {
	if (text.length < 16 && !text.startsWith('0')) return Number(text);
	const octal = /^0\d/.test(text);
	const value = BigInt(octal ? `0o${text}` : text);
	return value > LARGEST_INT64 ? undefined : Number(value);
}
