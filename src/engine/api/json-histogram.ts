import { allBuckets, type Bucket, type FloatHistogram } from '#engine/model';
import { jsonArray, jsonObject } from './json-text.ts';

/**
 * A native histogram: count, sum, and the buckets that somebody is in, ascending, each as a code for its bounds, the bounds, and
 * the count (util/jsonutil, MarshalHistogram).
 */
export function histogramObject(
	histogram: FloatHistogram,
	number: (value: number) => string
): string {
	const fields: [string, string][] = [
		['count', number(histogram.count)],
		['sum', number(histogram.sum)]
	];
	const buckets = Array.from(allBuckets(histogram))
		.filter(({ count }) => count !== 0)
		.map((bucket) => bucketArray(bucket, number));
	if (buckets.length > 0) fields.push(['buckets', jsonArray(buckets)]);
	return jsonObject(fields);
}

function bucketArray(bucket: Bucket, number: (value: number) => string): string {
	const { lower, upper, count } = bucket;
	return jsonArray([String(boundsCode(bucket)), number(lower), number(upper), number(count)]);
}

/** 0: open on the left; 1: open on the right; 2: open on both sides; 3: closed on both. */
function boundsCode({ lowerInclusive, upperInclusive }: Bucket): number {
	if (lowerInclusive) return upperInclusive ? 3 : 1;
	return upperInclusive ? 0 : 2;
}
