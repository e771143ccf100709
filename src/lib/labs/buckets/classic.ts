import { bucketFraction, bucketQuantile, firstAtLeast } from '#engine/promql';
import { countUpTo } from './crowd.ts';

/** A classic histogram: bounds in seconds, ascending, the last +Inf; counts cumulative, as le buckets are. */
export interface ClassicBuckets {
	readonly bounds: Float64Array;
	readonly counts: Float64Array;
}

/** What a quantile is said to be, and what is certain: that the true one is in (lower, upper]. */
export interface Estimate {
	readonly value: number;
	readonly lower: number;
	/** +Inf where the quantile lies above the last edge. */
	readonly upper: number;
}

/** The buckets that a histogram with these edges would have after it observed the sorted values: two searches a bucket. */
export function observe(sorted: Float64Array, edges: readonly number[]): ClassicBuckets {
	const bounds = Float64Array.of(...edges, Infinity);
	return { bounds, counts: bounds.map((bound) => countUpTo(sorted, bound)) };
}

/** Histograms of several instances with the same edges as one: sum by (le). */
export function sumByLe(histograms: readonly ClassicBuckets[]): ClassicBuckets {
	const [first] = histograms;
	if (!first) throw new Error('no histograms to sum');
	return {
		bounds: first.bounds,
		counts: first.counts.map((_, b) =>
			histograms.reduce((sum, { counts }) => sum + (counts[b] ?? 0), 0)
		)
	};
}

/** histogram_quantile(q, …) of the buckets, by the engine's own kernel. NaN without a finite edge or without observations. */
export function classicQuantile(q: number, { bounds, counts }: ClassicBuckets): number {
	// The kernel puts buckets in order in place; these are, and stay, in order.
	return bucketQuantile(q, bounds.slice(), counts.slice(), bounds.length, () => {});
}

/** The estimate, with the bucket it was found in. */
export function classicEstimate(q: number, buckets: ClassicBuckets): Estimate {
	const { bounds, counts } = buckets;
	const total = counts[counts.length - 1] ?? 0;
	const value = classicQuantile(q, buckets);
	if (total === 0) return { value, lower: NaN, upper: NaN };
	const b = firstAtLeast(counts, q * total, bounds.length - 1);
	return { value, lower: b === 0 ? 0 : (bounds[b - 1] as number), upper: bounds[b] as number };
}

/** histogram_fraction(0, bound, …) of the buckets: the share that they say took at most `bound`. Exact where there is an edge. */
export function classicShare(bound: number, { bounds, counts }: ClassicBuckets): number {
	return bucketFraction(0, bound, bounds.slice(), counts.slice(), bounds.length);
}
