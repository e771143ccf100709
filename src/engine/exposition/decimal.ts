const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
/** Digits that always fit a float exactly: 10^15 < 2^53. */
const EXACT_DIGITS = 15;
/** Digits of the longest number that is read here: as many as a float needs at most. */
const MOST_DIGITS = 17;

const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * Reads plain decimals without making texts of them. It is exact or it declines: a whole number
 * below 10^15 and a power of ten up to 10^22 are both exact as floats, and one division rounds once (Clinger's fast path). Of
 * longer ones the quotient is worked out to twice the precision of a float, and taken where that leaves no doubt how to round it.
 */
export class DecimalReader {
	/** Where the number ends; -1 when there is none of this kind. What follows it is for the caller to look at. */
	end = -1;

	read(bytes: Uint8Array, from: number): number {
		let i = from;
		const negative = bytes[i] === MINUS;
		if (negative) i++;
		const first = i;
		let digits = 0;
		for (let digit = bytes[i]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++i]! - ZERO) {
			digits = digits * 10 + digit;
		}
		let length = i - first;
		let point = -1;
		if (bytes[i] === POINT) {
			point = i++;
			for (let digit = bytes[i]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++i]! - ZERO) {
				digits = digits * 10 + digit;
			}
			length += i - point - 1;
		}
		const decimals = point < 0 ? 0 : i - point - 1;
		let value = digits;
		if (length > EXACT_DIGITS)
			value = length > MOST_DIGITS ? NaN : readLong(bytes, first, i, point);
		else if (decimals > 0) value = digits / POWERS_OF_TEN[decimals]!;
		this.end = length === 0 || Number.isNaN(value) ? -1 : i;
		return negative ? -value : value;
	}
}

/** The number of 16 or 17 digits in bytes[from, to), with its point, if any; NaN when it cannot be told to the last bit. */
function readLong(bytes: Uint8Array, from: number, to: number, point: number): number {
	let head = 0;
	let tail = 0;
	const split = to - (point >= to - LAST_DIGITS ? LAST_DIGITS + 1 : LAST_DIGITS);
	for (let i = from; i < to; i++) {
		const digit = bytes[i]! - ZERO;
		if (digit < 0) continue;
		if (i < split) head = head * 10 + digit;
		else tail = tail * 10 + digit;
	}
	// Both together are all digits, exactly.
	const product = head * LAST_POWER;
	const high = product + tail;
	const low = productError(head, LAST_POWER, product) + (tail - (high - product));
	if (point < 0) return high + low;

	const power = POWERS_OF_TEN[to - point - 1]!;
	const quotient = high / power;
	const back = quotient * power;
	const rest = (high - back - productError(quotient, power, back) + low) / power;
	const value = quotient + rest;
	const isSure = quotient + rest * (1 - DOUBT) === value && quotient + rest * (1 + DOUBT) === value;
	return isSure ? value : NaN;
}

const LAST_DIGITS = 3;
const LAST_POWER = 1000;
/** Far more than the relative error of the rest. */
const DOUBT = 2 ** -40;

/** What rounding took from a product: a * b - product, exactly (Dekker). */
function productError(a: number, b: number, product: number): number {
	const a1 = a * SPLITTER - (a * SPLITTER - a);
	const b1 = b * SPLITTER - (b * SPLITTER - b);
	const a2 = a - a1;
	const b2 = b - b1;
	return a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2);
}

const SPLITTER = 2 ** 27 + 1;
