import {
	SAMPLE,
	type FloatHistogram,
	type Labels,
	type Querier,
	type SeriesColumns
} from '#engine/model';
import {
	query,
	queryRange,
	type InstantResult,
	type QueryOptions,
	type QueryOutcome,
	type RangeResult,
	type StepGrid,
	type StepSeries
} from '#engine/promql';
import type { DataSet } from './data-set.ts';
import { toQuerier } from './head-store.ts';
import { treeText } from './query-tree.ts';
import type { TestQuery } from './random-query.ts';

/** A sample of an answer, with its time in milliseconds since the epoch. */
export interface Point<Value> {
	readonly time: number;
	readonly value: Value;
}

export interface AnswerSeries {
	readonly labels: Labels;
	readonly floats: readonly Point<number>[];
	readonly histograms: readonly Point<FloatHistogram>[];
}

/** What an engine says to a query; the same form for both, so that they can be compared. */
export interface Answer {
	readonly error?: string;
	readonly type?: string;
	/** The value of a string. */
	readonly text?: string;
	readonly series: readonly AnswerSeries[];
	/** Sorted, both. */
	readonly warnings: readonly string[];
	readonly infos: readonly string[];
	/** Whether the error is an exception that nobody caught, which is wrong whatever Prometheus says. */
	readonly isException?: boolean;
}

/** What our engine answers to queries over one data set. */
export function ourAnswers(data: DataSet, queries: readonly TestQuery[]): Answer[] {
	const store = toQuerier(data);
	return queries.map((test) => {
		try {
			return answer(store, data.base, test);
		} catch (thrown) {
			const text = thrown instanceof Error ? thrown.stack : String(thrown);
			return { ...failure(`thrown: ${text}`), isException: true };
		}
	});
}

function answer(store: Querier, base: number, test: TestQuery): Answer {
	const { tree, start, end, step, lookback, features } = test;
	const text = treeText(tree, base);
	const options: QueryOptions = { lookback, features };
	const outcome =
		step === 0
			? query(store, text, base + start, options)
			: queryRange(store, text, { start: base + start, end: base + end, step }, options);
	return toAnswer(outcome, base + start);
}

function toAnswer(outcome: QueryOutcome<InstantResult | RangeResult>, time: number): Answer {
	if (!outcome.ok) return failure(outcome.message);
	const { result, annotations } = outcome;
	const texts = (level: 'warning' | 'info') =>
		annotations
			.filter((one) => one.level === level)
			.map(({ text }) => text)
			.sort(compareUnits);
	return {
		type: result.type,
		text: result.type === 'string' ? result.value : undefined,
		series: toSeries(result, time),
		warnings: texts('warning'),
		infos: texts('info')
	};
}

function failure(error: string): Answer {
	return { error, series: [], warnings: [], infos: [] };
}

function compareUnits(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function toSeries(result: InstantResult | RangeResult, time: number): AnswerSeries[] {
	switch (result.type) {
		case 'string':
			return [];
		case 'scalar':
			return [{ labels: [], floats: [{ time, value: result.value }], histograms: [] }];
		case 'vector':
			return result.samples.map(({ labels, value, histogram }) => ({
				labels,
				floats: histogram ? [] : [{ time, value }],
				histograms: histogram ? [{ time, value: histogram }] : []
			}));
		case 'matrix':
			return 'grid' in result
				? result.series.map((series) => fromSteps(series, result.grid))
				: result.series.map(fromColumns);
	}
}

function fromSteps(
	{ labels, values, present, histograms }: StepSeries,
	grid: StepGrid
): AnswerSeries {
	const steps = [...values.keys()].filter((i) => present[i] !== 0);
	return pointsOf(labels, steps, (i) => grid.start + i * grid.step, values, histograms);
}

function fromColumns({
	labels,
	times,
	values,
	marks,
	histograms,
	start,
	end
}: SeriesColumns): AnswerSeries {
	const rows: number[] = [];
	for (let row = start; row < end; row++) if (!marks || marks[row] === SAMPLE) rows.push(row);
	return pointsOf(labels, rows, (row) => times[row] as number, values, histograms);
}

function pointsOf(
	labels: Labels,
	places: readonly number[],
	timeOf: (place: number) => number,
	values: Float64Array,
	histograms: readonly (FloatHistogram | undefined)[] = []
): AnswerSeries {
	const floats: Point<number>[] = [];
	const histogramPoints: Point<FloatHistogram>[] = [];
	for (const place of places) {
		const time = timeOf(place);
		const histogram = histograms[place];
		if (histogram) histogramPoints.push({ time, value: histogram });
		else floats.push({ time, value: values[place] as number });
	}
	return { labels, floats, histograms: histogramPoints };
}
