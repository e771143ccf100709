import type { Labels } from '#engine/model';
import { annotationText } from './annotations.ts';
import { aggregationParameter, type Parameter } from './parameter.ts';
import { withoutParens } from './arguments.ts';
import type { Aggregation } from './ast.ts';
import type { Emit, Evaluation, VectorSeries } from './evaluation.ts';
import { ignoreHistograms, sayOfInput } from './fold-histogram.ts';
import { createGroupName, noteName } from './group-name.ts';
import { createGroups } from './groups.ts';
import { quantileOfSorted, sortNaNFirst } from './quantile.ts';
import { hasBothZeros, quantileInGoOrder } from './zero-order.ts';

interface Members {
	readonly labels: Labels;
	readonly series: VectorSeries[];
}

/** quantile(φ, v): the φ-quantile over each group. It needs all values of a group at once, so it holds its series. */
export function quantileOfGroups(expr: Aggregation, evaluation: Evaluation, emit: Emit): void {
	const phi = aggregationParameter(expr, evaluation);
	warnOfQuantile(phi, expr, evaluation);
	const groups = createGroups<Members>(expr, (labels) => ({ labels, series: [] }));
	evaluation.vector(withoutParens(expr.expr), (series) => {
		if (series.histograms) ignoreHistograms(series, expr.op, sayOfInput(expr, evaluation));
		if (series.present.indexOf(1) >= 0) groups.of(series.labels).series.push(series);
		else evaluation.buffers.giveBack(series);
	});
	for (const group of groups.all()) emit(groupQuantile(group, phi.values, evaluation));
}

function warnOfQuantile(
	{ expr, min, max, hasNaN }: Parameter,
	{ span }: Aggregation,
	{ scope }: Evaluation
): void {
	const warn = (phi: number) =>
		scope.annotations.add('warning', annotationText.invalidQuantile(phi), expr.span, span);
	if (hasNaN) warn(NaN);
	if (max > 1) warn(max);
	if (min < 0) warn(min);
}

function groupQuantile(
	{ labels, series }: Members,
	phis: Float64Array,
	{ buffers }: Evaluation
): VectorSeries {
	const { values, present } = buffers.take();
	const sample = new Float64Array(series.length);
	for (let i = 0; i < values.length; i++) {
		let size = 0;
		for (const member of series) {
			if (member.present[i] !== 0) sample[size++] = member.values[i] as number;
		}
		present[i] = size > 0 ? 1 : 0;
		values[i] = quantileOf(phis[i] as number, sample.subarray(0, size));
	}
	const name = createGroupName();
	for (const member of series) {
		noteName(name, member);
		buffers.giveBack(member);
	}
	return { labels, values, present, dropName: name.dropName };
}

/** The φ-quantile of values, which it may change the order of. */
function quantileOf(phi: number, values: Float64Array): number {
	if (hasBothZeros(values, 0, values.length)) return quantileInGoOrder(phi, values);
	sortNaNFirst(values, values.length);
	return quantileOfSorted(phi, values, values.length);
}
