import {
	allBuckets,
	bucketBound,
	emptyHistogram,
	toSchema,
	type FloatHistogram
} from '#engine/model';
import { nativeQuantile, quantilePlace } from '#engine/promql';
import type { ClassicBuckets, Estimate } from './classic.ts';
import { countUpTo } from './crowd.ts';
import type { DensityBox, Domain } from './density.ts';

/** The finest schema: 256 buckets for each doubling. */
export const FINEST_SCHEMA = 8;

/**
 * The native histogram of schema 8 that would have observed the sorted values, all of them positive. The bounds are the engine's, and a
 * bucket holds what is in (lower, upper], as in client_golang (prometheus/histogram.go, observe). Coarser ones follow with `toSchema`.
 */
export function observeNative(sorted: Float64Array): FloatHistogram {
	const indexes: number[] = [];
	const counts: number[] = [];
	let sum = 0;
	for (const value of sorted) sum += value;
	for (let from = 0; from < sorted.length;) {
		const index = bucketIndex(sorted[from] as number);
		const to = countUpTo(sorted, bucketBound(index, FINEST_SCHEMA, []));
		indexes.push(index);
		counts.push(to - from);
		from = to;
	}
	return {
		...emptyHistogram(),
		schema: FINEST_SCHEMA,
		count: sorted.length,
		sum,
		positive: { indexes, counts }
	};
}

/** The bucket of schema 8 that holds a positive value. */
function bucketIndex(value: number): number {
	let index = Math.ceil(Math.log2(value) * 2 ** FINEST_SCHEMA);
	// The logarithm may be off by a rounding; the bounds decide.
	while (bucketBound(index, FINEST_SCHEMA, []) < value) index++;
	while (bucketBound(index - 1, FINEST_SCHEMA, []) >= value) index--;
	return index;
}

/** The histogram in a schema from 0 to 8. */
export function atSchema(finest: FloatHistogram, schema: number): FloatHistogram {
	return toSchema(finest, schema);
}

/** histogram_quantile(q, …) of a native histogram, by the engine's own kernel. */
export function quantileOfNative(q: number, histogram: FloatHistogram): number {
	return nativeQuantile(q, histogram, () => {});
}

/** The buckets in use as boxes of which the area is the share; those beyond the axis are left out. */
export function nativeBoxes(histogram: FloatHistogram, { min, max }: Domain): DensityBox[] {
	return allBuckets(histogram).flatMap(({ lower, upper, count }) => {
		const from = Math.max(min, lower);
		const to = Math.min(max, upper);
		const share = count / histogram.count;
		return to > from ? [{ from, to, share, density: share / Math.log(to / from) }] : [];
	});
}

/** The estimate, with the bucket it was found in. */
export function nativeEstimate(q: number, histogram: FloatHistogram): Estimate {
	const place = quantilePlace(q, histogram);
	const value = quantileOfNative(q, histogram);
	return { value, lower: place?.lower ?? NaN, upper: place?.upper ?? NaN };
}

/** The buckets in use, cumulative as classic ones are, so that the two can be drawn alike. */
export function cumulativeBuckets(histogram: FloatHistogram): ClassicBuckets {
	const buckets = allBuckets(histogram);
	let upTo = 0;
	return {
		bounds: Float64Array.from(buckets, ({ upper }) => upper),
		counts: Float64Array.from(buckets, ({ count }) => (upTo += count))
	};
}
