import type { FloatHistogram, HistogramBuckets } from './float-histogram.ts';

/** Without the buckets that nobody is in (float_histogram.go, Compact(0)). The same histogram if there are none. */
export function compact(histogram: FloatHistogram): FloatHistogram {
	const positive = compactBuckets(histogram.positive);
	const negative = compactBuckets(histogram.negative);
	if (positive === histogram.positive && negative === histogram.negative) return histogram;
	return { ...histogram, positive, negative };
}

function compactBuckets(buckets: HistogramBuckets): HistogramBuckets {
	if (!buckets.counts.includes(0)) return buckets;
	const indexes: number[] = [];
	const counts: number[] = [];
	for (let k = 0; k < buckets.counts.length; k++) {
		const count = buckets.counts[k] as number;
		if (count === 0) continue;
		indexes.push(buckets.indexes[k] as number);
		counts.push(count);
	}
	return { indexes, counts };
}
