import { formatG, type Labels } from '#engine/model';
import { withoutParens } from './arguments.ts';
import type { Aggregation } from './ast.ts';
import { isInstant, type Emit, type Evaluation, type VectorSeries } from './evaluation.ts';
import { ignoreHistograms } from './fold-histogram.ts';
import { goSort } from './go-sort.ts';
import { createHeaps, type Heaps } from './heaps.ts';
import { createGroups } from './groups.ts';
import { aggregationParameter, type Parameter } from './parameter.ts';
import { QueryError } from './query-error.ts';
import { isBefore } from './sort.ts';

/**
 * topk and bottomk: at each step the k series of a group with the greatest (least) values, with their own labels. Series
 * arrive one at a time; of each group only a heap of at most k values is held for each step, its worst value on top.
 */
export function rank(expr: Aggregation, evaluation: Evaluation, emit: Emit): void {
	const k = aggregationParameter(expr, evaluation);
	if (k.max < 1) return discard(expr, evaluation);
	checkCount(k);
	const sign = expr.op === 'topk' ? 1 : -1;
	const inner = evaluation.folding();
	const groups = createGroups<Heaps>(expr, () =>
		createHeaps(k.values, sign, inner.buffers.zeros(), inner.buffers.machine)
	);
	const owners: Owner[] = [];
	inner.vector(withoutParens(expr.expr), (series) => {
		if (series.histograms) ignoreWhereRanked(expr, k, series, evaluation);
		groups.of(series.labels).offer(owners.length, series.values, series.present);
		owners.push({ labels: series.labels, dropName: series.dropName });
		inner.buffers.giveBack(series);
	});
	if (isInstant(evaluation.grid)) emitRanked(groups.all(), owners, sign, emit);
	else emitUnion(groups.all(), owners, evaluation, emit);
}

/** Takes the histograms out of a series. They are not looked at, and nothing is said, where k asks for nothing. */
function ignoreWhereRanked(
	{ op, span }: Aggregation,
	k: Parameter,
	series: VectorSeries,
	{ scope }: Evaluation
): void {
	for (let i = 0; i < k.values.length; i++) {
		if ((k.values[i] as number) < 1) series.present[i] = 0;
	}
	ignoreHistograms(series, op, (level, text) => scope.annotations.add(level, text, span));
}

/** Evaluates what is aggregated only for its errors and annotations. */
export function discard({ expr }: Aggregation, { vector, buffers }: Evaluation): void {
	vector(withoutParens(expr), (series) => buffers.giveBack(series));
}

interface Owner {
	readonly labels: Labels;
	readonly dropName: boolean;
}

const INT64 = 2 ** 63;

/** Refuses a k that is no int64, for any step (promql/engine.go, rangeEvalAgg). */
export function checkCount({ min, max, hasNaN }: Parameter): void {
	if (hasNaN) throw new QueryError('Parameter value is NaN');
	if (min <= -INT64) throw new QueryError(`Scalar value ${formatG(min)} underflows int64`);
	if (max >= INT64) throw new QueryError(`Scalar value ${formatG(max)} overflows int64`);
}

/** Emits one step in order: the best first, NaN last. */
function emitRanked(groups: Iterable<Heaps>, owners: Owner[], sign: 1 | -1, emit: Emit): void {
	for (const heaps of groups) {
		const entries: { value: number; owner: number }[] = [];
		heaps.forEach((_, value, owner) => entries.push({ value, owner }));
		goSort(entries, (a, b) => isBefore(sign * a.value, sign * b.value));
		for (const { value, owner } of entries) {
			emit({
				...(owners[owner] as Owner),
				values: Float64Array.of(value),
				present: Uint8Array.of(1)
			});
		}
	}
}

/** Emits every series that is among the k at some step, with the steps at which it is. */
function emitUnion(
	groups: Iterable<Heaps>,
	owners: Owner[],
	{ buffers }: Evaluation,
	emit: Emit
): void {
	const byOwner: VectorSeries[] = [];
	const chosen: VectorSeries[] = [];
	for (const heaps of groups) {
		heaps.forEach((step, value, owner) => {
			const series = (byOwner[owner] ??= choose(owner));
			series.values[step] = value;
			series.present[step] = 1;
		});
	}
	chosen.forEach(emit);

	function choose(owner: number): VectorSeries {
		const { values, present } = buffers.take();
		present.fill(0);
		const series = { ...(owners[owner] as Owner), values, present };
		chosen.push(series);
		return series;
	}
}
