import { bucketBound } from './bounds.ts';
import type { FloatHistogram } from './float-histogram.ts';
import { hasCustomBuckets } from './schema.ts';

/** One bucket with its bounds and its own count, not cumulative. The index of the zero bucket means nothing. */
export interface Bucket {
	readonly lower: number;
	readonly upper: number;
	readonly lowerInclusive: boolean;
	readonly upperInclusive: boolean;
	readonly count: number;
	readonly index: number;
}

/** No buckets of one sign. */
export const NO_BUCKETS = { indexes: [], counts: [] } as const;

/** The k-th listed positive bucket. */
export function positiveBucket(histogram: FloatHistogram, k: number): Bucket {
	const { schema, customValues, positive } = histogram;
	const index = positive.indexes[k] as number;
	const lower = bucketBound(index - 1, schema, customValues);
	const upper = bucketBound(index, schema, customValues);
	const custom = hasCustomBuckets(histogram);
	return {
		lower,
		upper,
		lowerInclusive: custom ? index === 0 : lower < 0,
		upperInclusive: custom || upper > 0,
		count: positive.counts[k] as number,
		index
	};
}

/** The k-th listed negative bucket, counted from the one next to zero. */
export function negativeBucket(histogram: FloatHistogram, k: number): Bucket {
	const { schema, negative } = histogram;
	const index = negative.indexes[k] as number;
	const lower = -bucketBound(index, schema, []);
	const upper = -bucketBound(index - 1, schema, []);
	return {
		lower,
		upper,
		lowerInclusive: lower < 0,
		upperInclusive: upper > 0,
		count: negative.counts[k] as number,
		index
	};
}

/** The zero bucket, both ends inclusive. */
export function zeroBucket(histogram: FloatHistogram): Bucket {
	const { zeroThreshold, zeroCount } = histogram;
	return {
		lower: -zeroThreshold,
		upper: zeroThreshold,
		lowerInclusive: true,
		upperInclusive: true,
		count: zeroCount,
		index: 0
	};
}

/** How many buckets a histogram has in all: those listed, and the zero bucket if somebody is in it. */
export function bucketCount(histogram: FloatHistogram): number {
	const { negative, positive, zeroCount } = histogram;
	return negative.indexes.length + (zeroCount > 0 ? 1 : 0) + positive.indexes.length;
}

/** The count of the bucket at a place, 0 … bucketCount - 1, from the most negative to the most positive. */
export function countAt(histogram: FloatHistogram, place: number): number {
	const { negative, positive, zeroCount } = histogram;
	const negatives = negative.counts.length;
	if (place < negatives) return negative.counts[negatives - 1 - place] as number;
	if (!(zeroCount > 0)) return positive.counts[place - negatives] as number;
	return place === negatives ? zeroCount : (positive.counts[place - negatives - 1] as number);
}

/**
 * The bucket at a place, as countAt counts them. Of a bucket that overlaps the zero bucket, only the part outside is there
 * (float_histogram.go, allFloatBucketIterator).
 */
export function bucketAt(histogram: FloatHistogram, place: number): Bucket {
	const negatives = histogram.negative.indexes.length;
	const { zeroThreshold } = histogram;
	if (place < negatives) {
		return outside(zeroThreshold, negativeBucket(histogram, negatives - 1 - place));
	}
	const hasZero = histogram.zeroCount > 0;
	if (hasZero && place === negatives) return zeroBucket(histogram);
	return outside(zeroThreshold, positiveBucket(histogram, place - negatives - (hasZero ? 1 : 0)));
}

function outside(zeroThreshold: number, bucket: Bucket): Bucket {
	if (bucket.upper < 0 && bucket.upper > -zeroThreshold) {
		return { ...bucket, upper: -zeroThreshold };
	}
	if (bucket.lower > 0 && bucket.lower < zeroThreshold) {
		return { ...bucket, lower: zeroThreshold };
	}
	return bucket;
}

/** All buckets from the most negative to the most positive, the zero bucket between them if somebody is in it. */
export function allBuckets(histogram: FloatHistogram): Bucket[] {
	const buckets: Bucket[] = [];
	const count = bucketCount(histogram);
	for (let place = 0; place < count; place++) buckets.push(bucketAt(histogram, place));
	return buckets;
}
