import type { Labels } from '#engine/model';
import { withoutParens } from './arguments.ts';
import type { Aggregation } from './ast.ts';
import type { Emit, Evaluation, VectorSeries } from './evaluation.ts';
import { createHeaps, type Heaps } from './heaps.ts';
import { createGroups } from './groups.ts';
import { formatG } from './go-number.ts';
import { aggregationParameter, type Parameter } from './parameter.ts';
import { QueryError } from './query-error.ts';
import { compareNaNLast } from './sort.ts';

/**
 * topk and bottomk: at each step the k series of a group with the greatest (least) values, with their own labels. Series
 * arrive one at a time; of each group only a heap of at most k values is held for each step, its worst value on top.
 */
export function rank(expr: Aggregation, evaluation: Evaluation, emit: Emit): void {
	const k = aggregationParameter(expr, evaluation);
	if (k.max < 1) return discard(expr, evaluation);
	checkCount(k);
	const sign = expr.op === 'topk' ? 1 : -1;
	const groups = createGroups<Heaps>(expr, () => createHeaps(k.values, sign));
	const owners: Owner[] = [];
	evaluation.vector(withoutParens(expr.expr), (series) => {
		groups.of(series.labels).offer(owners.length, series.values, series.present);
		owners.push({ labels: series.labels, dropName: series.dropName });
		evaluation.buffers.giveBack(series);
	});
	if (evaluation.grid.count === 1) emitRanked(groups.all(), owners, sign, emit);
	else emitUnion(groups.all(), owners, evaluation, emit);
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
		const entries = heaps.at(0).sort((a, b) => compareNaNLast(-sign * a.value, -sign * b.value));
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
	{ grid }: Evaluation,
	emit: Emit
): void {
	const chosen = new Map<number, VectorSeries>();
	for (const heaps of groups) {
		for (let i = 0; i < grid.count; i++) {
			for (const { value, owner } of heaps.at(i)) {
				let series = chosen.get(owner);
				if (!series) chosen.set(owner, (series = emptySeries(owners[owner] as Owner, grid.count)));
				series.values[i] = value;
				series.present[i] = 1;
			}
		}
	}
	for (const series of chosen.values()) emit(series);
}

function emptySeries(owner: Owner, count: number): VectorSeries {
	return { ...owner, values: new Float64Array(count), present: new Uint8Array(count) };
}
