import {
	ABSENT,
	STALE,
	type Duration,
	type FloatHistogram,
	type SeriesColumns
} from '#engine/model';
import type { VectorSelector } from './ast.ts';
import { resolveAt, type Emit, type Evaluation } from './evaluation.ts';
import { heldPoints } from './held-points.ts';
import { withoutBuckets } from './bucketless-samples.ts';
import { smoothSeries, type SmoothedOutput } from './smoothed-selector.ts';
import type { SteadySteps } from './steady-steps.ts';
import type { StepBuffer } from './step-buffers.ts';
import { extendShape } from './window-extension.ts';
import { notesOn } from './window-notes.ts';
import {
	createMarkedRowFilter,
	createWindowPlanner,
	windowEnd,
	type WindowPlan,
	type WindowShape
} from './window.ts';

/** What an instant vector selector gives for a sample: itself, or a time in seconds for timestamp() and start_timestamp(). */
export type SampleAspect = 'sample' | 'timestamp' | 'start time';

/**
 * Evaluates an instant vector selector: at each step the newest sample of the lookback window, unless a staleness marker
 * is newer (promql/engine.go, vectorSelectorSingle). A smoothed one gives what lies between samples, but their own times.
 */
export function selectInstant(
	selector: VectorSelector,
	evaluation: Evaluation,
	emit: Emit,
	aspect: SampleAspect = 'sample'
): void {
	if (selector.extension === 'smoothed' && aspect === 'sample') {
		selectSmoothed(selector, evaluation, emit);
		return;
	}
	const { scope, buffers } = evaluation;
	const planner = createWindowPlanner(sampleShape(selector, aspect, evaluation));
	for (const columns of selectSeries(selector, planner.shape, evaluation)) {
		const plan = planner.plan(columns);
		if (plan.filled === 0) continue;
		const buffer = buffers.take();
		const source = sourceOf(columns, aspect);
		const found = columns.marks
			? gatherMarked(source, columns.marks, plan, buffer)
			: gather(source, plan, buffer);
		if (found === 0) {
			buffers.giveBack(buffer);
			continue;
		}
		if (aspect !== 'sample') toSeconds(buffer.values);
		const { labels } = columns;
		const { values, present } = buffer;
		const histograms =
			columns.histograms && aspect === 'sample'
				? gatherHistograms(columns.histograms, columns.marks, plan, present)
				: undefined;
		scope.budget.take(heldPoints(found, histograms));
		emit({ labels, values, present, histograms, dropName: false });
	}
}

/**
 * Where the sample of each step is looked for. For its time, Prometheus looks at the moment of an `@` itself, whatever the offset,
 * but only among what it has read for the offset (promql/engine.go, rangeEvalTimestampFunctionOverVectorSelector).
 */
function sampleShape(
	selector: VectorSelector,
	aspect: SampleAspect,
	evaluation: Evaluation
): WindowShape {
	const { lookback } = evaluation.scope;
	const shape = windowShape(selector, lookback, evaluation);
	if (aspect === 'sample' || shape.at === undefined) return shape;
	const readAhead = selector.extension === 'smoothed' ? lookback : 0;
	const offset = Math.max(0, selector.offset - readAhead);
	const begin = Math.max(0, -selector.offset) - lookback;
	return { ...shape, offset, range: Math.max(0, -offset - begin) };
}

function sourceOf(columns: SeriesColumns, aspect: SampleAspect): Float64Array {
	if (aspect === 'sample') return columns.values;
	if (aspect === 'timestamp') return columns.times;
	return columns.startTimes ?? new Float64Array(columns.end);
}

/** The histograms among the samples that were gathered; undefined if there are none. */
function gatherHistograms(
	source: readonly (FloatHistogram | undefined)[],
	marks: Uint8Array | undefined,
	{ hi }: WindowPlan,
	present: Uint8Array
): (FloatHistogram | undefined)[] | undefined {
	let histograms: (FloatHistogram | undefined)[] | undefined;
	for (let i = 0; i < present.length; i++) {
		if (present[i] === 0) continue;
		let row = (hi[i] as number) - 1;
		while (marks?.[row] === ABSENT) row--;
		const histogram = source[row];
		if (!histogram) continue;
		histograms ??= new Array<FloatHistogram | undefined>(present.length).fill(undefined);
		histograms[i] = histogram;
	}
	return histograms;
}

