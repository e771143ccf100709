import { formatG } from '../number.ts';
import { NO_BUCKETS } from './buckets.ts';
import { CUSTOM_BUCKETS_SCHEMA, type FloatHistogram } from './float-histogram.ts';

/** One bucket of a classic histogram: its upper bound, `le`, and the cumulative count. */
export interface ClassicBucket {
	readonly le: number;
	readonly count: number;
}

/** A classic histogram at one moment, as far as its series have been seen: buckets in any order, no count, no sum. */
export interface ClassicHistogram {
	readonly buckets: readonly ClassicBucket[];
	readonly count?: number;
	readonly sum?: number;
}

/**
 * A native histogram with the bounds of a classic one (util/convertnhcb), or what is wrong with that one: counts that are negative, not
 * cumulative, or other than `count`. Of two buckets with one bound the first stands; +Inf may be missing.
 */
export function convertToCustomBuckets(classic: ClassicHistogram): FloatHistogram | string {
	const ordered = orderBuckets(classic.buckets);
	if (typeof ordered === 'string') return ordered;
	const last = ordered.at(-1);
	if (classic.count !== undefined && classic.count < 0) {
		return `count must be non-negative: count=${formatG(classic.count)}`;
	}
	const count = classic.count ?? last?.count ?? 0;
	const buckets = last?.le === Infinity ? ordered : [...ordered, { le: Infinity, count }];
	const total = buckets.at(-1)?.count as number;
	if (total !== count) {
		const text = areWhole(buckets) && isWhole(count) ? String(count) : formatG(count);
		return `count mismatch: count=${text} != le=+Inf count=${formatG(total)}`;
	}
	return fromCumulative(buckets, count, classic.sum ?? 0);
}

function orderBuckets(buckets: readonly ClassicBucket[]): ClassicBucket[] | string {
	const ordered: ClassicBucket[] = [];
	for (const bucket of buckets) {
		const problem = insert(ordered, bucket);
		if (problem !== undefined) return problem;
	}
	return ordered;
}

/** Puts a bucket in its place, or says what is wrong with it. */
function insert(ordered: ClassicBucket[], bucket: ClassicBucket): string | undefined {
	const { le, count } = bucket;
	if (Number.isNaN(le)) return 'bucket boundary must not be NaN';
	if (count < 0) {
		return `bucket count must be non-negative: le=${formatG(le)}, count=${formatG(count)}`;
	}
	const found = ordered.findIndex((other) => other.le >= le);
	const place = found < 0 ? ordered.length : found;
	const next = ordered[place];
	if (next?.le === le) return undefined;
	const before = ordered[place - 1];
	if (before && count < before.count) return notCumulative(count, '<', before.count);
	if (next && count > next.count) return notCumulative(count, '>', next.count);
	ordered.splice(place, 0, bucket);
	return undefined;
}

function notCumulative(count: number, relation: string, other: number): string {
	return `count is not cumulative: ${formatG(count)} ${relation} ${formatG(other)}`;
}

function fromCumulative(
	buckets: readonly ClassicBucket[],
	count: number,
	sum: number
): FloatHistogram {
	const counts = buckets.map((bucket, i) => bucket.count - (buckets[i - 1]?.count ?? 0));
	const indexes = counts
		.map((_, index) => index)
		.filter(keeper(counts, areWhole(buckets) ? SMALL_GAP : 0));
	return {
		schema: CUSTOM_BUCKETS_SCHEMA,
		zeroThreshold: 0,
		zeroCount: 0,
		count,
		sum,
		positive: { indexes, counts: indexes.map((index) => counts[index] as number) },
		negative: NO_BUCKETS,
		customValues: buckets.slice(0, -1).map((bucket) => bucket.le),
		counterReset: 'unknown'
	};
}

/** Histograms of whole numbers keep as many empty buckets between two others: they are cheaper than a gap. */
const SMALL_GAP = 2;

function areWhole(buckets: readonly ClassicBucket[]): boolean {
	return buckets.every((bucket) => isWhole(bucket.count));
}

/** Counts beyond int64 are floats. */
function isWhole(count: number): boolean {
	return Number.isInteger(count) && count < 2 ** 63;
}

/** Tells which buckets to keep: those with a count, and runs of at most `gap` empty ones between two such. */
function keeper(counts: readonly number[], gap: number): (index: number) => boolean {
	return (index) => {
		if (counts[index] !== 0) return true;
		const next = counts.findIndex((count, i) => i > index && count !== 0);
		const previous = counts.findLastIndex((count, i) => i < index && count !== 0);
		return next >= 0 && previous >= 0 && next - previous - 1 <= gap;
	};
}
