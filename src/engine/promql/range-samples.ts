import { compareLabels, type SeriesColumns } from '#engine/model';
import { withoutParens } from './arguments.ts';
import type { Expr } from './ast.ts';
import type { Evaluation } from './evaluation.ts';
import { forEachWindowed, rangeShape } from './range-vector.ts';

/** The samples in the window of an instant query that is a bare range vector, sorted by labels. */
export function rangeSamples(expr: Expr, evaluation: Evaluation): SeriesColumns[] {
	const range = withoutParens(expr);
	if (range.kind !== 'matrix' && range.kind !== 'subquery') {
		throw new Error(`not a range vector: ${range.kind}`);
	}
	const shape = rangeShape(range, evaluation);
	const result: SeriesColumns[] = [];
	forEachWindowed(range, evaluation, shape, ({ labels, times, values, plan }) => {
		const start = plan.lo[0] as number;
		const end = plan.hi[0] as number;
		evaluation.scope.budget.take(end - start);
		result.push({
			labels,
			times: times.slice(start, end),
			values: values.slice(start, end),
			start: 0,
			end: end - start
		});
	});
	return result.sort((a, b) => compareLabels(a.labels, b.labels));
}
