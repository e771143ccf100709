import { exponentOf, fractionOf, highWord, lowWord, fromWords } from './float-bits.ts';

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const HALF_SQRT2 = Math.SQRT1_2;

/** The series of log((1+s)/(1-s)), as FreeBSD's e_log.c has it. */
const L1 = 0.6666666666666735;
const L2 = 0.3999999999940942;
const L3 = 0.2857142874366239;
const L4 = 0.22222198432149784;
const L5 = 0.1818357216161805;
const L6 = 0.15313837699209373;
const L7 = 0.14798198605116586;

/**
 * math.Log as Go has it on amd64 (math/log_amd64.s). Of subnormal numbers it takes the bits as if they were normal ones, so
 * that their logarithms are those of numbers around 2^-1023.
 */
export function goLog(value: number): number {
	if (value === 0) return -Infinity;
	if (value < 0) return NaN;
	if (!(value < Infinity)) return value;
	const high = highWord(value);
	const low = lowWord(value);
	const fraction = fromWords((high & 0xfffff) | 0x3fe00000, low);
	return logOf(fraction, (high >>> 20) - 0x3fe);
}

/** ln(fraction · 2^exponent) of a fraction in [0.5, 1). */
function logOf(fraction: number, exponent: number): number {
	const isLow = fraction <= HALF_SQRT2;
	const k = isLow ? exponent - 1 : exponent;
	const f = (isLow ? fraction * 2 : fraction) - 1;
	const s = f / (2 + f);
	const s2 = s * s;
	const s4 = s2 * s2;
	const odd = s2 * (L1 + s4 * (L3 + s4 * (L5 + s4 * L7)));
	const even = s4 * (L2 + s4 * (L4 + s4 * L6));
	const halfSquare = 0.5 * f * f;
	return k * LN2_HIGH - (halfSquare - (s * (halfSquare + (odd + even)) + k * LN2_LOW) - f);
}

/** math.Log2: exact for powers of two. */
export function goLog2(value: number): number {
	const fraction = fractionOf(value);
	const exponent = exponentOf(value);
	return fraction === 0.5 ? exponent - 1 : goLog(fraction) * Math.LOG2E + exponent;
}

/** math.Log10. */
export function goLog10(value: number): number {
	return goLog(value) * Math.LOG10E;
}

const SQRT2_LESS_1 = 0.41421356237309503;
const HALF_SQRT2_LESS_1 = -0.2928932188134525;

/** math.Log1p, ln(1 + value) (math/log1p.go, after FreeBSD's s_log1p.c). */
export function goLog1p(value: number): number {
	if (value < -1 || Number.isNaN(value)) return NaN;
	if (value === -1) return -Infinity;
	if (value === Infinity) return Infinity;
	const size = Math.abs(value);
	if (size < 2 ** -54) return value;
	if (size < 2 ** -29) return value - value * value * 0.5;
	if (value > HALF_SQRT2_LESS_1 && value < SQRT2_LESS_1) return log1pOf(value, 0, 0, false);
	const sum = size < 2 ** 53 ? 1 + value : value;
	return log1pReduced(sum, size < 2 ** 53 ? lostOfSum(value, sum) / sum : 0);
}

/** What rounding lost of 1 + value. */
function lostOfSum(value: number, sum: number): number {
	return sum >= 2 ? 1 - (sum - value) : value - (sum - 1);
}

/** The first 20 bits of the fraction of the square root of 2, and the rest. */
const SQRT2_FRACTION = 0x6a09e;
const SQRT2_FRACTION_LOW = 0x667f3bcd;

function log1pReduced(sum: number, lost: number): number {
	const high = highWord(sum);
	const low = lowWord(sum);
	const k = (high >>> 20) - 1023;
	const fraction = high & 0xfffff;
	const isSmall =
		fraction < SQRT2_FRACTION || (fraction === SQRT2_FRACTION && low < SQRT2_FRACTION_LOW);
	if (isSmall) {
		const f = fromWords(fraction | 0x3ff00000, low) - 1;
		return log1pOf(f, k, lost, fraction === 0 && low === 0);
	}
	const f = fromWords(fraction | 0x3fe00000, low) - 1;
	// (2^52 - fraction) / 4 is 0 only for the three largest fractions.
	const isTiny = fraction === 0xfffff && low >= 0xfffffffd;
	return log1pOf(f, k + 1, lost, isTiny);
}

/** ln((1 + f) · 2^k) and a correction. */
function log1pOf(f: number, k: number, lost: number, isTiny: boolean): number {
	const halfSquare = 0.5 * f * f;
	if (isTiny) return log1pOfTiny(f, k, lost, halfSquare);
	const s = f / (2 + f);
	const z = s * s;
	const r = z * (L1 + z * (L2 + z * (L3 + z * (L4 + z * (L5 + z * (L6 + z * L7))))));
	if (k === 0) return f - (halfSquare - s * (halfSquare + r));
	return k * LN2_HIGH - (halfSquare - (s * (halfSquare + r) + (k * LN2_LOW + lost)) - f);
}

function log1pOfTiny(f: number, k: number, lost: number, halfSquare: number): number {
	if (f === 0) return k === 0 ? 0 : k * LN2_HIGH + (lost + k * LN2_LOW);
	const r = halfSquare * (1 - 0.6666666666666666 * f);
	return k === 0 ? f - r : k * LN2_HIGH - (r - (k * LN2_LOW + lost) - f);
}
