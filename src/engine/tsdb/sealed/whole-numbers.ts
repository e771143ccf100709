import { MAX_DECIMALS, POWERS_OF_TEN } from './layout.ts';

/** Differences of differences of numbers up to here are still exact. */
const LIMIT = 2 ** 50;

/**
 * Writes the values times a power of ten to `out`, when that makes whole numbers of all of them from which dividing brings back every
 * bit. Returns the power; -1 when there is none.
 */
export function toWholeNumbers(values: Float64Array, count: number, out: Float64Array): number {
	let decimals = 0;
	while (decimals <= MAX_DECIMALS) {
		const failed = scale(values, count, decimals, out);
		if (failed === count) return decimals;
		// What the next power has to manage before it is worth to begin again.
		do decimals++;
		while (decimals <= MAX_DECIMALS && !isExact(values[failed] as number, decimals));
	}
	return -1;
}

/** The first row that does not become a whole number; `count` when all do. */
function scale(values: Float64Array, count: number, decimals: number, out: Float64Array): number {
	if (decimals === 0) return copyWhole(values, count, out);
	const power = POWERS_OF_TEN[decimals] as number;
	for (let i = 0; i < count; i++) {
		if (!isExact(values[i] as number, decimals)) return i;
		out[i] = Math.round((values[i] as number) * power);
	}
	return count;
}

function copyWhole(values: Float64Array, count: number, out: Float64Array): number {
	for (let i = 0; i < count; i++) {
		const value = values[i] as number;
		if (Math.floor(value) !== value || value > LIMIT || value < -LIMIT) return i;
		if (value === 0 && 1 / value < 0) return i;
		out[i] = value;
	}
	return count;
}

function isExact(value: number, decimals: number): boolean {
	const power = POWERS_OF_TEN[decimals] as number;
	const number = Math.round(value * power);
	if (value === 0 && 1 / value < 0) return false;
	return number / power === value && number <= LIMIT && number >= -LIMIT;
}
