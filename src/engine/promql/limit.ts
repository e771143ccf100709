import { labelsHash, type Labels } from '#engine/model';
import { annotationText } from './annotations.ts';
import { withoutParens } from './arguments.ts';
import type { Aggregation } from './ast.ts';
import { isInstant, type Emit, type Evaluation, type VectorSeries } from './evaluation.ts';
import { createGroups } from './groups.ts';
import { aggregationParameter } from './parameter.ts';
import { QueryError } from './query-error.ts';
import { checkCount, discard } from './rank.ts';
import { countPresent } from './step-buffers.ts';

/** limitk and limit_ratio: some series of each group, always the same ones. */
export function limit(expr: Aggregation, evaluation: Evaluation, emit: Emit): void {
	if (expr.op === 'limitk') limitCount(expr, evaluation, emit);
	else limitRatio(expr, evaluation, emit);
}

/** limitk(k, v): at each step the first k series of a group that have a value. */
function limitCount(expr: Aggregation, evaluation: Evaluation, emit: Emit): void {
	const k = aggregationParameter(expr, evaluation);
	if (k.max < 1) return discard(expr, evaluation);
	checkCount(k);
	const groups = createGroups(expr, () => k.values.map(Math.trunc));
	chooseSteps(expr, evaluation, emit, (series) => {
		const left = groups.of(series.labels);
		for (let i = 0; i < left.length; i++) {
			if (series.present[i] === 0) continue;
			if ((left[i] as number) > 0) left[i] = (left[i] as number) - 1;
			else series.present[i] = 0;
		}
	});
}

/** limit_ratio(r, v): the series whose hash is below r; for a negative r exactly the others of 1 + r. */
function limitRatio(expr: Aggregation, evaluation: Evaluation, emit: Emit): void {
	const ratio = aggregationParameter(expr, evaluation);
	if (ratio.max === 0 && ratio.min === 0) return discard(expr, evaluation);
	if (ratio.hasNaN) throw new QueryError('Ratio value is NaN');
	const { annotations } = evaluation.scope;
	const warn = (value: number, cap: number) =>
		annotations.add('warning', annotationText.invalidRatio(value, cap), ratio.expr.span, expr.span);
	if (ratio.max > 1) warn(ratio.max, 1);
	if (ratio.min < -1) warn(ratio.min, -1);
	chooseSteps(expr, evaluation, emit, (series) => {
		const offset = hashFraction(series.labels);
		for (let i = 0; i < ratio.values.length; i++) {
			const r = Math.max(-1, Math.min(1, ratio.values[i] as number));
			if (!(r >= 0 ? offset < r : offset >= 1 + r)) series.present[i] = 0;
		}
	});
}

/** The hash of a label set as a number in [0, 1) (promql/engine.go, HashRatioSampler). */
function hashFraction(labels: Labels): number {
	return Number(labelsHash(labels)) / 2 ** 64;
}

/** Passes on what `choose` leaves of each series; of an instant query in the order in which Prometheus has it. */
function chooseSteps(
	expr: Aggregation,
	evaluation: Evaluation,
	emit: Emit,
	choose: (series: VectorSeries) => void
): void {
	const heaps = createGroups<VectorSeries[]>(expr, () => []);
	const ordered = isInstant(evaluation.grid);
	evaluation.vector(withoutParens(expr.expr), (series) => {
		const heap = ordered ? heaps.of(series.labels) : undefined;
		choose(series);
		if (countPresent(series.present) === 0) evaluation.buffers.giveBack(series);
		else if (heap) pushHeap(heap, series);
		else emit(series);
	});
	for (const heap of heaps.all()) heap.forEach(emit);
}

/** Prometheus collects the chosen series of an instant query in a heap, for want of a list (container/heap, Push). */
function pushHeap(heap: VectorSeries[], series: VectorSeries): void {
	let child = heap.push(series) - 1;
	while (child > 0) {
		const parent = (child - 1) >> 1;
		const above = heap[parent] as VectorSeries;
		if (!isLess(heapValue(series), heapValue(above))) return;
		heap[child] = above;
		heap[parent] = series;
		child = parent;
	}
}

function heapValue({ values, histograms }: VectorSeries): number {
	return histograms?.[0] ? 0 : (values[0] as number);
}

/** promql/functions.go, vectorByValueHeap: NaN is less than anything. */
function isLess(a: number, b: number): boolean {
	return Number.isNaN(a) || a < b;
}
