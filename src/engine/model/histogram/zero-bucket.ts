import { compensate } from '../compensation.ts';
import { exponentialBound } from './bounds.ts';
import type { HistogramBuckets } from './float-histogram.ts';

/** Buckets of one sign, and beside each count what rounding has lost of it, if that is kept. */
interface Side extends HistogramBuckets {
	readonly lost?: readonly number[];
}

/** What widening a zero bucket needs of a histogram. */
interface ZeroBucketed {
	readonly schema: number;
	readonly zeroThreshold: number;
	readonly zeroCount: number;
	readonly zeroLost?: number;
	readonly positive: Side;
	readonly negative: Side;
}

/** A zero bucket: its threshold, its count, and what rounding has lost of that count. */
export interface ZeroBucket {
	readonly threshold: number;
	readonly count: number;
	readonly lost: number;
}

/**
 * The zero bucket a histogram would have with a larger threshold: buckets within it are absorbed. A threshold that cuts a populated
 * bucket is widened to the end of that bucket (float_histogram.go, zeroCountForLargerThreshold).
 */
export function widenZeroBucket(histogram: ZeroBucketed, threshold: number): ZeroBucket {
	let zero: ZeroBucket = { threshold, count: histogram.zeroCount, lost: histogram.zeroLost ?? 0 };
	if (threshold === histogram.zeroThreshold) return zero;
	const { schema, positive, negative, zeroCount } = histogram;
	for (;;) {
		zero = absorb({ ...zero, count: zeroCount }, positive, schema);
		const both = absorb(zero, negative, schema);
		if (both.threshold === zero.threshold) return both;
		// A cut negative bucket has widened the threshold, so the positive side has to be seen anew. As upstream, the
		// compensation goes on from where it is.
		zero = both;
	}
}

function absorb(zero: ZeroBucket, side: Side, schema: number): ZeroBucket {
	let { threshold, count, lost } = zero;
	const within = bucketsWithin(threshold, side, schema);
	for (let k = 0; k < within; k++) {
		const own = side.counts[k] as number;
		lost = compensate(lost, count, own);
		count += own;
		if (!side.lost) continue;
		const ownLost = side.lost[k] as number;
		lost = compensate(lost, count, ownLost);
		count += ownLost;
	}
	if (within > 0 && side.counts[within - 1] !== 0) {
		threshold = Math.max(threshold, exponentialBound(side.indexes[within - 1] as number, schema));
	}
	return { threshold, count, lost };
}

/** How many of the buckets, from the one next to zero on, begin within the zero bucket. */
export function bucketsWithin(
	threshold: number,
	buckets: HistogramBuckets,
	schema: number
): number {
	const { indexes } = buckets;
	let k = 0;
	while (k < indexes.length && exponentialBound((indexes[k] as number) - 1, schema) < threshold) {
		k++;
	}
	return k;
}
