import type { Labels } from '#engine/model';
import type { Aggregation } from './ast.ts';
import { withoutParens } from './arguments.ts';
import type { Emit, Evaluation, VectorSeries } from './evaluation.ts';
import { foldOf, type Fold, type FoldState } from './fold.ts';
import { createGroups } from './groups.ts';
import { countValues } from './count-values.ts';
import { quantileOfGroups } from './aggregate-quantile.ts';
import { limit } from './limit.ts';
import { rank } from './rank.ts';
import { countPresent } from './step-buffers.ts';

/** Evaluates an aggregation: series come in one at a time, and leave one for each group (or chosen ones of each group). */
export function aggregate(expr: Aggregation, evaluation: Evaluation, emit: Emit): void {
	const { budget } = evaluation.scope;
	const held = budget.held();
	const results: VectorSeries[] = [];
	aggregateInto(expr, evaluation, (series) => results.push(series));
	budget.resetTo(held);
	for (const series of results) {
		budget.take(countPresent(series.present));
		emit(series);
	}
}

function aggregateInto(expr: Aggregation, evaluation: Evaluation, emit: Emit): void {
	switch (expr.op) {
		case 'topk':
		case 'bottomk':
			return rank(expr, evaluation, emit);
		case 'limitk':
		case 'limit_ratio':
			return limit(expr, evaluation, emit);
		case 'quantile':
			return quantileOfGroups(expr, evaluation, emit);
		case 'count_values':
			return countValues(expr, evaluation, emit);
		default:
			return foldGroups(expr, foldOf(expr.op), evaluation, emit);
	}
}

interface FoldedGroup {
	readonly labels: Labels;
	readonly state: FoldState;
	dropName: boolean;
}

function foldGroups(expr: Aggregation, fold: Fold, evaluation: Evaluation, emit: Emit): void {
	const { buffers, grid } = evaluation;
	const groups = createGroups<FoldedGroup>(expr, (labels) => ({
		labels,
		state: fold.start(grid.count),
		dropName: false
	}));
	evaluation.vector(withoutParens(expr.expr), (series) => {
		const group = groups.of(series.labels);
		fold.add(group.state, series.values, series.present);
		if (series.dropName) group.dropName = true;
		buffers.giveBack(series);
	});
	for (const { labels, state, dropName } of groups.all()) {
		fold.finish(state);
		emit({ labels, values: state.values, present: state.present, dropName });
	}
}
