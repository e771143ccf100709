import {
	bucketAt,
	bucketCount,
	countAt,
	hasCustomBuckets,
	type Bucket,
	type FloatHistogram
} from '#engine/model';
import { goExp2 } from './gomath/exp.ts';
import { goLog2 } from './gomath/log.ts';

/**
 * What NaN observations, which are in the count but in no bucket, do to a quantile: `result`: it falls among them and is NaN; `skew`: they
 * are taken for infinite ones and push it upwards.
 */
export type NaNEffect = 'result' | 'skew';

/** Told when a histogram turns out to have NaN observations. */
export type OnNaN = (effect: NaNEffect) => void;

/** Where a rank falls: the bucket, how many are in it and before it, and the next place to look. */
interface Found {
	/** The place of the bucket, from the lowest; undefined when there is none. */
	readonly place?: number;
	readonly bucket: Pick<Bucket, 'lower' | 'upper' | 'count'>;
	readonly count: number;
	readonly next: number;
}

const NO_BUCKET = { lower: 0, upper: 0, count: 0 };

/**
 * The φ-quantile of a native histogram (promql/quantile.go, HistogramQuantile): linear within custom and zero buckets, exponential
 * within the others. Counted from the nearer end, unless there may be NaN observations.
 */
export function nativeQuantile(phi: number, histogram: FloatHistogram, onNaN: OnNaN): number {
	if (phi < 0) return -Infinity;
	if (phi > 1) return Infinity;
	if (histogram.count === 0 || Number.isNaN(phi)) return NaN;
	const { mayHaveNaN, forward, rank, found } = findQuantile(phi, histogram);
	const bucket = withNaturalBounds(found.bucket, histogram);
	if (typeof bucket === 'number') return bucket;
	const count = found.count > histogram.count ? histogram.count : found.count;
	if (count < rank) {
		if (!mayHaveNaN) return bucket.upper;
		onNaN('result');
		return NaN;
	}
	const within = forward ? rank - (count - bucket.count) : count - rank;
	if (!mayHaveNaN) return interpolate(bucket, within, histogram);
	const last = skipToEnd(histogram, found.next, count, bucket);
	if (last.count < histogram.count) onNaN('skew');
	return interpolate(last.bucket, within, histogram);
}

function findQuantile(phi: number, histogram: FloatHistogram) {
	const mayHaveNaN = Number.isNaN(histogram.sum);
	const forward = mayHaveNaN || phi < 0.5;
	const rank = (forward ? phi : 1 - phi) * histogram.count;
	return { mayHaveNaN, forward, rank, found: findRank(histogram, rank, forward) };
}

/** The bucket that a quantile falls into, for whoever explains it: its place from the lowest, and the bounds it is taken to have. */
export interface QuantilePlace {
	readonly place: number;
	readonly lower: number;
	readonly upper: number;
	/** How the value is found between the bounds; `bound`: one of them is infinite, and the other is the value. */
	readonly interpolation: 'linear' | 'exponential' | 'bound';
}

/** Where the φ-quantile of a native histogram falls; undefined when it is in no bucket. */
export function quantilePlace(phi: number, histogram: FloatHistogram): QuantilePlace | undefined {
	if (!(phi >= 0 && phi <= 1) || histogram.count === 0) return undefined;
	const { place, bucket } = findQuantile(phi, histogram).found;
	if (place === undefined) return undefined;
	const natural = withNaturalBounds(bucket, histogram);
	if (typeof natural === 'number') {
		return { place, lower: bucket.lower, upper: bucket.upper, interpolation: 'bound' };
	}
	const { lower, upper } = natural;
	const interpolation = isLinear(natural, histogram) ? 'linear' : 'exponential';
	return { place, lower, upper, interpolation };
}

/** Adds up buckets from one end until the rank is reached. */
function findRank(histogram: FloatHistogram, rank: number, forward: boolean): Found {
	const size = bucketCount(histogram);
	const placeOf = (next: number) => (forward ? next : size - 1 - next);
	let count = 0;
	let next = 0;
	while (next < size) {
		const own = countAt(histogram, placeOf(next++));
		if (own === 0) continue;
		count += own;
		if (count >= rank) break;
	}
	if (next === 0) return { bucket: NO_BUCKET, count, next };
	const place = placeOf(next - 1);
	return { place, bucket: bucketAt(histogram, place), count, next };
}

/**
 * The remaining buckets, to see whether NaN observations are missing from them all. As upstream, the last of them is then the one
 * in which is interpolated, though the rank fell in an earlier one.
 */
function skipToEnd(
	histogram: FloatHistogram,
	next: number,
	counted: number,
	bucket: Found['bucket']
): Found {
	const size = bucketCount(histogram);
	let count = counted;
	for (let place = next; place < size; place++) count += countAt(histogram, place);
	return { bucket: next < size ? bucketAt(histogram, size - 1) : bucket, count, next: size };
}

/**
 * The bucket, with 0 as its bound where nothing is beyond 0: in the zero bucket of a histogram with one sign only, and in the first
 * custom bucket. A number where there is nothing to interpolate: the bound of an infinite custom bucket.
 */
function withNaturalBounds(
	bucket: Found['bucket'],
	histogram: FloatHistogram
): Found['bucket'] | number {
	if (hasCustomBuckets(histogram)) {
		if (bucket.lower === -Infinity) {
			return bucket.upper <= 0 ? bucket.upper : { ...bucket, lower: 0 };
		}
		return bucket.upper === Infinity ? bucket.lower : bucket;
	}
	return bucket.lower < 0 && bucket.upper > 0 ? oneSided(bucket, histogram) : bucket;
}

/** The zero bucket of a histogram that has observations on one side only ends at 0. */
export function oneSided<B extends Pick<Bucket, 'lower' | 'upper'>>(
	bucket: B,
	{ negative, positive }: FloatHistogram
): B {
	const hasNegative = negative.counts.length > 0;
	const hasPositive = positive.counts.length > 0;
	if (hasNegative === hasPositive) return bucket;
	return hasPositive ? { ...bucket, lower: 0 } : { ...bucket, upper: 0 };
}

/** Custom and zero buckets are linear. */
function isLinear({ lower, upper }: Pick<Bucket, 'lower' | 'upper'>, histogram: FloatHistogram) {
	return hasCustomBuckets(histogram) || (lower <= 0 && upper >= 0);
}

/** The value below which `within` of the bucket's observations lie. */
function interpolate(bucket: Found['bucket'], within: number, histogram: FloatHistogram): number {
	const { lower, upper, count } = bucket;
	const fraction = within / count;
	if (isLinear(bucket, histogram)) {
		return lower + (upper - lower) * fraction;
	}
	const logLower = goLog2(Math.abs(lower));
	const logUpper = goLog2(Math.abs(upper));
	return lower > 0
		? goExp2(logLower + (logUpper - logLower) * fraction)
		: -goExp2(logUpper + (logLower - logUpper) * (1 - fraction));
}
