import {
	allBuckets,
	compensate,
	hasCustomBuckets,
	type Bucket,
	type FloatHistogram
} from '#engine/model';

/**
 * The variance of a native histogram's observations, each bucket taken for its mean: the arithmetic one of custom buckets, the
 * geometric one of exponential buckets, 0 for the zero bucket (promql/functions.go, histogramVariance).
 */
export function nativeVariance(histogram: FloatHistogram): number {
	const mean = histogram.sum / histogram.count;
	const custom = hasCustomBuckets(histogram);
	let variance = 0;
	let lost = 0;
	for (const bucket of allBuckets(histogram)) {
		if (bucket.count === 0) continue;
		const delta = bucketMean(bucket, custom) - mean;
		const square = bucket.count * delta * delta;
		lost = compensate(lost, variance, square);
		variance += square;
	}
	return (variance + lost) / histogram.count;
}

function bucketMean({ lower, upper }: Bucket, custom: boolean): number {
	if (custom) return (upper + lower) / 2;
	if (lower <= 0 && upper >= 0) return 0;
	const mean = Math.sqrt(upper * lower);
	return upper < 0 ? -mean : mean;
}
