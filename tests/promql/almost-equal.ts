/** Relative difference that the scripts of Prometheus allow (promql/promqltest/test.go, defaultEpsilon). */
const EPSILON = 1e-6;

const SMALLEST_NORMAL = 2 ** -1022;

/**
 * Whether two floats are the same as far as a script may tell: equal, both NaN, or apart by less than a millionth of their sum.
 * Next to zero there is hardly any tolerance (util/almost/almost.go). Written apart from the engine, which it judges.
 */
export function almostEqual(a: number, b: number): boolean {
	if (Number.isNaN(a) && Number.isNaN(b)) return true;
	if (a === b) return true;
	const sum = Math.abs(a) + Math.abs(b);
	const difference = Math.abs(a - b);
	if (a === 0 || b === 0 || sum < SMALLEST_NORMAL) return difference < EPSILON * SMALLEST_NORMAL;
	return difference / Math.min(sum, Number.MAX_VALUE) < EPSILON;
}
