import type { Duration, FloatHistogram, Labels, SeriesColumns, Timestamp } from '#engine/model';

/**
 * One series of a result: a value for each step, and a mask that says where there is one.
 * Both arrays have the length of the step grid. Where `present[i]` is 0 the value is meaningless.
 */
export interface StepSeries {
	readonly labels: Labels;
	readonly values: Float64Array;
	readonly present: Uint8Array;
	/** Steps whose sample is a native histogram, where `values` means nothing. Without it all are floats. */
	readonly histograms?: readonly (FloatHistogram | undefined)[];
}

/** One series of an instant vector: a number, or a native histogram and then `value` means nothing. */
export interface VectorSample {
	readonly labels: Labels;
	readonly value: number;
	readonly histogram?: FloatHistogram;
}

/** The times a query is evaluated at: start, start + step, … count of them. An instant query has one. */
export interface StepGrid {
	readonly start: Timestamp;
	readonly step: Duration;
	readonly count: number;
	/** Where the range ends, when that is after its last step: a range of one step is then still none of an instant query. */
	readonly end?: Timestamp;
}

/** What an instant query gives. A bare range selector gives the raw samples in its window. */
export type InstantResult =
	| { readonly type: 'scalar'; readonly time: Timestamp; readonly value: number }
	| { readonly type: 'string'; readonly time: Timestamp; readonly value: string }
	| {
			readonly type: 'vector';
			readonly time: Timestamp;
			/** Sorted by labels, unless the query itself orders (sort, topk, bottomk). */
			readonly samples: readonly VectorSample[];
	  }
	| { readonly type: 'matrix'; readonly series: readonly SeriesColumns[] };

/** What a range query gives: series sorted by labels, on one grid. */
export interface RangeResult {
	readonly type: 'matrix';
	readonly grid: StepGrid;
	readonly series: readonly StepSeries[];
}

/** Something odd in the data or the query that did not stop the evaluation. `text` is Prometheus' own, prefix and position included. */
export interface Annotation {
	readonly level: 'warning' | 'info';
	readonly text: string;
}

/** The kinds of error the HTTP API tells apart. */
export type QueryErrorType = 'bad_data' | 'execution' | 'timeout' | 'canceled';

export type QueryOutcome<Result> =
	| { readonly ok: true; readonly result: Result; readonly annotations: readonly Annotation[] }
	| { readonly ok: false; readonly errorType: QueryErrorType; readonly message: string };
