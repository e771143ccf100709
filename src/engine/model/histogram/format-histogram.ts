import { formatG } from '../number.ts';
import { negativeBucket, positiveBucket, zeroBucket, type Bucket } from './buckets.ts';
import type { FloatHistogram, HistogramBuckets } from './float-histogram.ts';
import { hasCustomBuckets } from './schema.ts';

/** `{count:3, sum:7.5, (1,2]:3}`: the buckets that somebody is in, ascending (float_histogram.go, String). */
export function formatHistogram(histogram: FloatHistogram): string {
	const { count, sum, negative, positive, zeroCount } = histogram;
	const buckets = [
		...negative.indexes.map((_, k) => negativeBucket(histogram, k)).reverse(),
		...(hasCustomBuckets(histogram) && zeroCount === 0 ? [] : [zeroBucket(histogram)]),
		...positive.indexes.map((_, k) => positiveBucket(histogram, k))
	].filter((bucket) => bucket.count !== 0);
	return `{${[`count:${formatG(count)}`, `sum:${formatG(sum)}`, ...buckets.map(formatBucket)].join(', ')}}`;
}

/** `(1,2]:3`: the bounds with the brackets of mathematics, and the count. */
export function formatBucket(bucket: Bucket): string {
	const { lower, upper, lowerInclusive, upperInclusive, count } = bucket;
	const open = lowerInclusive ? '[' : '(';
	const close = upperInclusive ? ']' : ')';
	return `${open}${formatG(lower)},${formatG(upper)}${close}:${formatG(count)}`;
}

/**
 * The text by which test scripts and rule tests write a histogram: `{{schema:1 count:4 sum:5 offset:2 buckets:[1 0 3]}}`
 * (float_histogram.go, TestExpression). Unlike there, infinity has no plus sign,
 * which these scripts can not read, and buckets beyond a second gap stay in their places.
 */
export function formatHistogramLiteral(histogram: FloatHistogram): string {
	const { schema, count, sum, zeroCount, zeroThreshold, customValues, counterReset } = histogram;
	const parts: string[] = [];
	if (schema !== 0) parts.push(`schema:${schema}`);
	if (count !== 0) parts.push(`count:${formatNumber(count)}`);
	if (sum !== 0) parts.push(`sum:${formatNumber(sum)}`);
	if (zeroCount !== 0) parts.push(`z_bucket:${formatNumber(zeroCount)}`);
	if (zeroThreshold !== 0) parts.push(`z_bucket_w:${formatNumber(zeroThreshold)}`);
	if (hasCustomBuckets(histogram)) parts.push(`custom_values:${formatNumbers(customValues)}`);
	if (counterReset !== 'unknown') parts.push(`counter_reset_hint:${counterReset}`);
	parts.push(
		...literalBuckets('', histogram.positive),
		...literalBuckets('n_', histogram.negative)
	);
	return `{{${parts.join(' ')}}}`;
}

/** The buckets from the first populated one to the last, each gap filled with zeros. */
function literalBuckets(prefix: string, { indexes, counts }: HistogramBuckets): string[] {
	const first = counts.findIndex((count) => count !== 0);
	if (first < 0) return [];
	const last = counts.findLastIndex((count) => count !== 0);
	const offset = indexes[first] as number;
	const filled = new Array<number>((indexes[last] as number) - offset + 1).fill(0);
	for (let k = first; k <= last; k++) {
		// A zero without its sign, as in a gap.
		filled[(indexes[k] as number) - offset] = (counts[k] as number) + 0;
	}
	const parts = offset === 0 ? [] : [`${prefix}offset:${offset}`];
	return [...parts, `${prefix}buckets:${formatNumbers(filled)}`];
}

function formatNumbers(values: readonly number[]): string {
	return `[${values.map(formatNumber).join(' ')}]`;
}

function formatNumber(value: number): string {
	return value === Infinity ? 'Inf' : formatG(value);
}
