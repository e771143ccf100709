import { compensate } from '#engine/model';
import { onDistinctWindows } from './distinct-windows.ts';
import type { WindowFunction, WindowKernel } from './range-vector.ts';

/** The functions that make one number of the samples in a window (promql/functions.go), except for sums and means. */

/** Makes a kernel of a function of the rows [lo, hi) of one series; empty windows have no result. */
function ofRows(
	compute: (values: Float64Array, lo: number, hi: number, times: Float64Array) => number
): WindowKernel {
	return ({ times, values, plan: { lo, hi, filled } }, { values: out, present }) => {
		for (let i = 0; i < lo.length; i++) {
			const begin = lo[i] as number;
			const end = hi[i] as number;
			if (end > begin) {
				out[i] = compute(values, begin, end, times);
				present[i] = 1;
			} else {
				present[i] = 0;
			}
		}
		return filled;
	};
}

function rowFunction(
	compute: (values: Float64Array, lo: number, hi: number, times: Float64Array) => number
): WindowFunction {
	return onDistinctWindows(() => ofRows(compute));
}

export const countOverTime = rowFunction((_values, lo, hi) => hi - lo);
export const presentOverTime = rowFunction(() => 1);
export const lastOverTime = rowFunction((values, _lo, hi) => values[hi - 1] as number);
export const firstOverTime = rowFunction((values, lo) => values[lo] as number);
export const timeOfFirst = rowFunction((_v, lo, _hi, times) => (times[lo] as number) / 1000);
/** Never before 1970: Prometheus takes the later of the last float and the last histogram, and 0 where there is none. */
export const timeOfLast = rowFunction(
	(_v, _lo, hi, times) => Math.max(0, times[hi - 1] as number) / 1000
);
export const timeOfMax = rowFunction(
	(values, lo, hi, times) => (times[lastExtreme(values, lo, hi, 1)] as number) / 1000
);
export const timeOfMin = rowFunction(
	(values, lo, hi, times) => (times[lastExtreme(values, lo, hi, -1)] as number) / 1000
);

/** The row of the greatest (sign 1) or least (sign -1) value; of equal ones the last; NaN only when there is nothing else. */
function lastExtreme(values: Float64Array, lo: number, hi: number, sign: 1 | -1): number {
	let best = lo;
	for (let row = lo + 1; row < hi; row++) {
		const extreme = values[best] as number;
		if (sign * (values[row] as number) >= sign * extreme || Number.isNaN(extreme)) best = row;
	}
	return best;
}

/** stdvar_over_time(): population variance, Welford's method with compensated sums. */
export const stdvarOverTime = rowFunction(varianceOfRows);

/** stddev_over_time(). */
export const stddevOverTime = rowFunction((values, lo, hi) =>
	Math.sqrt(varianceOfRows(values, lo, hi))
);

function varianceOfRows(values: Float64Array, lo: number, hi: number): number {
	let count = 0;
	let mean = 0;
	let meanC = 0;
	let squares = 0;
	let squaresC = 0;
	for (let row = lo; row < hi; row++) {
		const value = values[row] as number;
		count++;
		const delta = value - (mean + meanC);
		meanC = compensate(meanC, mean, delta / count);
		mean += delta / count;
		const square = delta * (value - (mean + meanC));
		squaresC = compensate(squaresC, squares, square);
		squares += square;
	}
	return (squares + squaresC) / count;
}
