import { NO_BUCKETS } from './buckets.ts';
import { compact } from './compact.ts';
import { combineHints } from './counter-reset.ts';
import {
	addToCoarserBounds,
	intersectBounds,
	noCustomCounts,
	populatedBuckets
} from './custom-bounds.ts';
import { equalBounds } from './equal.ts';
import type { CounterResetHint, FloatHistogram, HistogramBuckets } from './float-histogram.ts';
import { bucketsBelow, mergeBuckets } from './merge-buckets.ts';
import { reduceResolution } from './resolution.ts';
import { hasCustomBuckets } from './schema.ts';
import { bucketsWithin, widenZeroBucket } from './zero-bucket.ts';

/** A sum or difference, and what a query has to say about it. */
export interface HistogramSumOrDifference {
	readonly histogram: FloatHistogram;
	/** One of the two said it was reset, the other that it was not. */
	readonly counterResetCollision: boolean;
	/** The two had different custom bounds, and the result has those that both have. */
	readonly boundsReconciled: boolean;
}

/** What is said of two histograms of which one has custom bounds: there is neither sum nor difference. */
export type Incompatible = 'incompatible schemas';

/**
 * a + b (float_histogram.go, Add): at the coarser of two schemas, with a zero bucket that holds both, between the custom bounds that
 * both have. Buckets may come out empty; see `compact`.
 */
export function addHistograms(
	a: FloatHistogram,
	b: FloatHistogram
): HistogramSumOrDifference | Incompatible {
	return combine(a, b, 1);
}

/**
 * a - b (float_histogram.go, Sub), as addHistograms adds. The counter reset hint, too, is the one of a sum: the operator `-` has to
 * make a gauge of it.
 */
export function subtractHistograms(
	a: FloatHistogram,
	b: FloatHistogram
): HistogramSumOrDifference | Incompatible {
	return combine(a, b, -1);
}

/** Every count and the sum times a factor. A negative factor makes a gauge of it (float_histogram.go, Mul). */
export function multiplyHistogram(histogram: FloatHistogram, factor: number): FloatHistogram {
	return mapNumbers(histogram, factor < 0, (value) => value * factor);
}

/**
 * Every count and the sum divided by a number. Negative ones make a gauge of it; division by 0 leaves no buckets
 * (float_histogram.go, Div).
 */
export function divideHistogram(histogram: FloatHistogram, divisor: number): FloatHistogram {
	const divided = mapNumbers(histogram, divisor < 0, (value) => value / divisor);
	return divisor === 0 ? { ...divided, positive: NO_BUCKETS, negative: NO_BUCKETS } : divided;
}

function mapNumbers(
	histogram: FloatHistogram,
	toGauge: boolean,
	change: (value: number) => number
): FloatHistogram {
	const { zeroCount, count, sum, positive, negative } = histogram;
	return {
		...histogram,
		// With custom bounds there is no zero bucket, whatever an earlier operator left in its place: Go does not copy it.
		zeroCount: change(hasCustomBuckets(histogram) ? 0 : zeroCount),
		count: change(count),
		sum: change(sum),
		positive: { indexes: positive.indexes, counts: positive.counts.map(change) },
		negative: { indexes: negative.indexes, counts: negative.counts.map(change) },
		counterReset: toGauge ? 'gauge' : histogram.counterReset
	};
}

function combine(
	a: FloatHistogram,
	b: FloatHistogram,
	sign: 1 | -1
): HistogramSumOrDifference | Incompatible {
	if (hasCustomBuckets(a) !== hasCustomBuckets(b)) return 'incompatible schemas';
	const { hint, collision } = combineHints(a.counterReset, b.counterReset);
	const sameBounds = !hasCustomBuckets(a) || equalBounds(a.customValues, b.customValues);
	return {
		histogram: sameBounds ? combineLayouts(a, b, sign, hint) : combineBounds(a, b, sign, hint),
		counterResetCollision: collision,
		boundsReconciled: !sameBounds
	};
}

function combineLayouts(
	a: FloatHistogram,
	b: FloatHistogram,
	sign: 1 | -1,
	counterReset: CounterResetHint
): FloatHistogram {
	const [left, rightZeroCount] = reconcileZeroBuckets(a, b);
	const schema = Math.min(a.schema, b.schema);
	return {
		schema,
		zeroThreshold: left.zeroThreshold,
		zeroCount: hasCustomBuckets(a) ? 0 : left.zeroCount + sign * rightZeroCount,
		count: a.count + sign * b.count,
		sum: a.sum + sign * b.sum,
		positive: combineSides(left, left.positive, b, b.positive, schema, sign),
		negative: combineSides(left, left.negative, b, b.negative, schema, sign),
		customValues: a.customValues,
		counterReset
	};
}

/** The buckets of one sign; of the second histogram only those beyond the zero bucket, which has counted the others. */
function combineSides(
	left: FloatHistogram,
	leftSide: HistogramBuckets,
	right: FloatHistogram,
	rightSide: HistogramBuckets,
	schema: number,
	sign: 1 | -1
): HistogramBuckets {
	const added = reduceResolution(rightSide, right.schema - schema);
	const from = bucketsBelow(left.zeroThreshold, added.indexes, schema);
	return mergeBuckets(reduceResolution(leftSide, left.schema - schema), added, from, sign);
}

/**
 * The first histogram with a zero bucket that holds those of both, and the count of the second in that zero bucket
 * (float_histogram.go, reconcileZeroBuckets).
 */
function reconcileZeroBuckets(a: FloatHistogram, b: FloatHistogram): [FloatHistogram, number] {
	let left = a;
	let right = { threshold: b.zeroThreshold, count: b.zeroCount };
	while (right.threshold !== left.zeroThreshold) {
		if (left.zeroThreshold > right.threshold) right = widenZeroBucket(b, left.zeroThreshold);
		if (right.threshold > left.zeroThreshold) left = withZeroThreshold(left, right.threshold);
	}
	return [left, right.count];
}

function withZeroThreshold(histogram: FloatHistogram, threshold: number): FloatHistogram {
	const zero = widenZeroBucket(histogram, threshold);
	const { schema } = histogram;
	return compact({
		...histogram,
		zeroThreshold: zero.threshold,
		zeroCount: zero.count,
		positive: dropBuckets(
			histogram.positive,
			bucketsWithin(zero.threshold, histogram.positive, schema)
		),
		negative: dropBuckets(
			histogram.negative,
			bucketsWithin(zero.threshold, histogram.negative, schema)
		)
	});
}

function dropBuckets({ indexes, counts }: HistogramBuckets, count: number): HistogramBuckets {
	return { indexes: indexes.slice(count), counts: counts.slice(count) };
}

/** At the bounds that both have; buckets come out without the empty ones. */
function combineBounds(
	a: FloatHistogram,
	b: FloatHistogram,
	sign: 1 | -1,
	counterReset: CounterResetHint
): FloatHistogram {
	const bounds = intersectBounds(a.customValues, b.customValues);
	const sums = noCustomCounts(bounds);
	addToCoarserBounds(sums, bounds, a.positive, a.customValues, 1);
	addToCoarserBounds(sums, bounds, b.positive, b.customValues, sign);
	const { indexes, counts } = populatedBuckets(sums);
	return {
		...a,
		zeroCount: 0,
		count: a.count + sign * b.count,
		sum: a.sum + sign * b.sum,
		positive: { indexes, counts },
		customValues: bounds,
		counterReset
	};
}
