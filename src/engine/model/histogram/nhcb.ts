import { formatG } from '../number.ts';
import { NO_BUCKETS } from './buckets.ts';
import { equalBounds } from './equal.ts';
import {
	CUSTOM_BUCKETS_SCHEMA,
	type FloatHistogram,
	type HistogramBuckets
} from './float-histogram.ts';

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
		const text =
			buckets.every((bucket) => isWhole(bucket.count)) && isWhole(count)
				? String(count)
				: formatG(count);
		return `count mismatch: count=${text} != le=+Inf count=${formatG(total)}`;
	}
	return fromCumulativeCounts(
		buckets.map((bucket) => bucket.count),
		buckets.slice(0, -1).map((bucket) => bucket.le),
		classic.sum ?? 0
	);
}

/**
 * A native histogram of cumulative counts: one for each bound, and the last, which is that of all observations, for the bucket up to
 * +Inf. Where the same buckets turn out to be listed as in a histogram before, its list of them is shared.
 */
export function fromCumulativeCounts(
	cumulative: ArrayLike<number>,
	bounds: readonly number[],
	sum: number,
	before?: FloatHistogram
): FloatHistogram {
	const whole = areWhole(cumulative);
	const positive = listBuckets(cumulative, whole ? SMALL_GAP : 0);
	const known = before?.positive.indexes;
	const count = cumulative[cumulative.length - 1] as number;
	return {
		schema: CUSTOM_BUCKETS_SCHEMA,
		zeroThreshold: 0,
		zeroCount: 0,
		// Whole numbers know no -0.
		count: whole ? count + 0 : count,
		sum,
		positive:
			known && equalBounds(known, positive.indexes) ? { ...positive, indexes: known } : positive,
		negative: NO_BUCKETS,
		customValues: bounds,
		counterReset: 'unknown'
	};
}

/** Lists the buckets that have a count, and runs of at most `gap` empty ones between two such. */
function listBuckets(cumulative: ArrayLike<number>, gap: number): HistogramBuckets {
	const indexes: number[] = [];
	const counts: number[] = [];
	let next = 0;
	for (let index = 0; index < cumulative.length; index++) {
		const below = index === 0 ? 0 : (cumulative[index - 1] as number);
		const count = (cumulative[index] as number) - below;
		if (count === 0) continue;
		if (indexes.length === 0 || index - next > gap) next = index;
		for (; next < index; next++) {
			indexes.push(next);
			counts.push(0);
		}
		indexes.push(index);
		counts.push(count);
		next = index + 1;
	}
	return { indexes, counts };
}

/** Histograms of whole numbers keep as many empty buckets between two others: they are cheaper than a gap. */
const SMALL_GAP = 2;

function areWhole(counts: ArrayLike<number>): boolean {
	for (let i = 0; i < counts.length; i++) if (!isWhole(counts[i] as number)) return false;
	return true;
}

/** Counts beyond int64 are floats. */
function isWhole(count: number): boolean {
	return Number.isInteger(count) && count < 2 ** 63;
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
