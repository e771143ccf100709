import type { FloatHistogram, HistogramBuckets } from './float-histogram.ts';
import { hasCustomBuckets } from './schema.ts';

/**
 * Whether two histograms are the same data (float_histogram.go, Equals): the same buckets, empty ones included, and the same bits in
 * every number, so that NaN is itself and -0 is not 0. The counter reset hint does not matter. Prometheus also tells NaNs of
 * different bits apart, which JavaScript has no part in.
 */
export function equalHistograms(a: FloatHistogram, b: FloatHistogram): boolean {
	return (
		a.schema === b.schema &&
		Object.is(a.count, b.count) &&
		Object.is(a.sum, b.sum) &&
		(!hasCustomBuckets(a) || equalBounds(a.customValues, b.customValues)) &&
		a.zeroThreshold === b.zeroThreshold &&
		Object.is(a.zeroCount, b.zeroCount) &&
		equalBuckets(a.negative, b.negative) &&
		equalBuckets(a.positive, b.positive)
	);
}

/** Whether custom bounds, or bucket indexes, are the same. */
export function equalBounds(a: readonly number[], b: readonly number[]): boolean {
	if (a === b) return true;
	if (a.length !== b.length) return false;
	for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
	return true;
}

function equalBuckets(a: HistogramBuckets, b: HistogramBuckets): boolean {
	if (!equalBounds(a.indexes, b.indexes)) return false;
	for (let k = 0; k < a.counts.length; k++) {
		if (!Object.is(a.counts[k], b.counts[k])) return false;
	}
	return true;
}