function selectSmoothed(selector: VectorSelector, evaluation: Evaluation, emit: Emit): void {
	const { scope, buffers } = evaluation;
	const shape = windowShape(selector, 0, evaluation);
	const planner = createWindowPlanner(extendShape(shape, 'smoothed', scope.lookback));
	const onlySamples = createMarkedRowFilter();
	const say = notesOn(scope.annotations, selector.span, selector.span);
	for (const stored of selectSeries(selector, planner.shape, evaluation)) {
		const columns = onlySamples(stored);
		const plan = planner.plan(columns);
		if (plan.filled === 0) continue;
		const out: SmoothedOutput = buffers.take();
		const { labels } = columns;
		const found = smoothSeries(columns, plan, shape, out, (notes) => say(notes, labels));
		if (found === 0) {
			buffers.giveBack(out);
			continue;
		}
		const { values, present, histograms } = out;
		scope.budget.take(heldPoints(found, histograms));
		emit({ labels, values, present, histograms, dropName: false });
	}
}

/** Where the windows of a selector are: its offset and `@` applied to the grid. */
export function windowShape(
	selector: VectorSelector,
	range: Duration,
	{ grid, scope }: Evaluation
): WindowShape {
	return { grid, range, offset: selector.offset, at: resolveAt(selector.at, scope) };
}

/** The stored series that have a row in any of the windows. */
export function selectSeries(
	selector: VectorSelector,
	shape: WindowShape,
	{ scope }: Evaluation
): Iterable<SeriesColumns> {
	const first = windowEnd(shape, 0) - shape.range;
	const last = windowEnd(shape, shape.grid.count - 1);
	const { querier, bucketless } = scope;
	const { matchers } = selector;
	if (bucketless?.has(selector)) {
		return querier.select(matchers, first, last).map((columns) => withoutBuckets(columns, shape));
	}
	return querier.scan?.(matchers, first, last) ?? querier.select(matchers, first, last);
}

function gather(source: Float64Array, plan: WindowPlan, out: StepBuffer): number {
	const { from, to } = plan.steady;
	if (to > from) gatherSteady(source, plan.steady, out);
	gatherSteps(source, plan, 0, from, out);
	gatherSteps(source, plan, to, plan.lo.length, out);
	return plan.filled;
}

function gatherSteps(
	source: Float64Array,
	{ lo, hi }: WindowPlan,
	from: number,
	to: number,
	{ values, present }: StepBuffer
): void {
	for (let i = from; i < to; i++) {
		const end = hi[i] as number;
		const isFilled = end > (lo[i] as number);
		if (isFilled) values[i] = source[end - 1] as number;
		present[i] = isFilled ? 1 : 0;
	}
}

/** The steady steps look at rows that are equally far apart, or even one after the other. */
function gatherSteady(
	source: Float64Array,
	{ from, to, stride, hi }: SteadySteps,
	{ values, present }: StepBuffer
): void {
	present.fill(1, from, to);
	if (stride === 1) {
		values.set(source.subarray(hi - 1, hi - 1 + to - from), from);
		return;
	}
	for (let i = from, row = hi - 1; i < to; i++, row += stride) values[i] = source[row] as number;
}

function gatherMarked(
	source: Float64Array,
	marks: Uint8Array,
	{ lo, hi }: WindowPlan,
	out: StepBuffer
): number {
	const { values, present } = out;
	let found = 0;
	for (let i = 0; i < lo.length; i++) {
		const begin = lo[i] as number;
		let row = (hi[i] as number) - 1;
		while (row >= begin && marks[row] === ABSENT) row--;
		if (row >= begin && marks[row] !== STALE) {
			values[i] = source[row] as number;
			present[i] = 1;
			found++;
		} else {
			present[i] = 0;
		}
	}
	return found;
}

function toSeconds(times: Float64Array): void {
	for (let i = 0; i < times.length; i++) times[i] = (times[i] as number) / 1000;
}
