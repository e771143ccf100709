import { ABSENT, STALE, type Duration, type SeriesColumns } from '#engine/model';
import type { VectorSelector } from './ast.ts';
import { resolveAt, type Emit, type Evaluation } from './evaluation.ts';
import type { StepBuffer } from './step-buffers.ts';
import { createWindowPlanner, windowEnd, type WindowPlan, type WindowShape } from './window.ts';

/** What an instant vector selector gives for a sample: its value, or its time in seconds for timestamp(). */
export type SampleAspect = 'value' | 'timestamp';

/**
 * Evaluates an instant vector selector: at each step the newest sample of the lookback window, unless a staleness marker
 * is newer (promql/engine.go, vectorSelectorSingle).
 */
export function selectInstant(
	selector: VectorSelector,
	evaluation: Evaluation,
	emit: Emit,
	aspect: SampleAspect = 'value'
): void {
	const { scope, buffers } = evaluation;
	const planner = createWindowPlanner(windowShape(selector, scope.lookback, evaluation));
	for (const columns of selectSeries(selector, planner.shape, evaluation)) {
		const plan = planner.plan(columns);
		if (plan.filled === 0) continue;
		const buffer = buffers.take();
		const source = aspect === 'value' ? columns.values : columns.times;
		const found = columns.marks
			? gatherMarked(source, columns.marks, plan, buffer)
			: gather(source, plan, buffer);
		if (found === 0) {
			buffers.giveBack(buffer);
			continue;
		}
		if (aspect === 'timestamp') toSeconds(buffer.values);
		scope.budget.take(found);
		const { values, present } = buffer;
		emit({ labels: columns.labels, values, present, dropName: false });
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
): readonly SeriesColumns[] {
	const first = windowEnd(shape, 0) - shape.range;
	const last = windowEnd(shape, shape.grid.count - 1);
	return scope.querier.select(selector.matchers, first, last);
}

function gather(source: Float64Array, { lo, hi }: WindowPlan, out: StepBuffer): number {
	const { values, present } = out;
	let found = 0;
	for (let i = 0; i < lo.length; i++) {
		const end = hi[i] as number;
		if (end > (lo[i] as number)) {
			values[i] = source[end - 1] as number;
			present[i] = 1;
			found++;
		} else {
			present[i] = 0;
		}
	}
	return found;
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
