/**
 * The parts of a float64: value = fraction · 2^exponent with a fraction in [0.5, 1), as math.Frexp and math.Ldexp of Go take
 * them apart and put them together.
 */
const FLOAT = new Float64Array(1);
const WORDS = new Uint32Array(FLOAT.buffer);

/** Which word has sign and exponent: the second on little-endian machines, which is all that browsers run on. */
const HIGH = 1;
const LOW = 0;

const EXPONENT_MASK = 0x7ff00000;
const EXPONENT_SHIFT = 20;
const FRACTION_BIAS = 1022;
const TWO_52 = 2 ** 52;
const MIN_NORMAL = 2 ** -1022;

/** The exponent of a value, 0 for zeros, infinities and NaN. */
export function exponentOf(value: number): number {
	if (value === 0 || !Number.isFinite(value)) return 0;
	if (Math.abs(value) < MIN_NORMAL) return exponentOf(value * TWO_52) - 52;
	FLOAT[0] = value;
	return (((WORDS[HIGH] as number) & EXPONENT_MASK) >> EXPONENT_SHIFT) - FRACTION_BIAS;
}

/** The fraction of a value; zeros, infinities and NaN are their own. */
export function fractionOf(value: number): number {
	if (value === 0 || !Number.isFinite(value)) return value;
	if (Math.abs(value) < MIN_NORMAL) return fractionOf(value * TWO_52);
	FLOAT[0] = value;
	WORDS[HIGH] = ((WORDS[HIGH] as number) & ~EXPONENT_MASK) | (FRACTION_BIAS << EXPONENT_SHIFT);
	return FLOAT[0];
}

/** 2^exponent, for exponents of normal numbers: -1022 … 1023. */
export function powerOfTwo(exponent: number): number {
	WORDS[LOW] = 0;
	WORDS[HIGH] = (exponent + FRACTION_BIAS + 1) << EXPONENT_SHIFT;
	return FLOAT[0] as number;
}

/** fraction · 2^exponent, rounded once. */
export function scale(fraction: number, exponent: number): number {
	if (fraction === 0 || !Number.isFinite(fraction)) return fraction;
	const size = exponent + exponentOf(fraction);
	if (size > 1024) return fraction < 0 ? -Infinity : Infinity;
	if (size < -1074) return fraction < 0 ? -0 : 0;
	const normal = fractionOf(fraction);
	if (size > 1023) return normal * powerOfTwo(1023) * 2;
	if (size >= -1021) return normal * powerOfTwo(size);
	// Exact so far; only the second factor leaves the normal numbers.
	return normal * powerOfTwo(size + 53) * powerOfTwo(-53);
}

/** The number next to a finite one other than 0, away from zero or towards it, in the given direction. */
export function neighbour(value: number, upwards: boolean): number {
	FLOAT[0] = value;
	const low = WORDS[LOW] as number;
	if (upwards === value > 0) {
		WORDS[LOW] = low + 1;
		if (low === 0xffffffff) WORDS[HIGH] = (WORDS[HIGH] as number) + 1;
	} else {
		WORDS[LOW] = low - 1;
		if (low === 0) WORDS[HIGH] = (WORDS[HIGH] as number) - 1;
	}
	return FLOAT[0];
}

/** Whether the last bit of a float64 is 0. */
export function isLastBitClear(value: number): boolean {
	FLOAT[0] = value;
	return ((WORDS[LOW] as number) & 1) === 0;
}

/** The upper 32 bits of a float64: sign, exponent, the first 20 bits of the fraction. */
export function highWord(value: number): number {
	FLOAT[0] = value;
	return WORDS[HIGH] as number;
}

/** The lower 32 bits of a float64. */
export function lowWord(value: number): number {
	FLOAT[0] = value;
	return WORDS[LOW] as number;
}

/** The float64 of those bits. */
export function fromWords(high: number, low: number): number {
	WORDS[LOW] = low;
	WORDS[HIGH] = high;
	return FLOAT[0] as number;
}
