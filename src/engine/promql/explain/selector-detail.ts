import type { Labels, Querier, Timestamp } from '#engine/model';
import type { MatrixSelector, VectorSelector } from '../ast.ts';
import { resolveAt, type QueryScope } from '../evaluation.ts';
import { inBucketOrder } from './bucket-order.ts';
import type { Capture } from './capture.ts';
import type { Member, SelectorDetail } from './detail.ts';
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
	const takesNewest = expr.extension === undefined;
	return {
		takesNewest,
		...describe(expr, window, captured.series, scope.querier, focus, limits)
	};
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
	return {
		takesNewest: false,
		...describe(expr.selector, captured, members, scope.querier, focus, limits)
	};
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
): Omit<SelectorDetail, 'takesNewest'> {
	const series = bounded(inBucketOrder(members), limits.members, focus);
	const found = { windowStart, windowEnd, series };
	if (members.length > 0) return { kind: 'selector', ...found };
	const missing = explainMissing(matchers, { from: windowStart, to: windowEnd }, querier);
	return { kind: 'selector', ...found, missing };
}
