import {
	histogramBytes,
	type FloatHistogram,
	type Labels,
	type Querier,
	type Timestamp
} from '#engine/model';
import {
	print,
	query,
	queryRange,
	type Expr,
	type QueryOptions,
	type QueryOutcome,
	type StepGrid,
	type StepSeries
} from '#engine/promql';
import { ApiError } from '../api-error.ts';

/** A series as its samples count at each step; 0 where it has none. */
export interface MeasuredSeries {
	readonly labels: Labels;
	readonly sizes: readonly number[];
	/** The same as it counts while it is the result of a step: histograms are rounded otherwise then (promql/value.go, TotalSamples). */
	readonly fresh: readonly number[];
}

/** How many samples a native histogram counts as, with its buckets or without (promql/value.go, HPoint.size). */
export function histogramSize(histogram: FloatHistogram, hasBuckets: boolean): number {
	return Math.floor((histogramBytes(hasBuckets ? histogram : withoutBuckets(histogram)) + 8) / 16);
}

function withoutBuckets(histogram: FloatHistogram): FloatHistogram {
	const none = { indexes: [], counts: [] };
	return { ...histogram, positive: none, negative: none, customValues: [] };
}

function freshSize(histogram: FloatHistogram, hasBuckets: boolean): number {
	return 1 + Math.floor(histogramBytes(hasBuckets ? histogram : withoutBuckets(histogram)) / 16);
}

/** How the parts of a query are evaluated, and whether the buckets of histograms count. */
export interface PointsOptions extends QueryOptions {
	readonly hasBuckets: boolean;
}

/** A range query has no more steps than so many and one. */
const MOST_STEPS = 11_000;

/** What an expression gives on a grid. Its durations and moments have to be numbers. Throws an ApiError. */
export function pointsOf(
	querier: Querier,
	expr: Expr,
	grid: StepGrid,
	options: PointsOptions
): readonly MeasuredSeries[] {
	const text = print(expr);
	if (grid.count === 1) return instantPoints(querier, text, grid.start, options);
	const found = new Map<string, Growing>();
	for (let from = 0; from < grid.count; from += MOST_STEPS) {
		const count = Math.min(MOST_STEPS, grid.count - from);
		for (const series of stepsOf(querier, text, grid, { from, count, options })) {
			addPiece(found, series, { from, count: grid.count, hasBuckets: options.hasBuckets });
		}
	}
	return [...found.values()];
}

interface Piece {
	readonly from: number;
	readonly count: number;
	readonly options: QueryOptions;
}

function stepsOf(
	querier: Querier,
	text: string,
	{ start, step }: StepGrid,
	{ from, count, options }: Piece
): readonly StepSeries[] {
	const first = start + from * step;
	// It ends after its last step, because a range of one moment is no range.
	const range = { start: first, end: first + count * step - 1, step };
	const { series } = resultOf(queryRange(querier, text, range, options));
	return series;
}

interface Growing {
	readonly labels: Labels;
	readonly sizes: number[];
	readonly fresh: number[];
}

function addPiece(
	found: Map<string, Growing>,
	{ labels, present, histograms }: StepSeries,
	{ from, count, hasBuckets }: { from: number; count: number; hasBuckets: boolean }
): void {
	const key = JSON.stringify(labels);
	const zeros = () => new Array<number>(count).fill(0);
	const known = found.get(key) ?? { labels, sizes: zeros(), fresh: zeros() };
	found.set(key, known);
	present.forEach((isThere, i) => {
		const histogram = histograms?.[i];
		if (!isThere) return;
		known.sizes[from + i] = histogram ? histogramSize(histogram, hasBuckets) : 1;
		known.fresh[from + i] = histogram ? freshSize(histogram, hasBuckets) : 1;
	});
}

function instantPoints(
	querier: Querier,
	text: string,
	time: Timestamp,
	options: PointsOptions
): readonly MeasuredSeries[] {
	const result = resultOf(query(querier, text, time, options));
	if (result.type === 'scalar') return [{ labels: [], sizes: [1], fresh: [1] }];
	if (result.type !== 'vector') return [];
	return result.samples.map(({ labels, histogram }) => ({
		labels,
		sizes: [histogram ? histogramSize(histogram, options.hasBuckets) : 1],
		fresh: [histogram ? freshSize(histogram, options.hasBuckets) : 1]
	}));
}

function resultOf<Result>(outcome: QueryOutcome<Result>): Result {
	if (outcome.ok) return outcome.result;
	throw new ApiError(outcome.errorType, outcome.message);
}
