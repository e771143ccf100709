import type { FloatHistogram, HistogramBuckets } from './float-histogram.ts';
import { hasCustomBuckets } from './schema.ts';

/** The bucket of a coarser schema in which the bucket with this index lies; `levels` is how much coarser. */
export function coarserIndex(index: number, levels: number): number {
	return ((index - 1) >> levels) + 1;
}

/** The buckets of a schema `levels` coarser (generic.go, reduceResolution). */
export function reduceResolution(buckets: HistogramBuckets, levels: number): HistogramBuckets {
	if (levels === 0) return buckets;
	const indexes: number[] = [];
	const counts: number[] = [];
	let last = -1;
	for (let k = 0; k < buckets.indexes.length; k++) {
		const index = coarserIndex(buckets.indexes[k] as number, levels);
		const count = buckets.counts[k] as number;
		if (last >= 0 && indexes[last] === index) {
			counts[last] = (counts[last] as number) + count;
		} else {
			indexes.push(index);
			counts.push(count);
			last++;
		}
	}
	return { indexes, counts };
}

/**
 * The histogram in a schema that is as coarse or coarser (float_histogram.go, CopyToSchema). A histogram that does change has lost its
 * counter reset hint, as there.
 */
export function toSchema(histogram: FloatHistogram, schema: number): FloatHistogram {
	const levels = histogram.schema - schema;
	if (levels === 0) return histogram;
	if (hasCustomBuckets(histogram) || levels < 0) {
		throw new Error(`no way from schema ${histogram.schema} to schema ${schema}`);
	}
	return {
		...histogram,
		schema,
		positive: reduceResolution(histogram.positive, levels),
		negative: reduceResolution(histogram.negative, levels),
		counterReset: 'unknown'
	};
}
