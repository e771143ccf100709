import type { FloatHistogram } from './float-histogram.ts';

/** The struct alone on a 64-bit machine (float_histogram.go, Size). */
const STRUCT_BYTES = 168;

/** A span of buckets, a count and a bound are of this size each. */
const ELEMENT_BYTES = 8;

/** The bytes that a histogram takes in the memory of Prometheus, which limits the samples of a query by them. */
export function histogramBytes(histogram: FloatHistogram): number {
	const { positive, negative, customValues } = histogram;
	const elements =
		spanCount(positive.indexes) +
		spanCount(negative.indexes) +
		positive.counts.length +
		negative.counts.length +
		customValues.length;
	return STRUCT_BYTES + ELEMENT_BYTES * elements;
}

/** How many runs of adjacent buckets there are. */
function spanCount(indexes: readonly number[]): number {
	let spans = 0;
	for (let k = 0; k < indexes.length; k++) {
		if (k === 0 || (indexes[k] as number) !== (indexes[k - 1] as number) + 1) spans++;
	}
	return spans;
}
