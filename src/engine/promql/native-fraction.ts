import {
	bucketAt,
	bucketCount,
	countAt,
	hasCustomBuckets,
	type Bucket,
	type FloatHistogram
} from '#engine/model';
import { fractionBelow } from './native-interpolation.ts';
import { oneSided } from './native-quantile.ts';

/**
 * The share of a native histogram's observations between two values (promql/quantile.go, HistogramFraction). NaN observations are
 * between no two values; `onNaN` is told if there are some.
 */
export function nativeFraction(
	lower: number,
	upper: number,
	histogram: FloatHistogram,
	onNaN: () => void
): number {
	if (histogram.count === 0 || Number.isNaN(lower) || Number.isNaN(upper)) return NaN;
	if (lower >= upper) return 0;
	const total = Number.isNaN(histogram.sum) ? bucketSum(histogram) : histogram.count;
	if (Number.isNaN(histogram.sum) && total < histogram.count) onNaN();
	const below = rankOf(lower, histogram, total);
	return (rankOf(upper, histogram, total) - below) / histogram.count;
}

function bucketSum(histogram: FloatHistogram): number {
	let sum = 0;
	const size = bucketCount(histogram);
	for (let place = 0; place < size; place++) sum += countAt(histogram, place);
	return sum;
}

/** How many observations lie below a value, at most `total`. */
function rankOf(value: number, histogram: FloatHistogram, total: number): number {
	const size = bucketCount(histogram);
	let rank = 0;
	for (let place = 0; place < size; place++) {
		const listed = bucketAt(histogram, place);
		const isZero = listed.lower <= 0 && listed.upper >= 0;
		const bucket = isZero ? oneSided(listed, histogram) : listed;
		if (bucket.lower >= value) return atMost(rank, total);
		if (bucket.upper > value) {
			const linear = isZero || hasCustomBuckets(histogram);
			return atMost(rankWithin(bucket, value, rank, linear), total);
		}
		rank += bucket.count;
	}
	return total;
}

/** A bucket without a lower bound is counted whole, as nothing is known of where its observations lie. */
function rankWithin(bucket: Bucket, value: number, below: number, linear: boolean): number {
	if (linear && bucket.lower === -Infinity) return bucket.count;
	return below + bucket.count * fractionBelow(bucket, value, linear);
}

function atMost(rank: number, total: number): number {
	return rank > total ? total : rank;
}
