import { formatValue, type Unit } from './numbers.ts';

/** A bar of a histogram: how many observations fell into (from, to]. The last one may be open, up to Infinity. */
export interface Bucket {
	readonly from: number;
	readonly to: number;
	readonly count: number;
}

/**
 * Where a value lies among bars of equal width, in bars from the left: 1.5 is the middle of the second bar. Linear within a
 * bucket, as histogram_quantile assumes; an open bucket has no inside, so its values lie at its left edge. Undefined outside.
 */
export function bucketPosition(buckets: readonly Bucket[], value: number): number | undefined {
	const i = buckets.findIndex(({ from, to }) => value >= from && value <= to);
	const bucket = buckets[i];
	if (!bucket) return undefined;
	if (!Number.isFinite(bucket.to)) return i;
	return i + (value - bucket.from) / (bucket.to - bucket.from);
}

/** The edges between bars, each in the unit a person would say. */
export function edgeLabels(buckets: readonly Bucket[], unit: Unit): string[] {
	const [first] = buckets;
	if (!first) return [];
	return [first.from, ...buckets.map(({ to }) => to)].map((edge) => formatValue(edge, unit));
}

/** The histogram in a sentence: how many observations, in which bucket most of them are, and what is marked. */
export function summarizeBuckets(
	buckets: readonly Bucket[],
	unit: Unit,
	marks: readonly { readonly at: number; readonly label: string }[] = []
): string {
	const total = buckets.reduce((sum, { count }) => sum + count, 0);
	const fullest = buckets.reduce<Bucket | undefined>(
		(best, one) => (!best || one.count > best.count ? one : best),
		undefined
	);
	if (!fullest || total === 0) return 'No observations.';
	const { from, to, count } = fullest;
	return `${[
		`${formatValue(total)} observations in ${buckets.length} buckets`,
		`most, ${formatValue(count)}, from ${formatValue(from, unit)} to ${formatValue(to, unit)}`,
		...marks.map(({ at, label }) => `${label} ${formatValue(at, unit)}`)
	].join('; ')}.`;
}
