import {
	formatDuration,
	formatLabels,
	type Duration,
	type Labels,
	type Querier,
	type Timestamp
} from '#engine/model';
import { explain, queryRange, type StepSeries, type WindowDetail } from '#engine/promql';

/** What can be computed from the same window. The first is what the layers take apart. */
export const COMPARED = [
	'rate',
	'increase',
	'delta',
	'irate',
	'rate anchored',
	'rate smoothed'
] as const;
export type Compared = (typeof COMPARED)[number];

/** The anchored and smoothed ones have to be switched on in Prometheus. */
const FEATURES = { extendedRangeSelectors: true };
const ALL_SAMPLES = { windowSamples: Number.MAX_SAFE_INTEGER };

/** A query of one function over one range, such as `rate(http_requests_total{method="GET"}[5m])`. */
export function queryText(compared: Compared, labels: Labels, range: Duration): string {
	const [func, extension] = compared.split(' ');
	const window = `${formatLabels(labels)}[${formatDuration(range)}]`;
	return `${func}(${window}${extension ? ` ${extension}` : ''})`;
}

/** What the engine did with the window that ends at a moment; undefined when there is no sample near it. */
export function explainWindow(
	store: Querier,
	query: string,
	at: Timestamp
): WindowDetail | undefined {
	const options = { features: FEATURES, limits: ALL_SAMPLES, focus: { time: at } };
	const outcome = explain(store, query, at, options);
	const detail = outcome.explanation?.root.detail;
	return detail?.kind === 'window' ? detail : undefined;
}

/** The value of the same query at each step of a stretch: a graph is many windows. Undefined when no window gives one. */
export function sweep(
	store: Querier,
	query: string,
	[start, end]: readonly [Timestamp, Timestamp],
	step: Duration
): StepSeries | undefined {
	const outcome = queryRange(store, query, { start, end, step }, { features: FEATURES });
	if (!outcome.ok) throw new Error(`the query of the picture fails: ${outcome.message}`);
	return outcome.result.series[0];
}
