import { compensate } from '../compensation.ts';
import {
	addBuckets,
	compensatedBuckets,
	reduceCompensated,
	type CompensatedBuckets
} from './compensated-buckets.ts';
import { combineHints } from './counter-reset.ts';
import {
	addToCoarserBounds,
	intersectBounds,
	noCustomCounts,
	populatedBuckets
} from './custom-bounds.ts';
import { equalBounds } from './equal.ts';
import type { CounterResetHint, FloatHistogram, HistogramBuckets } from './float-histogram.ts';
import { bucketsBelow } from './merge-buckets.ts';
import { hasCustomBuckets } from './schema.ts';
import { bucketsWithin, widenZeroBucket } from './zero-bucket.ts';

/**
 * A sum of histograms, and beside every number of it what rounding has lost so far (float_histogram.go, KahanAdd). Mutable, for
 * sums are taken over thousands.
 */
export interface CompensatedHistogram {
	schema: number;
	zeroThreshold: number;
	zeroCount: number;
	zeroLost: number;
	count: number;
	countLost: number;
	sum: number;
	sumLost: number;
	positive: CompensatedBuckets;
	negative: CompensatedBuckets;
	customValues: readonly number[];
	counterReset: CounterResetHint;
}

/** A sum of which nothing is lost yet. */
export function compensated(histogram: FloatHistogram): CompensatedHistogram {
	return copyCompensated({ ...histogram, zeroLost: 0, countLost: 0, sumLost: 0 });
}

/** A copy that can be added to by itself. */
export function copyCompensated(
	sum: FloatHistogram & Pick<CompensatedHistogram, 'zeroLost' | 'countLost' | 'sumLost'>
): CompensatedHistogram {
	return {
		...sum,
		// With custom bounds there is no zero bucket, and Go does not copy what may be in its place.
		zeroCount: hasCustomBuckets(sum) ? 0 : sum.zeroCount,
		positive: compensatedBuckets(sum.positive),
		negative: compensatedBuckets(sum.negative)
	};
}

/**
 * Adds a histogram of the same kind of schema. Returns whether custom bounds had to be reconciled, which leaves those that
 * both have.
 */
export function addCompensated(into: CompensatedHistogram, other: FloatHistogram): boolean {
	into.counterReset = combineHints(into.counterReset, other.counterReset).hint;
	const reconciled = hasCustomBuckets(other) && !equalBounds(into.customValues, other.customValues);
	if (!hasCustomBuckets(other)) addZeroBucket(into, other);
	into.countLost = compensate(into.countLost, into.count, other.count);
	into.count += other.count;
	into.sumLost = compensate(into.sumLost, into.sum, other.sum);
	into.sum += other.sum;
	if (reconciled) addBetweenCommonBounds(into, other);
	else addLayout(into, other);
	return reconciled;
}

/** Makes one zero bucket that holds both (reconcileZeroBuckets), and adds the counts. */
function addZeroBucket(into: CompensatedHistogram, other: FloatHistogram): void {
	let right = { threshold: other.zeroThreshold, count: other.zeroCount, lost: 0 };
	while (right.threshold !== into.zeroThreshold) {
		if (into.zeroThreshold > right.threshold) right = widenZeroBucket(other, into.zeroThreshold);
		if (right.threshold > into.zeroThreshold) widen(into, right.threshold);
	}
	addToZero(into, right.count);
	addToZero(into, right.lost);
}

function addToZero(into: CompensatedHistogram, value: number): void {
	into.zeroLost = compensate(into.zeroLost, into.zeroCount, value);
	into.zeroCount += value;
}

function widen(into: CompensatedHistogram, threshold: number): void {
	const zero = widenZeroBucket(into, threshold);
	into.zeroThreshold = zero.threshold;
	into.zeroCount = zero.count;
	into.zeroLost = zero.lost;
	into.positive = trimmed(into.positive, zero.threshold, into.schema);
	into.negative = trimmed(into.negative, zero.threshold, into.schema);
}

/** Without the buckets within the zero bucket, and without empty ones of which nothing is lost. */
function trimmed(
	buckets: CompensatedBuckets,
	threshold: number,
	schema: number
): CompensatedBuckets {
	const within = bucketsWithin(threshold, buckets, schema);
	const keep = (_: number, k: number) =>
		k >= within && (buckets.counts[k] !== 0 || buckets.lost[k] !== 0);
	return {
		indexes: buckets.indexes.filter(keep),
		counts: buckets.counts.filter(keep),
		lost: buckets.lost.filter(keep)
	};
}

function addLayout(into: CompensatedHistogram, other: FloatHistogram): void {
	const schema = Math.min(into.schema, other.schema);
	into.positive = addSide(into, into.positive, other, other.positive, schema);
	into.negative = addSide(into, into.negative, other, other.negative, schema);
	into.schema = schema;
}

function addSide(
	into: CompensatedHistogram,
	side: CompensatedBuckets,
	other: FloatHistogram,
	otherSide: HistogramBuckets,
	schema: number
): CompensatedBuckets {
	const added = reduceCompensated(otherSide, other.schema - schema);
	const from = bucketsBelow(into.zeroThreshold, added.indexes, schema);
	return addBuckets(reduceCompensated(side, into.schema - schema), added, from);
}

function addBetweenCommonBounds(into: CompensatedHistogram, other: FloatHistogram): void {
	const bounds = intersectBounds(into.customValues, other.customValues);
	const sums = noCustomCounts(bounds);
	addToCoarserBounds(sums, bounds, into.positive, into.customValues, 1, into.positive.lost);
	addToCoarserBounds(sums, bounds, other.positive, other.customValues, 1);
	into.positive = populatedBuckets(sums);
	into.customValues = bounds;
}
