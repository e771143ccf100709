import type { Labels } from '#engine/model';
import type { Aggregation } from './ast.ts';
import { withoutParens } from './arguments.ts';
import type { Emit, Evaluation, VectorSeries } from './evaluation.ts';
import { foldOf, type Fold, type FoldOp, type FoldState } from './fold.ts';
import {
	createHistogramFold,
	ignoreHistograms,
	sayOfInput,
	type HistogramFold
} from './fold-histogram.ts';
import { createGroupName, noteName, type GroupName } from './group-name.ts';
import { createGroups } from './groups.ts';
import { heldPoints } from './held-points.ts';
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
		budget.take(heldPoints(countPresent(series.present), series.histograms));
		emit(series);
	}
}

/** An aggregation that folds its series as they come. */
type FoldAggregation = Aggregation & { readonly op: FoldOp };

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
			return foldGroups({ ...expr, op: expr.op }, evaluation, emit);
	}
}

interface FoldedGroup {
	readonly labels: Labels;
	readonly state: FoldState;
	readonly name: GroupName;
	/** There once a histogram has come. */
	histograms?: HistogramFold;
}

function foldGroups(expr: FoldAggregation, evaluation: Evaluation, emit: Emit): void {
	const inner = evaluation.folding();
	const { buffers, grid, scope } = inner;
	const { machine } = buffers;
	const fold = foldOf(expr.op);
	const delayed = scope.features.delayedNameRemoval;
	const groups = createGroups<FoldedGroup>(expr, (labels) => ({
		labels,
		state: fold.start(grid.count, buffers),
		name: createGroupName()
	}));
	inner.vector(withoutParens(expr.expr), (series) => {
		const group = groups.of(series.labels);
		if (series.histograms || group.histograms) foldMixed(expr, fold, group, series, evaluation);
		else fold.add(group.state, series.values, series.present, machine);
		if (delayed) noteName(group.name, series);
		buffers.giveBack(series);
	});
	for (const { labels, state, name, histograms: totals } of groups.all()) {
		const histograms = totals?.finish();
		if (!totals) fold.finish(state);
		const { values, present } = state;
		if (present.indexOf(1) >= 0) {
			emit({ labels, values, present, histograms, dropName: name.dropName });
		}
	}
}

/** Folds a series of a group in which there are histograms, as each aggregation takes them. */
function foldMixed(
	expr: FoldAggregation,
	fold: Fold,
	group: FoldedGroup,
	series: VectorSeries,
	evaluation: Evaluation
): void {
	const { op } = expr;
	if (op === 'sum' || op === 'avg') {
		const say = sayOfInput(expr, evaluation);
		group.histograms ??= createHistogramFold(op, fold, group.state, say);
		group.histograms.add(series);
		return;
	}
	if (op !== 'count' && op !== 'group') {
		ignoreHistograms(series, op, sayOfInput(expr, evaluation));
	}
	fold.add(group.state, series.values, series.present);
}
