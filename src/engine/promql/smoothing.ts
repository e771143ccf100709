import { argument } from './arguments.ts';
import { QueryError } from './query-error.ts';
import type { WindowFunction } from './range-vector.ts';

/** double_exponential_smoothing(m, sf, tf): Holt's smoothed value, with smoothing and trend factors in (0, 1). */
export const doubleExponentialSmoothing: WindowFunction = (call, evaluation) => {
	const smoothing = evaluation.scalar(argument(call, 1));
	const trend = evaluation.scalar(argument(call, 2));
	return ({ values, plan: { lo, hi } }, { values: out, present }) => {
		let found = 0;
		for (let i = 0; i < lo.length; i++) {
			const begin = lo[i] as number;
			const end = hi[i] as number;
			present[i] = 0;
			if (end <= begin) continue;
			const sf = checkFactor('smoothing', 'sf', smoothing[i] as number);
			const tf = checkFactor('trend', 'tf', trend[i] as number);
			if (end - begin < 2) continue;
			out[i] = smooth(values, begin, end, sf, tf);
			present[i] = 1;
			found++;
		}
		return found;
	};
};

function checkFactor(kind: string, name: string, factor: number): number {
	if (factor <= 0 || factor >= 1) {
		throw new QueryError(
			`invalid ${kind} factor. Expected: 0 < ${name} < 1, got: ${factor.toFixed(6)}`
		);
	}
	return factor;
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
