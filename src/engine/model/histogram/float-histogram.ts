/**
 * What is known about whether a histogram was reset since the sample before it. `gauge`: it may fall as it likes.
 * `unknown`: it has to be found out by comparing the two (model/histogram/histogram.go, CounterResetHint).
 */
export type CounterResetHint = 'unknown' | 'reset' | 'not_reset' | 'gauge';

/**
 * Buckets of one sign: counts[k] observations in the bucket with index indexes[k], ascending strictly. Counts are of each bucket
 * alone, not cumulative. A bucket that is not listed is empty; one may be listed with a count of 0, as stores keep them.
 */
export interface HistogramBuckets {
	readonly indexes: readonly number[];
	readonly counts: readonly number[];
}

/** The schema of histograms with bounds of their own (NHCB): bucket i ends at customValues[i], the one after the last at +Inf. */
export const CUSTOM_BUCKETS_SCHEMA = -53;

/**
 * A native histogram as PromQL computes with it: all counts are float64 (model/histogram/float_histogram.go).
 *
 * With an exponential schema from -4 to 8, bucket i of the positive side holds the observations in (base^(i-1), base^i], where base is
 * 2^(2^-schema); the negative side mirrors it; observations within ±zeroThreshold are in the zero bucket.
 * Immutable, plain data: it crosses threads as it is.
 */
export interface FloatHistogram {
	readonly schema: number;
	readonly zeroThreshold: number;
	readonly zeroCount: number;
	readonly count: number;
	readonly sum: number;
	readonly positive: HistogramBuckets;
	readonly negative: HistogramBuckets;
	/** Upper bounds, ascending, without +Inf; only with the custom schema, else empty. */
	readonly customValues: readonly number[];
	readonly counterReset: CounterResetHint;
}
