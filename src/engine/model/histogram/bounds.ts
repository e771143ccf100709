import { EXPONENTIAL_BOUNDS } from './exponential-bounds.ts';
import { CUSTOM_BUCKETS_SCHEMA } from './float-histogram.ts';

const FINEST_TABLE = 8;

/**
 * The upper bound of the positive bucket with that index, which is the lower bound of the next (generic.go, getBound). Custom
 * buckets begin at -Inf and end at +Inf.
 */
export function bucketBound(
	index: number,
	schema: number,
	customValues: readonly number[]
): number {
	if (schema !== CUSTOM_BUCKETS_SCHEMA) return exponentialBound(index, schema);
	if (index < 0) return -Infinity;
	return index < customValues.length ? (customValues[index] as number) : Infinity;
}

/**
 * The upper bound of an exponential bucket. The last one before the bucket of infinite observations ends at the largest float64,
 * since its true bound, 2^1024, is none (generic.go, getBoundExponential).
 */
export function exponentialBound(index: number, schema: number): number {
	if (schema < 0) {
		const exponent = index * 2 ** -schema;
		return exponent === 1024 ? Number.MAX_VALUE : scaleByPowerOfTwo(1, exponent);
	}
	const step = 1 << schema;
	const fraction = EXPONENTIAL_BOUNDS[(index & (step - 1)) << (FINEST_TABLE - schema)] as number;
	const exponent = (index >> schema) + 1;
	if (fraction === 0.5 && exponent === 1025) return Number.MAX_VALUE;
	return scaleByPowerOfTwo(fraction, exponent);
}

const LEAST_EXPONENT = -1022;
const GREATEST_EXPONENT = 1023;

/** 2^-1022 … 2^1023, which are exact: a table is several times faster than `**`. */
const POWERS_OF_TWO = powersOfTwo();

function powersOfTwo(): Float64Array {
	const powers = new Float64Array(GREATEST_EXPONENT - LEAST_EXPONENT + 1);
	let power = 2 ** LEAST_EXPONENT;
	for (let i = 0; i < powers.length; i++) {
		powers[i] = power;
		power *= 2;
	}
	return powers;
}

/** fraction · 2^exponent for a fraction in [0.5, 1], rounded once (math.Ldexp). */
function scaleByPowerOfTwo(fraction: number, exponent: number): number {
	if (exponent > GREATEST_EXPONENT) {
		return exponent > GREATEST_EXPONENT + 1
			? Infinity
			: fraction * (POWERS_OF_TWO[POWERS_OF_TWO.length - 1] as number) * 2;
	}
	if (exponent >= LEAST_EXPONENT) {
		return fraction * (POWERS_OF_TWO[exponent - LEAST_EXPONENT] as number);
	}
	const below = exponent - LEAST_EXPONENT;
	// Exact so far; only the second factor leaves the normal numbers.
	return below < LEAST_EXPONENT
		? 0
		: fraction * (POWERS_OF_TWO[0] as number) * (POWERS_OF_TWO[below - LEAST_EXPONENT] as number);
}
