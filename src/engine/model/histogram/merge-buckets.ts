import { exponentialBound } from './bounds.ts';
import { equalBounds } from './equal.ts';
import type { HistogramBuckets } from './float-histogram.ts';
import { isExponentialSchema } from './schema.ts';

/**
 * The number of buckets, from the one next to zero on, that end within the zero bucket. What is added to a histogram leaves them out,
 * because the zero bucket has counted them already (float_histogram.go, addBuckets).
 */
export function bucketsBelow(
	threshold: number,
	indexes: readonly number[],
	schema: number
): number {
	if (!isExponentialSchema(schema)) return 0;
	let k = 0;
	while (k < indexes.length && exponentialBound(indexes[k] as number, schema) <= threshold) k++;
	return k;
}

/** The buckets of a, and those of b from the place `from` on added to them, times `sign`. */
export function mergeBuckets(
	a: HistogramBuckets,
	b: HistogramBuckets,
	from: number,
	sign: 1 | -1
): HistogramBuckets {
	if (from >= b.indexes.length) return a;
	return from === 0 && equalBounds(a.indexes, b.indexes)
		? { indexes: a.indexes, counts: addCounts(a.counts, b.counts, sign) }
		: mergeSorted(a, b, from, sign);
}

function addCounts(a: readonly number[], b: readonly number[], sign: 1 | -1): number[] {
	const counts = a.slice();
	for (let k = 0; k < counts.length; k++) {
		counts[k] = (counts[k] as number) + sign * (b[k] as number);
	}
	return counts;
}

function mergeSorted(
	a: HistogramBuckets,
	b: HistogramBuckets,
	from: number,
	sign: 1 | -1
): HistogramBuckets {
	const indexes: number[] = [];
	const counts: number[] = [];
	let i = 0;
	for (let j = from; j < b.indexes.length; j++) {
		const index = b.indexes[j] as number;
		for (; i < a.indexes.length && (a.indexes[i] as number) < index; i++) {
			indexes.push(a.indexes[i] as number);
			counts.push(a.counts[i] as number);
		}
		const added = sign * (b.counts[j] as number);
		indexes.push(index);
		counts.push(a.indexes[i] === index ? (a.counts[i++] as number) + added : added);
	}
	for (; i < a.indexes.length; i++) {
		indexes.push(a.indexes[i] as number);
		counts.push(a.counts[i] as number);
	}
	return { indexes, counts };
}
