import { MINUTE, type Querier } from '#engine/model';
import {
	parse,
	resolveDurations,
	type QueryOptions,
	type QueryRange,
	type StepGrid
} from '#engine/promql';
import { openAccount, type SampleCounts } from './account.ts';
import { fixed } from './fixed.ts';
import { measure } from './measure.ts';

/** The grid that statistics are told for: of an instant query it is one step of a millisecond. */
export function gridOf({ start, end, step }: QueryRange): StepGrid {
	if (start === end) return { start, step: 1, count: 1 };
	return { start, step, count: Math.floor((end - start) / step) + 1 };
}

/**
 * What Prometheus would count while it evaluates a query that can be evaluated; its parts are evaluated once more for that, each by itself.
 * The series that info() looks up do not count. The peak is sometimes a little lower where avg_over_time() goes over histograms, in which
 * Prometheus leaves room. Throws an ApiError.
 */
export function measureQuery(
	querier: Querier,
	text: string,
	range: QueryRange,
	options: QueryOptions = {}
): SampleCounts {
	const account = openAccount(gridOf(range));
	const parsed = parse(text, options.features);
	if (!parsed.ok) throw new Error(`not a query: ${text}`);
	const bounds = range.start === range.end ? { ...range, step: 0 } : range;
	const expr = fixed(resolveDurations(parsed.expr, bounds, text), bounds);
	measure(expr, account, {
		querier,
		options,
		buckets: 'read',
		lookback: options.lookback ?? 5 * MINUTE,
		defaultSubqueryStep: options.defaultSubqueryStep ?? MINUTE
	});
	return account;
}
