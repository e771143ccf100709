import { DAY, HOUR, MINUTE, SECOND, type Duration, type Timestamp } from '#engine/model';
import { withoutParens } from '../arguments.ts';
import type { Subquery } from '../ast.ts';
import { subqueryGrid, SUBQUERY_STEP_COST } from '../range-vector.ts';
import type { StepGrid } from '../value.ts';
import type { RefusedSteps, SubqueryDetail } from './detail.ts';
import type { DetailSource } from './details.ts';

/** Explains a subquery: at which steps its expression is evaluated for the window at the focus. */
export function subqueryDetail(expr: Subquery, source: DetailSource): SubqueryDetail | undefined {
	const { capture, scope } = source;
	const captured = capture.windows.get(expr);
	if (!captured) return undefined;
	const { windowStart, windowEnd } = captured;
	const step = expr.step ?? scope.defaultSubqueryStep;
	const grid = capture.vectors.get(withoutParens(expr.expr))?.grid;
	const times = grid ? timesInside(grid, windowStart, windowEnd) : { first: NaN, count: 0 };
	const refused = refusedSteps(expr, step, source);
	return {
		kind: 'subquery',
		windowStart,
		windowEnd,
		step,
		...times,
		usesDefaultStep: expr.step === undefined,
		...(refused ? { refused } : {})
	};
}

function timesInside({ start, step, count }: StepGrid, from: Timestamp, to: Timestamp) {
	const skipped = Math.max(0, Math.floor((from - start) / step) + 1);
	const first = start + skipped * step;
	const last = Math.min(start + (count - 1) * step, to);
	return last < first
		? { first: NaN, count: 0 }
		: { first, count: Math.floor((last - first) / step) + 1 };
}

/** That the budget of the query refused the subquery, which it does before the expression is evaluated at all. */
function refusedSteps(
	expr: Subquery,
	step: Duration,
	{ records, scope, maxSamples }: DetailSource
): RefusedSteps | undefined {
	const outer = records.get(expr)?.grid;
	if (!outer || records.has(withoutParens(expr.expr))) return undefined;
	const wanted = subqueryGrid(expr, { grid: outer, scope })?.count ?? 0;
	const limit = Math.floor(maxSamples / SUBQUERY_STEP_COST);
	return wanted > limit
		? { wanted, limit, betterStep: roundStep((wanted * step) / limit) }
		: undefined;
}

const ROUND_STEPS: readonly Duration[] = [
	...[1, 5, 10, 15, 30].map((count) => count * SECOND),
	...[1, 5, 10, 15, 30].map((count) => count * MINUTE),
	...[1, 6, 12].map((count) => count * HOUR)
];

/** The least round step that is longer than this one. */
function roundStep(least: Duration): Duration {
	return ROUND_STEPS.find((step) => step > least) ?? DAY * Math.ceil((least + 1) / DAY);
}
