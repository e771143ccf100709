import { argument } from './arguments.ts';
import { ignoringHistograms } from './histogram-windows.ts';
import { QueryError } from './query-error.ts';
import type { WindowFunction, WindowKernel } from './range-vector.ts';
import type { WindowPlan } from './window.ts';

/** double_exponential_smoothing(m, sf, tf): Holt's smoothed value, with smoothing and trend factors in (0, 1). */
export const doubleExponentialSmoothing: WindowFunction = (call, evaluation, shape) => {
	const smoothing = evaluation.scalar(argument(call, 1));
	const trend = evaluation.scalar(argument(call, 2));
	const kernel = ignoringHistograms(() => smoothWindows(smoothing, trend))(call, evaluation, shape);
	return (series, out) => {
		checkFactors(series.plan, smoothing, trend);
		return kernel(series, out);
	};
};

function smoothWindows(smoothing: Float64Array, trend: Float64Array): WindowKernel {
	return ({ values, plan: { lo, hi } }, { values: out, present }) => {
		let found = 0;
		for (let i = 0; i < lo.length; i++) {
			const begin = lo[i] as number;
			const end = hi[i] as number;
			present[i] = end - begin < 2 ? 0 : 1;
			if (end - begin < 2) continue;
			out[i] = smooth(values, begin, end, smoothing[i] as number, trend[i] as number);
			found++;
		}
		return found;
	};
}

/** Factors must be right wherever there is a sample, even if it is one that is left out. */
function checkFactors({ lo, hi }: WindowPlan, smoothing: Float64Array, trend: Float64Array): void {
	for (let i = 0; i < lo.length; i++) {
		if ((hi[i] as number) <= (lo[i] as number)) continue;
		checkFactor('smoothing', 'sf', smoothing[i] as number);
		checkFactor('trend', 'tf', trend[i] as number);
	}
}

function checkFactor(kind: string, name: string, factor: number): void {
	if (factor <= 0 || factor >= 1) {
		throw new QueryError(
			`invalid ${kind} factor. Expected: 0 < ${name} < 1, got: ${factor.toFixed(6)}`
		);
	}
}

function smooth(values: Float64Array, begin: number, end: number, sf: number, tf: number): number {
	let previous = 0;
	let level = values[begin] as number;
	let trend = (values[begin + 1] as number) - level;
	for (let row = begin + 1; row < end; row++) {
		if (row > begin + 1) trend = tf * (level - previous) + (1 - tf) * trend;
		const next = sf * (values[row] as number) + (1 - sf) * (level + trend);
		previous = level;
		level = next;
	}
	return level;
}
