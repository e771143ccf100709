import { NO_BUCKETS } from './buckets.ts';
import type { FloatHistogram } from './float-histogram.ts';

/** A histogram without observations; `layout` gives the schema and the bounds, if not those of schema 0. */
export function emptyHistogram(
	layout: Partial<Pick<FloatHistogram, 'schema' | 'customValues' | 'zeroThreshold'>> = {}
): FloatHistogram {
	return {
		schema: layout.schema ?? 0,
		zeroThreshold: layout.zeroThreshold ?? 0,
		zeroCount: 0,
		count: 0,
		sum: 0,
		positive: NO_BUCKETS,
		negative: NO_BUCKETS,
		customValues: layout.customValues ?? [],
		counterReset: 'unknown'
	};
}
