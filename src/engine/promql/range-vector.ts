import {
	ABSENT,
	SAMPLE,
	type FloatHistogram,
	type Labels,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';
import { rangeArgument } from './arguments.ts';
import type { Call, MatrixSelector, Subquery } from './ast.ts';
import {
	gridUntil,
	lastStepTime,
	resolveAt,
	stepTime,
	type Emit,
	type Evaluation,
	type QueryScope,
	type VectorSeries
} from './evaluation.ts';
import { heldPoints } from './held-points.ts';
import { isStepInvariant } from './invariance.ts';
import { inPieces } from './in-pieces.ts';
import { createLabelsetCheck, metadataText, withoutMetricName } from './names.ts';
import { sameLabelset } from './query-error.ts';
import { selectSeries, windowShape } from './selector.ts';
import { presentRun, type StepBuffer } from './step-buffers.ts';
import type { StepGrid } from './value.ts';
import { checkExtension, extendShape, extensionOf } from './window-extension.ts';
import {
	createMarkedRowFilter,
	createWindowPlanner,
	type WindowPlan,
	type WindowPlanner,
	type WindowShape
} from './window.ts';

/** One series of a range vector: its columns, every row in [start, end) a sample, and the rows each step looks at. */
export interface WindowedSeries {
	readonly labels: Labels;
	readonly times: Float64Array;
	readonly values: Float64Array;
	/** Rows that are native histograms, as in SeriesColumns; undefined when all of [start, end) are floats. */
	readonly histograms?: readonly (FloatHistogram | undefined)[];
	/** As in SeriesColumns, when the query uses start timestamps. */
	readonly startTimes?: Float64Array;
	readonly start: number;
	readonly end: number;
	readonly plan: WindowPlan;
	/** As in VectorSeries: what a subquery evaluated may have its name dropped later. */
	readonly dropName: boolean;
}

/** Where a kernel writes; it sets `histograms` when some of its results are histograms. */
export interface WindowOutput extends StepBuffer {
	histograms?: (FloatHistogram | undefined)[];
}

/**
 * Computes a sample for each step from the rows of its window, marks the steps that have one, and returns how many do.
 * Must write the whole mask.
 */
export type WindowKernel = (series: WindowedSeries, out: WindowOutput) => number;

/** A range vector function: called once for each evaluation, so that what it prepares is shared by all series. */
export type WindowFunction = (
	call: Call,
	evaluation: Evaluation,
	shape: WindowShape
) => WindowKernel;

/** Does something with each series of a range vector, which comes from a selector or a subquery. */
export function forEachWindowed(
	expr: MatrixSelector | Subquery,
	evaluation: Evaluation,
	shape: WindowShape,
	visit: (series: WindowedSeries) => void
): void {
	const { probe } = evaluation.scope;
	if (!probe) runWindowed(expr, evaluation, shape, visit);
	else {
		probe.windows(expr, shape, visit, (watched) => runWindowed(expr, evaluation, shape, watched));
	}
}

function runWindowed(
	expr: MatrixSelector | Subquery,
	evaluation: Evaluation,
	shape: WindowShape,
	visit: (series: WindowedSeries) => void
): void {
	const { lookback, features } = evaluation.scope;
	const planner = createWindowPlanner(extendShape(shape, extensionOf(expr), lookback));
	if (expr.kind === 'subquery') {
		forEachOfSubquery(expr, evaluation, planner, visit);
		return;
	}
	const onlySamples = createMarkedRowFilter();
	for (const stored of selectSeries(expr.selector, planner.shape, evaluation)) {
		const columns = onlySamples(stored);
		const startTimes = features.startTimestamps ? startTimesOf(columns) : undefined;
		const seen = startTimes === columns.startTimes ? columns : { ...columns, startTimes };
		visitPlanned(seen, false, planner, visit);
	}
}

/** Where the windows of a range vector are. */
export function rangeShape(expr: MatrixSelector | Subquery, evaluation: Evaluation): WindowShape {
	if (expr.kind === 'matrix') return windowShape(expr.selector, expr.range, evaluation);
	const { grid, scope } = evaluation;
	return { grid, range: expr.range, offset: expr.offset, at: resolveAt(expr.at, scope) };
}

function visitPlanned(
	columns: SeriesColumns,
	dropName: boolean,
	planner: WindowPlanner,
	visit: (series: WindowedSeries) => void
): void {
	const plan = planner.plan(columns);
	if (plan.filled === 0) return;
	const { labels, times, values, start, end, startTimes } = columns;
	const histograms = hasHistogram(columns) ? columns.histograms : undefined;
	visit({ labels, times, values, histograms, startTimes, start, end, plan, dropName });
}

function startTimesOf({ startTimes, start, end }: SeriesColumns): Float64Array | undefined {
	if (!startTimes) return undefined;
	for (let row = start; row < end; row++) if (startTimes[row] !== 0) return startTimes;
	return undefined;
}

function hasHistogram({ histograms, start, end }: SeriesColumns): boolean {
	if (!histograms) return false;
	for (let row = start; row < end; row++) if (histograms[row]) return true;
	return false;
}

function forEachOfSubquery(
	subquery: Subquery,
	evaluation: Evaluation,
	planner: WindowPlanner,
	visit: (series: WindowedSeries) => void
): void {
	const inner = subqueryEvaluation(subquery, evaluation);
	if (!inner) return;
	const { budget } = evaluation.scope;
	let held = budget.held();
	const times = gridTimes(inner.grid);
	const onlySamples = createMarkedRowFilter();
	inner.vector(subquery.expr, (series) => {
		const columns = toColumns(series, times);
		const before = budget.held();
		visitPlanned(onlySamples(columns), series.dropName, planner, visit);
		held += budget.held() - before;
		inner.buffers.giveBack(series);
	});
	// The points of the subquery are gone now; only what was made of them stays.
	budget.resetTo(held);
}

/**
 * How many samples a step of a subquery counts for when its size is judged beforehand. Each step has a place in several columns,
 * whether there is a sample or not, so a year by the second is refused at once, where Prometheus would be busy for a while.
 */
export const SUBQUERY_STEP_COST = 8;

/** The evaluation a subquery runs its expression on, or undefined when its range holds no step. */
function subqueryEvaluation(subquery: Subquery, evaluation: Evaluation): Evaluation | undefined {
	const grid = subqueryGrid(subquery, evaluation);
	if (!grid) return undefined;
	evaluation.scope.budget.allow(grid.count * SUBQUERY_STEP_COST);
	return evaluation.over(grid).folding();
}

/**
 * The steps of a subquery for all windows of a grid, or undefined when there is none. They are multiples of its own resolution
 * since the epoch, whatever the outer steps are (promql/engine.go, subqueryTimeRange).
 */
export function subqueryGrid(
	subquery: Subquery,
	{ grid, scope }: { readonly grid: StepGrid; readonly scope: QueryScope }
): StepGrid | undefined {
	const at = resolveAt(subquery.at, scope);
	const step = subquery.step ?? scope.defaultSubqueryStep;
	const after = (at ?? grid.start) - subquery.offset - subquery.range;
	const until = (at ?? lastStepTime(grid)) - subquery.offset;
	const start = step * (Math.floor(after / step) + 1);
	if (until < start) return undefined;
	const count = Math.floor((until - start) / step) + 1;
	return gridUntil(until, { start, step, count });
}

function gridTimes(grid: StepGrid): Float64Array {
	return Float64Array.from({ length: grid.count }, (_, i): Timestamp => stepTime(grid, i));
}

/** The series of a subquery as columns; all series without gaps share the column of times, and so their plan. */
function toColumns(
	{ labels, values, present, histograms }: VectorSeries,
	times: Float64Array
): SeriesColumns {
	const run = presentRun(present);
	return run
		? { labels, times, values, histograms, start: run.from, end: run.to }
		: { labels, times, values, histograms, start: 0, end: times.length, marks: marksOf(present) };
}

function marksOf(present: Uint8Array): Uint8Array {
	return present.map((is) => (is === 0 ? ABSENT : SAMPLE));
}

/** How a range vector function treats names, and what it says about series of which it made floats. */
export interface WindowCallOptions {
	readonly keepsName?: boolean;
	readonly onFloats?: (call: Call, evaluation: Evaluation) => (labels: Labels) => void;
}

/**
 * Evaluates a call with a range vector argument, series by series. Series that become equal without their names are an
 * error here even when they do not overlap, as in Prometheus.
 */
export function callOverWindows(
	call: Call,
	evaluation: Evaluation,
	emit: Emit,
	fn: WindowFunction,
	options: WindowCallOptions = {}
): void {
	checkExtension(call);
	const argument = rangeArgument(call);
	const shape = rangeShape(argument, evaluation);
	if (isLost(call, argument)) {
		forEachWindowed(argument, evaluation, shape, () => {});
		return;
	}
	const kernel = inPieces(fn)(call, evaluation, shape);
	const { buffers, scope } = evaluation;
	const delayed = scope.features.delayedNameRemoval ?? false;
	const renamed = !options.keepsName && !delayed;
	const check = createLabelsetCheck(() => {
		throw sameLabelset();
	});
	const isSubquery = argument.kind === 'subquery';
	const onFloats = options.onFloats?.(call, evaluation);
	forEachWindowed(argument, evaluation, shape, (series) => {
		const out: WindowOutput = buffers.take();
		const { values, present } = out;
		const found = kernel(isSubquery ? withUnknownResets(series) : series, out);
		if (found === 0) {
			buffers.giveBack(out);
			return;
		}
		if (onFloats && found > countHistograms(out)) onFloats(series.labels);
		scope.budget.take(heldPoints(found, out.histograms));
		const labels = renamed ? withoutMetricName(series.labels) : series.labels;
		if (renamed) check(labels, metadataText(series.labels));
		const dropName = series.dropName || (delayed && !options.keepsName);
		emit({ labels, values, present, histograms: out.histograms, dropName });
	});
}

function countHistograms({ histograms }: WindowOutput): number {
	let count = 0;
	if (histograms) for (const histogram of histograms) if (histogram) count++;
	return count;
}

/**
 * What a subquery made of a series is no series of its own: its steps may leave samples out or repeat them, so what the samples
 * said about resets does not hold any more (promql/engine.go, evalSubquery).
 */
function withUnknownResets(series: WindowedSeries): WindowedSeries {
	return series.histograms ? { ...series, histograms: unknownResets(series.histograms) } : series;
}

/** Histograms of which it is not known any more whether they were reset. */
export function unknownResets(
	histograms: readonly (FloatHistogram | undefined)[]
): (FloatHistogram | undefined)[] {
	return histograms.map((histogram) =>
		histogram && histogram.counterReset !== 'gauge'
			? { ...histogram, counterReset: 'unknown' as const }
			: histogram
	);
}

/**
 * Whether Prometheus 3.14 comes to no result because it evaluates a subquery with `@` on its own, as the same at every step, where
 * the call as a whole is not; the function then finds no range vector (promql/engine.go, preprocessExprHelper).
 */
export function isLost(call: Call, argument: MatrixSelector | Subquery): boolean {
	return argument.kind === 'subquery' && argument.at !== undefined && !isStepInvariant(call);
}
