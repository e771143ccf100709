import type { Labels, Querier, Timestamp } from '#engine/model';
import { withoutParens } from '../arguments.ts';
import type { MatrixSelector, Subquery, VectorSelector } from '../ast.ts';
import { resolveAt, type QueryScope } from '../evaluation.ts';
import type { StepGrid } from '../value.ts';
import type { Capture } from './capture.ts';
import type { Member, SelectorDetail, SubqueryDetail } from './detail.ts';
import type { ExplainLimits } from './explanation.ts';
import { bounded } from './focus.ts';
import { explainMissing } from './missing.ts';

/** Explains an instant vector selector: the window it looks at, and what it finds there. */
export function selectorDetail(
	expr: VectorSelector,
	capture: Capture,
	scope: QueryScope,
	focus: Labels,
	limits: ExplainLimits
): SelectorDetail | undefined {
	const captured = capture.vectors.get(expr);
	if (!captured) return undefined;
	const end = (resolveAt(expr.at, scope) ?? captured.time) - expr.offset;
	const window = { windowStart: end - scope.lookback, windowEnd: end };
	return describe(expr, window, captured.series, scope.querier, focus, limits);
}

/** Explains a range vector selector; the value of a member is its newest sample in the window. */
export function matrixDetail(
	expr: MatrixSelector,
	capture: Capture,
	scope: QueryScope,
	focus: Labels,
	limits: ExplainLimits
): SelectorDetail | undefined {
	const captured = capture.windows.get(expr);
	if (!captured) return undefined;
	const members = captured.windows
		.filter(({ times }) => times.length > 0)
		.map(({ labels, values, histograms }): Member => {
			const last = values.length - 1;
			const histogram = histograms?.[last];
			return { labels, value: values[last] as number, ...(histogram ? { histogram } : {}) };
		});
	return describe(expr.selector, captured, members, scope.querier, focus, limits);
}

interface Window {
	readonly windowStart: Timestamp;
	readonly windowEnd: Timestamp;
}

function describe(
	{ matchers }: VectorSelector,
	{ windowStart, windowEnd }: Window,
	members: readonly Member[],
	querier: Querier,
	focus: Labels,
	limits: ExplainLimits
): SelectorDetail {
	const found = { windowStart, windowEnd, series: bounded(members, limits.members, focus) };
	if (members.length > 0) return { kind: 'selector', ...found };
	const missing = explainMissing(matchers, { from: windowStart, to: windowEnd }, querier);
	return { kind: 'selector', ...found, missing };
}

/** Explains a subquery: at which steps its expression is evaluated for the window at the focus. */
export function subqueryDetail(
	expr: Subquery,
	capture: Capture,
	scope: QueryScope
): SubqueryDetail | undefined {
	const captured = capture.windows.get(expr);
	if (!captured) return undefined;
	const { windowStart, windowEnd } = captured;
	const step = expr.step ?? scope.defaultSubqueryStep;
	const grid = capture.vectors.get(withoutParens(expr.expr))?.grid;
	const times = grid ? timesInside(grid, windowStart, windowEnd) : { first: NaN, count: 0 };
	return {
		kind: 'subquery',
		windowStart,
		windowEnd,
		step,
		...times,
		usesDefaultStep: expr.step === undefined
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
