import { compensate } from '../compensation.ts';
import type { CompensatedBuckets } from './compensated-buckets.ts';
import type { HistogramBuckets } from './float-histogram.ts';

/** The custom bounds that both have; both ascend. */
export function intersectBounds(a: readonly number[], b: readonly number[]): number[] {
	const common: number[] = [];
	for (let i = 0, j = 0; i < a.length && j < b.length;) {
		const x = a[i] as number;
		const y = b[j] as number;
		if (x === y) common.push(x);
		if (x <= y) i++;
		if (x >= y) j++;
	}
	return common;
}

/** Counts of all buckets between some custom bounds, the one up to +Inf included, and what rounding has lost of each. */
export interface CustomCounts {
	readonly counts: Float64Array;
	readonly lost: Float64Array;
}

/** No counts yet, for buckets between those bounds. */
export function noCustomCounts(bounds: readonly number[]): CustomCounts {
	const size = bounds.length + 1;
	return { counts: new Float64Array(size), lost: new Float64Array(size) };
}

/**
 * Adds buckets to those between fewer bounds, each to the one it lies in; times `sign`. `lost` is what rounding has lost of each
 * (float_histogram.go, addCustomBucketsWithMismatches).
 */
export function addToCoarserBounds(
	into: CustomCounts,
	intoBounds: readonly number[],
	buckets: HistogramBuckets,
	bounds: readonly number[],
	sign: 1 | -1,
	lost?: readonly number[]
): void {
	const targets = coarserPlaces(buckets.indexes, bounds, intoBounds);
	for (let k = 0; k < targets.length; k++) {
		const target = targets[k] as number;
		addCompensated(into, target, sign * (buckets.counts[k] as number));
		if (lost) addCompensated(into, target, lost[k] as number);
	}
}

function addCompensated({ counts, lost }: CustomCounts, at: number, value: number): void {
	const sum = counts[at] as number;
	lost[at] = compensate(lost[at] as number, sum, value);
	counts[at] = sum + value;
}

/** For each bucket index the index of the bucket between coarser bounds in which it lies. */
export function coarserPlaces(
	indexes: readonly number[],
	bounds: readonly number[],
	coarserBounds: readonly number[]
): number[] {
	let place = 0;
	return indexes.map((index) => {
		if (index >= bounds.length) return coarserBounds.length;
		const bound = bounds[index] as number;
		while (place < coarserBounds.length && (coarserBounds[place] as number) < bound) place++;
		return place;
	});
}

/** The buckets that somebody is in; a count that is 0 only because all of it was lost to rounding stays. */
export function populatedBuckets({ counts, lost }: CustomCounts): CompensatedBuckets {
	const populated = { indexes: [] as number[], counts: [] as number[], lost: [] as number[] };
	for (let index = 0; index < counts.length; index++) {
		if (counts[index] === 0 && lost[index] === 0) continue;
		populated.indexes.push(index);
		populated.counts.push(counts[index] as number);
		populated.lost.push(lost[index] as number);
	}
	return populated;
}
