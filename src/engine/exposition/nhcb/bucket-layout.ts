import { fromCumulativeCounts, type FloatHistogram } from '#engine/model';
import type { ClassicGroup } from './group.ts';

/** Where on its page the numbers of a histogram are, when nothing is odd about it: to read it is to look at those lines. */
export interface BucketLayout {
	/** The line of each bucket, in the order of the bounds. */
	readonly buckets: readonly number[];
	/** Without +Inf. */
	readonly bounds: readonly number[];
	/** Whether there is a bucket up to +Inf; if not, the count stands for it. */
	readonly hasLast: boolean;
	/** Lines; -1 where there is none. */
	readonly count: number;
	readonly sum: number;
	/** Where the counts are put together, the one up to +Inf last. */
	readonly cumulative: Float64Array;
}

/** The layout of a group that says everything once; undefined when it says something twice. */
export function layoutOfGroup({ lines, parts }: ClassicGroup): BucketLayout | undefined {
	const of = (kind: 'count' | 'sum') => lines.filter((_, i) => parts[i]?.kind === kind);
	const [counts, sums] = [of('count'), of('sum')];
	const buckets = parts
		.flatMap((part, i) =>
			part.kind === 'bucket' ? [{ le: part.le, line: lines[i] as number }] : []
		)
		.sort((a, b) => (a.le < b.le ? -1 : 1));
	const isRepeated = buckets.some(({ le }, i) => le === buckets[i + 1]?.le);
	if (counts.length > 1 || sums.length > 1 || isRepeated) return undefined;
	const bounds = buckets.map(({ le }) => le).filter((le) => le !== Infinity);
	return {
		buckets: buckets.map(({ line }) => line),
		bounds,
		hasLast: bounds.length < buckets.length,
		count: counts[0] ?? -1,
		sum: sums[0] ?? -1,
		cumulative: new Float64Array(bounds.length + 1)
	};
}

/**
 * The histogram that is at those places now; undefined when its counts are not what they should be, which is for the slow way to
 * judge. What can be shared with the histogram before is.
 */
export function readHistogram(
	layout: BucketLayout,
	values: Float64Array,
	before?: FloatHistogram
): FloatHistogram | undefined {
	const { buckets, bounds, hasLast, cumulative } = layout;
	let highest = 0;
	for (let k = 0; k < buckets.length; k++) {
		const count = values[buckets[k] as number] as number;
		// False for NaN too.
		if (!(count >= highest)) return undefined;
		cumulative[k] = highest = count;
	}
	const total = layout.count < 0 ? highest : (values[layout.count] as number);
	if (hasLast ? total !== highest : !(total >= highest)) return undefined;
	cumulative[bounds.length] = total;
	const sum = layout.sum < 0 ? 0 : (values[layout.sum] as number);
	return fromCumulativeCounts(cumulative, bounds, sum, before);
}
