import { goSort } from './go-sort.ts';
import { quantileOfSorted } from './quantile.ts';

/**
 * Zeros of both signs are equal, so where they come among sorted values, and with that the sign of a quantile that is zero, is up to how
 * Prometheus sorts. It hardly ever matters, so it is only looked at where both occur.
 */

/** Whether there are zeros of both signs in values[start … end). */
export function hasBothZeros(values: Float64Array, start: number, end: number): boolean {
	let positive = false;
	let negative = false;
	for (let i = start; i < end; i++) {
		if (values[i] !== 0) continue;
		if (Object.is(values[i], -0)) negative = true;
		else positive = true;
	}
	return positive && negative;
}

/** The φ-quantile of values in the order in which Prometheus comes to them. */
export function quantileInGoOrder(phi: number, values: Float64Array): number {
	const sorted = Array.from(values);
	goSort(sorted, (a, b) => Number.isNaN(a) || a < b);
	return quantileOfSorted(phi, Float64Array.from(sorted), sorted.length);
}
