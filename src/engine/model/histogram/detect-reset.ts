import { coarserPlaces, intersectBounds } from './custom-bounds.ts';
import { equalBounds } from './equal.ts';
import type { FloatHistogram, HistogramBuckets } from './float-histogram.ts';
import { bucketsBelow } from './merge-buckets.ts';
import { reduceResolution } from './resolution.ts';
import { hasCustomBuckets } from './schema.ts';
import { widenZeroBucket } from './zero-bucket.ts';

/**
 * Whether a counter was reset between two of its samples (float_histogram.go, DetectReset). The current one's hint decides, if it has
 * one. If not: the count fell, or that of a bucket, or a populated bucket is gone, or the layout changed in a way that happens by
 * no other means.
 */
export function detectReset(current: FloatHistogram, previous: FloatHistogram): boolean {
	if (current.counterReset === 'reset') return true;
	if (current.counterReset === 'not_reset') return false;
	if (current.count < previous.count) return true;
	if (hasCustomBuckets(current)) {
		if (!hasCustomBuckets(previous)) return true;
		if (!equalBounds(current.customValues, previous.customValues)) {
			return hasFallenBetweenCommonBounds(current, previous);
		}
	}
	if (current.schema > previous.schema) return true;
	return hasZeroBucketFallen(current, previous) || hasBucketFallen(current, previous);
}

function hasZeroBucketFallen(current: FloatHistogram, previous: FloatHistogram): boolean {
	const { zeroThreshold, zeroCount } = current;
	if (zeroThreshold < previous.zeroThreshold) return true;
	const widened = widenZeroBucket(previous, zeroThreshold);
	// A threshold within a populated bucket would have split its count, which no counter does.
	return widened.threshold !== zeroThreshold || zeroCount < widened.count;
}

function hasBucketFallen(current: FloatHistogram, previous: FloatHistogram): boolean {
	const levels = previous.schema - current.schema;
	const { schema, zeroThreshold } = current;
	return SIDES.some((side) => {
		const before = reduceResolution(previous[side], levels);
		return hasAnyFallen(
			current[side],
			bucketsBelow(zeroThreshold, current[side].indexes, schema),
			before,
			bucketsBelow(zeroThreshold, before.indexes, schema)
		);
	});
}

const SIDES = ['positive', 'negative'] as const;

/**
 * Compares bucket by bucket, each side from its own place on. Where the current histogram has no further buckets, only the next one of
 * the previous histogram counts, as upstream: populated ones after an empty one go unnoticed.
 */
function hasAnyFallen(
	current: HistogramBuckets,
	currentFrom: number,
	previous: HistogramBuckets,
	previousFrom: number
): boolean {
	let k = currentFrom;
	for (let p = previousFrom; p < previous.indexes.length; p++) {
		const index = previous.indexes[p] as number;
		const count = previous.counts[p] as number;
		while (k < current.indexes.length && (current.indexes[k] as number) < index) k++;
		if (k === current.indexes.length) return count !== 0;
		const isThere = current.indexes[k] === index;
		if (isThere ? (current.counts[k] as number) < count : count !== 0) return true;
	}
	return false;
}

function hasFallenBetweenCommonBounds(current: FloatHistogram, previous: FloatHistogram): boolean {
	const bounds = intersectBounds(current.customValues, previous.customValues);
	const now = countsBetween(bounds, current);
	const before = countsBetween(bounds, previous);
	return now.some((count, i) => count < (before[i] as number));
}

function countsBetween(bounds: readonly number[], histogram: FloatHistogram): Float64Array {
	const counts = new Float64Array(bounds.length + 1);
	const { positive, customValues } = histogram;
	coarserPlaces(positive.indexes, customValues, bounds).forEach((place, k) => {
		counts[place] = (counts[place] as number) + (positive.counts[k] as number);
	});
	return counts;
}
