const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
/** Digits that always fit a float exactly: 10^15 < 2^53. */
const EXACT_DIGITS = 15;

const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/**
 * Reads plain decimals without making texts of them. It is exact or it declines: a whole number
 * below 10^15 and a power of ten up to 10^22 are both exact as floats, and one division rounds once (Clinger's fast path).
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
		let decimals = 0;
		if (bytes[i] === POINT) {
			const point = i++;
			for (let digit = bytes[i]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++i]! - ZERO) {
				digits = digits * 10 + digit;
			}
			decimals = i - point - 1;
			length += decimals;
		}
		this.end = length > 0 && length <= EXACT_DIGITS ? i : -1;
		const value = decimals === 0 ? digits : digits / POWERS_OF_TEN[decimals]!;
		return negative ? -value : value;
	}
}
