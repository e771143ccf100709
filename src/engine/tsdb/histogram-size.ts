import type { FloatHistogram } from '#engine/model';

/** The histogram, the objects of its buckets, and the boxes of its numbers, which are no small integers. */
const HISTOGRAM = 240;

/** An array, and what holds its elements. */
const ARRAY = 32;

const ELEMENT = 8;

/**
 * What a histogram takes in memory, by formula as in size.ts, for arrays without room to grow: its objects, and the arrays that it does not
 * share with the one before it. The same one again takes nothing.
 */
export function heldBytes(histogram: FloatHistogram, before: FloatHistogram | undefined): number {
	if (histogram === before) return 0;
	const { positive, negative, customValues } = histogram;
	return (
		HISTOGRAM +
		arrayBytes(positive.indexes, before?.positive.indexes) +
		arrayBytes(positive.counts, before?.positive.counts) +
		arrayBytes(negative.indexes, before?.negative.indexes) +
		arrayBytes(negative.counts, before?.negative.counts) +
		arrayBytes(customValues, before?.customValues)
	);
}

function arrayBytes(array: readonly number[], before: readonly number[] | undefined): number {
	return array === before ? 0 : ARRAY + ELEMENT * array.length;
}
