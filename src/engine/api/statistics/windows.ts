import {
	SAMPLE,
	type Duration,
	type Labels,
	type Querier,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';
import type { MatrixSelector, StepGrid, Subquery, VectorSelector } from '#engine/promql';
import type { Buckets } from './buckets.ts';
import { histogramSize, type MeasuredSeries } from './points.ts';

/** Samples of one series, with how much each counts. */
export interface SizedSeries {
	readonly labels: Labels;
	readonly times: readonly Timestamp[];
	readonly sizes: readonly number[];
}

/** Where the windows of a range vector are: that of step i ends `ahead` after it and is so long. Negative is before it. */
export interface Windows {
	readonly grid: StepGrid;
	/** With `@`, the one moment instead of that of each step. */
	readonly at?: Timestamp | undefined;
	readonly ahead: Duration;
	readonly length: Duration;
}

/** The end of the window of a step, inclusive. */
export function windowEnd({ grid, at, ahead }: Windows, step: number): Timestamp {
	return (at ?? grid.start + step * grid.step) + ahead;
}

/** The windows of a range selector; extended ones reach as far beyond it as the lookback (promql/engine.go, eval). */
export function selectorWindows(
	{ selector, range }: Pick<MatrixSelector, 'selector' | 'range'>,
	grid: StepGrid,
	lookback: Duration
): Windows {
	const { at, offset, extension } = selector;
	const before = extension === undefined ? 0 : lookback;
	const after = extension === 'smoothed' ? lookback : 0;
	return {
		grid,
		at: at === 'start' || at === 'end' ? undefined : at,
		ahead: after - offset,
		length: range + before + after
	};
}

/** What a selector finds in windows. */
export function selectSized(
	{ matchers }: VectorSelector,
	windows: Windows,
	{ querier, buckets }: { readonly querier: Querier; readonly buckets: Buckets }
): SizedSeries[] {
	const from = windowEnd(windows, 0) - windows.length;
	const to = windowEnd(windows, windows.grid.count - 1);
	return querier.select(matchers, from, to).map((one) => sized(one, buckets !== 'unread'));
}

function sized(
	{ labels, times, marks, histograms, start, end }: SeriesColumns,
	hasBuckets: boolean
): SizedSeries {
	const rows: number[] = [];
	for (let row = start; row < end; row++) {
		if ((marks?.[row] ?? SAMPLE) === SAMPLE) rows.push(row);
	}
	return {
		labels,
		times: rows.map((row) => times[row] as Timestamp),
		sizes: rows.map((row) => {
			const histogram = histograms?.[row];
			return histogram ? histogramSize(histogram, hasBuckets) : 1;
		})
	};
}

/** The samples that a subquery found on its own grid. */
export function sizedSteps({ labels, sizes }: MeasuredSeries, grid: StepGrid): SizedSeries {
	const steps = [...sizes.keys()].filter((i) => (sizes[i] as number) > 0);
	return {
		labels,
		times: steps.map((i) => grid.start + i * grid.step),
		sizes: steps.map((i) => sizes[i] as number)
	};
}

/** How much the samples in (from, to] count; asked with moments that only move on. */
export function windowCounter({
	times,
	sizes
}: SizedSeries): (from: Timestamp, to: Timestamp) => number {
	let [first, last, sum] = [0, 0, 0];
	return (from, to) => {
		while (last < times.length && (times[last] as Timestamp) <= to) sum += sizes[last++] as number;
		while (first < last && (times[first] as Timestamp) <= from) sum -= sizes[first++] as number;
		return sum;
	};
}

/** Its steps are multiples of its own resolution, whatever the outer steps are. */
export function subqueryGrid(
	{ offset, range, at, step: own }: Subquery,
	{ start, step, count }: StepGrid,
	defaultStep: Duration
): StepGrid {
	const moment = at === 'start' || at === 'end' ? undefined : at;
	const resolution = own ?? defaultStep;
	const after = (moment ?? start) - offset - range;
	const until = (moment ?? start + (count - 1) * step) - offset;
	const first = resolution * (Math.floor(after / resolution) + 1);
	return { start: first, step: resolution, count: Math.floor((until - first) / resolution) + 1 };
}

export function subqueryWindows({ offset, range, at }: Subquery, grid: StepGrid): Windows {
	const moment = at === 'start' || at === 'end' ? undefined : at;
	return { grid, at: moment, ahead: -offset, length: range };
}
