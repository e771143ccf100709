import {
	compact,
	hasCustomBuckets,
	negativeBucket,
	positiveBucket,
	zeroBucket,
	type Bucket,
	type FloatHistogram,
	type HistogramBuckets
} from '#engine/model';
import { fractionBelow } from './native-interpolation.ts';

/** Which observations stay: those below the value (`</`) or those above it (`>/`). */
export type Trim = 'below' | 'above';

/** How many observations of a bucket stay, and what each of them is estimated at. */
interface Kept {
	readonly count: number;
	readonly middle: number;
}

interface Cut {
	readonly keep: Trim;
	readonly at: number;
	readonly custom: boolean;
}

/** What stayed so far. */
interface Totals {
	count: number;
	sum: number;
	trimmed: boolean;
}

/**
 * The operators `</` and `>/`: the histogram without the observations above, or below, a value (float_histogram.go, TrimBuckets).
 * A bucket that the value cuts is interpolated. If anything goes, count and sum are estimated anew from what stays.
 */
export function trimHistogram(histogram: FloatHistogram, keep: Trim, at: number): FloatHistogram {
	const cut: Cut = { keep, at, custom: hasCustomBuckets(histogram) };
	const totals: Totals = { count: 0, sum: 0, trimmed: false };
	const positive = trimSide(histogram.positive, cut, 1, totals, (k) =>
		positiveBucket(histogram, k)
	);
	const negative = trimSide(histogram.negative, cut, -1, totals, (k) =>
		negativeBucket(histogram, k)
	);
	const zeroCount = trimZero(histogram, cut, totals);
	// What may be in the place of the zero bucket that custom bounds do not have is not copied, in Go.
	if (!totals.trimmed) return cut.custom ? { ...histogram, zeroCount: 0 } : histogram;
	const { count, sum } = totals;
	return compact({ ...histogram, zeroCount, count, sum, positive, negative });
}

function trimSide(
	buckets: HistogramBuckets,
	cut: Cut,
	sign: 1 | -1,
	totals: Totals,
	bucketOf: (k: number) => Bucket
): HistogramBuckets {
	const counts = buckets.counts.map((count, k) => {
		if (count === 0) return count;
		const bucket = bucketOf(k);
		const kept = keptOf(bucket, cut, sign);
		totals.trimmed ||= kept !== 'all' && kept?.count !== count;
		if (kept === undefined) return 0;
		const stays = kept === 'all' ? { count, middle: middleOf(bucket, sign, cut.custom) } : kept;
		totals.count += stays.count;
		totals.sum += stays.middle * stays.count;
		return stays.count;
	});
	return { indexes: buckets.indexes, counts };
}

/** What of a bucket stays; undefined if nothing does. */
function keptOf(bucket: Bucket, cut: Cut, sign: 1 | -1): Kept | 'all' | undefined {
	const { lower, upper, count } = bucket;
	const { keep, at, custom } = cut;
	if (keep === 'below' ? upper <= at : lower >= at) return 'all';
	if (!(keep === 'below' ? lower < at : upper > at)) return undefined;
	if (lower === -Infinity) return keptWithoutLower(bucket, keep, at);
	if (upper === Infinity) return keptWithoutUpper(bucket, keep, at);
	const under = countBelow(bucket, at, custom);
	return keep === 'below'
		? { count: under, middle: middleOf({ lower, upper: at }, sign, custom) }
		: { count: count - under, middle: middleOf({ lower: at, upper }, sign, custom) };
}

function countBelow(bucket: Bucket, at: number, custom: boolean): number {
	if (at <= bucket.lower) return 0;
	if (at >= bucket.upper) return bucket.count;
	return bucket.count * fractionBelow(bucket, at, custom);
}

/**
 * The bucket that reaches down to -Inf: where its upper bound is above 0, it is taken to begin at 0, which only custom buckets can.
 * Otherwise nothing is known of where its observations lie.
 */
function keptWithoutLower({ upper, count }: Bucket, keep: Trim, at: number): Kept {
	const known = upper > 0 && upper !== Infinity;
	if (keep === 'below') {
		if (known && at > 0) return { count: (count * at) / upper, middle: at / 2 };
		return upper <= 0 ? { count, middle: at } : nothingOf(upper);
	}
	if (at === -Infinity) return { count, middle: 0 };
	return known && at >= 0
		? { count: count * (1 - at / upper), middle: (at + upper) / 2 }
		: nothingOf(upper);
}

/** The bucket that reaches up to +Inf: all of it stays above a value within it, nothing below. */
function keptWithoutUpper({ lower, count }: Bucket, keep: Trim, at: number): Kept {
	return keep === 'above' && at >= lower ? { count, middle: at } : nothingOf(lower);
}

function nothingOf(bound: number): Kept {
	return { count: 0, middle: Number.isFinite(bound) || Number.isNaN(bound) ? bound : 0 };
}

/** Trims the zero bucket, linearly; of a histogram with one sign only it ends at 0. Returns its count. */
function trimZero(histogram: FloatHistogram, { keep, at }: Cut, totals: Totals): number {
	const { zeroCount } = histogram;
	if (!(zeroCount > 0)) return hasCustomBuckets(histogram) ? 0 : zeroCount;
	const hasPositive = histogram.positive.counts.some((count) => count !== 0);
	const hasNegative = histogram.negative.counts.some((count) => count !== 0);
	const zero = zeroBucket(histogram);
	const lower = hasPositive && !hasNegative ? 0 : zero.lower;
	const upper = hasNegative && !hasPositive ? 0 : zero.upper;
	const kept = keptOfZero(lower, upper, zeroCount, keep, at);
	totals.sum += kept.middle * kept.count;
	totals.count += kept.count;
	if (kept.count !== zeroCount) totals.trimmed = true;
	return kept.count;
}

function keptOfZero(lower: number, upper: number, count: number, keep: Trim, at: number): Kept {
	const all = { count, middle: (lower + upper) / 2 };
	const none = { count: 0, middle: 0 };
	if (at <= lower) return keep === 'below' ? none : all;
	if (at >= upper) return keep === 'below' ? all : none;
	return keep === 'below'
		? { count: count * ((at - lower) / (upper - lower)), middle: (lower + at) / 2 }
		: { count: count * ((upper - at) / (upper - lower)), middle: (at + upper) / 2 };
}

/** The middle of what stays of a bucket: geometric for exponential buckets; towards infinity, the finite end. */
function middleOf(
	{ lower, upper }: Pick<Bucket, 'lower' | 'upper'>,
	sign: 1 | -1,
	linear: boolean
): number {
	if (isInfinite(lower)) {
		if (isInfinite(upper)) return 0;
		return upper > 0 ? upper / 2 : upper;
	}
	if (isInfinite(upper)) return lower;
	return linear ? (lower + upper) / 2 : sign * Math.sqrt(Math.abs(lower * upper));
}

function isInfinite(value: number): boolean {
	return value === Infinity || value === -Infinity;
}
