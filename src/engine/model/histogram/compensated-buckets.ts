import { compensate } from '../compensation.ts';
import { equalBounds } from './equal.ts';
import type { HistogramBuckets } from './float-histogram.ts';
import { coarserIndex } from './resolution.ts';

/** Buckets of one sign, and beside each count what rounding has lost of it. The counts are its owner's to change. */
export interface CompensatedBuckets {
	readonly indexes: readonly number[];
	readonly counts: number[];
	readonly lost: number[];
}

/** Buckets to be added, with what has been lost of them if anything has. */
export interface AddedBuckets extends HistogramBuckets {
	readonly lost?: readonly number[];
}

/** A copy of buckets to add others to. */
export function compensatedBuckets({ indexes, counts, lost }: AddedBuckets): CompensatedBuckets {
	return {
		indexes,
		counts: counts.slice(),
		lost: lost?.slice() ?? new Array<number>(counts.length).fill(0)
	};
}

/** The buckets of a schema `levels` coarser (kahanReduceResolution). The same if there is no difference. */
export function reduceCompensated<B extends AddedBuckets>(
	buckets: B,
	levels: number
): B | CompensatedBuckets {
	if (levels === 0) return buckets;
	const indexes: number[] = [];
	const counts: number[] = [];
	const lost: number[] = [];
	for (let k = 0; k < buckets.indexes.length; k++) {
		const index = coarserIndex(buckets.indexes[k] as number, levels);
		const count = buckets.counts[k] as number;
		const countLost = buckets.lost?.[k] ?? 0;
		const last = indexes.length - 1;
		if (indexes[last] === index) {
			addAt(counts, lost, last, count);
			addAt(counts, lost, last, countLost);
		} else {
			indexes.push(index);
			counts.push(count);
			lost.push(countLost);
		}
	}
	return { indexes, counts, lost };
}

/**
 * Adds buckets, from the place `from` on (kahanAddBuckets). Where both have the same buckets, it is done in place; counts of buckets
 * that were not there are taken as they are.
 */
export function addBuckets(
	into: CompensatedBuckets,
	added: AddedBuckets,
	from: number
): CompensatedBuckets {
	if (from > 0 || !equalBounds(into.indexes, added.indexes)) return merge(into, added, from);
	for (let k = 0; k < into.counts.length; k++) addBoth(into.counts, into.lost, k, added, k);
	return into;
}

function merge(a: CompensatedBuckets, b: AddedBuckets, from: number): CompensatedBuckets {
	const indexes: number[] = [];
	const counts: number[] = [];
	const lost: number[] = [];
	let i = 0;
	let j = from;
	while (i < a.indexes.length || j < b.indexes.length) {
		const left = a.indexes[i] ?? Infinity;
		const right = b.indexes[j] ?? Infinity;
		indexes.push(Math.min(left, right));
		counts.push((left <= right ? a.counts[i] : b.counts[j]) as number);
		lost.push((left <= right ? a.lost[i] : b.lost?.[j]) ?? 0);
		if (left === right) addBoth(counts, lost, counts.length - 1, b, j);
		if (left <= right) i++;
		if (right <= left) j++;
	}
	return { indexes, counts, lost };
}

function addBoth(counts: number[], lost: number[], at: number, b: AddedBuckets, k: number): void {
	addAt(counts, lost, at, b.counts[k] as number);
	const bLost = b.lost?.[k] ?? 0;
	if (bLost !== 0) addAt(counts, lost, at, bLost);
}

function addAt(counts: number[], lost: number[], at: number, value: number): void {
	const count = counts[at] as number;
	lost[at] = compensate(lost[at] as number, count, value);
	counts[at] = count + value;
}
