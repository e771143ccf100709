import type { Labels, Timestamp } from '#engine/model';
import type { StepGrid } from '#engine/promql';
import type { SeriesStyle } from './palette.ts';

/** Whose word a series is: what Prometheus computed, what really happened, or single samples as they were stored. */
export type SeriesRole = 'measured' | 'truth' | 'raw';

/** One series of a chart: a value for each time, and a mask that says where there is one. */
export interface ChartSeries {
	/** Names the series within the chart. */
	readonly key: string;
	readonly labels: Labels;
	/** What to call it where its labels do not tell it apart, such as `truth`; may be empty. */
	readonly name: string;
	readonly values: Float64Array;
	readonly present: Uint8Array;
	readonly role: SeriesRole;
	/** Ascending, as long as `values`; without it the values lie on the chart's grid. */
	readonly times?: Float64Array;
	/** For a series that must look the same elsewhere on the page; else the chart chooses. */
	readonly style?: SeriesStyle;
}

/** Something that happened at a moment. Scrapes are ticks on the time axis; the others are labelled lines. */
export interface ChartEvent {
	readonly at: Timestamp;
	readonly label: string;
	readonly kind: 'scrape' | 'fault' | 'recovery' | 'change' | 'alert';
}

/** A stretch of time to set apart: a fault while it lasts, or values that are extrapolated rather than observed. */
export interface ChartBand {
	readonly from: Timestamp;
	readonly to: Timestamp;
	readonly label: string;
	readonly kind: 'fault' | 'extrapolated';
}

/** Where the data is. `loading` and `error` keep the data of before, dimmed, when there is any. */
export type ChartStatus = 'ok' | 'loading' | 'error' | 'empty';

/** From, to. */
export type TimeRange = readonly [Timestamp, Timestamp];

/** A series with its times, and called as the reader will know it. */
export interface NamedSeries extends ChartSeries {
	readonly times: Float64Array;
	readonly label: string;
}

/** The times of a grid, one for each step. */
export function gridTimes(grid: StepGrid): Float64Array {
	return Float64Array.from({ length: grid.count }, (_, i) => grid.start + i * grid.step);
}

/** First and last time of a grid; a grid without steps is a moment. */
export function gridRange(grid: StepGrid): TimeRange {
	return [grid.start, grid.start + Math.max(0, grid.count - 1) * grid.step];
}

/** Whether row i can be drawn. NaN and the infinities are values, but have no place on an axis. */
export function isDrawable(series: ChartSeries, i: number): boolean {
	return series.present[i] === 1 && Number.isFinite(series.values[i]);
}
