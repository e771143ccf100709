import type { FloatHistogram } from './histogram/float-histogram.ts';
import type { Labels } from './labels.ts';
import type { Matcher } from './matcher.ts';
import type { Duration, Timestamp } from './time.ts';

/** What a row of a series holds; see `SeriesColumns.marks`. */
export const SAMPLE = 0;
export const ABSENT = 1;
export const STALE = 2;

/**
 * The samples of one series, as columns.
 *
 * Row i is the sample (times[i], values[i]) for start <= i < end. The series of a target share one `times` array
 * by identity (those that were born in about the same scrapes do), so whoever reads them can plan a window once and reuse
 * it for each (promql does).
 *
 * Staleness and gaps are out of band, because JavaScript does not promise to keep the payload of a NaN that Prometheus
 * uses for it: `marks[i]` is SAMPLE, ABSENT (the series has no sample in this row) or STALE (a staleness marker).
 * Without `marks` every row in [start, end) is a sample.
 */
export interface SeriesColumns {
	readonly labels: Labels;
	/** Ascending, strictly. Rows outside [start, end) may be unused. */
	readonly times: Float64Array;
	/** How far all rows in [start, end) are from the one before, if the store knows that they are evenly apart. */
	readonly interval?: Duration;
	readonly values: Float64Array;
	readonly marks?: Uint8Array;
	/** Rows whose sample is a native histogram, where `values` means nothing. Without it all samples are floats. */
	readonly histograms?: readonly (FloatHistogram | undefined)[];
	/** When what a row counts began to be counted, in milliseconds; 0 where that is not known. Without it: nowhere known. */
	readonly startTimes?: Float64Array;
	readonly start: number;
	readonly end: number;
}

/** What promql and api read from. The seam between the query engine and any store. */
export interface Querier {
	/**
	 * The series that satisfy every matcher and have a row with from <= time <= to, sorted by labels;
	 * `start` and `end` are cut to that range.
	 */
	select(matchers: readonly Matcher[], from: Timestamp, to: Timestamp): readonly SeriesColumns[];
	/**
	 * What `select` gives, for whoever looks at each series once, and lets nothing be written meanwhile: where there are very many, they are
	 * made as they are asked for. A store need not have it.
	 */
	scan?(matchers: readonly Matcher[], from: Timestamp, to: Timestamp): Iterable<SeriesColumns>;
	/** Label sets of the series that satisfy the matchers and have a row in the range, sorted, without reading samples. */
	series(matchers: readonly Matcher[], from: Timestamp, to: Timestamp): readonly Labels[];
}

/** A series as one appender knows it. */
export type SeriesRef = number;

/** The reference that a store gives for a new series that it has no room for. It stores no sample; later there may be room. */
export const REFUSED: SeriesRef = -1;

/**
 * What became of a sample (tsdb/head_append.go, appendable). It is compared with what is committed: of several samples that one row
 * offers for a series, those that come no later than another are taken too, and left out by the commit without a word.
 * `unchanged` is the last committed sample once more.
 */
export type AppendOutcome =
	| 'appended'
	| 'unchanged'
	| 'out of order'
	| 'duplicate timestamp'
	/** Older than the store takes samples. */
	| 'out of bounds'
	| 'out of budget';

/**
 * Where one target's scrapes go. An appender owns one timestamp column; all that is added between `begin(t)` and
 * `commit()` shares the row t. Nothing is visible to a querier before `commit()`.
 */
export interface Appender {
	/** The handle of a series, good until it is released; REFUSED, which is none, for a new series when the store is full. */
	ref(labels: Labels): SeriesRef;
	/** Gives a handle back: it will not be used again, unless `ref` gives it once more. Who meets ever new series has to. */
	release(ref: SeriesRef): void;
	/** Opens the row at t; the last row's own t continues that row. An earlier t reports its samples as out of order. */
	begin(t: Timestamp): void;
	/** Adds a sample to the open row, or at its own time when `t` is given (an exposition may carry timestamps). */
	add(ref: SeriesRef, value: number, t?: Timestamp): AppendOutcome;
	/** Adds a native histogram in the same way. The store keeps it as it is: nobody may change it afterwards. */
	addHistogram(ref: SeriesRef, histogram: FloatHistogram, t?: Timestamp): AppendOutcome;
	/** Marks the series as ended at the open row, whatever it has had, unless it has something at that time or later. */
	markStale(ref: SeriesRef): void;
	commit(): void;
	/** Forgets the open row whole. */
	rollback(): void;
}

/** A store that can be written: one appender for each target. */
export interface Appendable {
	appender(): Appender;
}
