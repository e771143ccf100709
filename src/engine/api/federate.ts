import {
	ABSENT,
	compareText,
	labelPairs,
	labelsKey,
	METRIC_NAME,
	metricName,
	MINUTE,
	STALE,
	type ExposedSample,
	type Labels,
	type MetricFamily,
	type Querier,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';
import { formatParseError, parseSelector } from '#engine/promql';
import { answer, ApiError, success } from './api-error.ts';
import type { ApiResponse } from './api.ts';

/** How old a sample may be, as for a query (cmd/prometheus, query.lookback-delta). */
const LOOKBACK = 5 * MINUTE;

/**
 * What another Prometheus is given that federates: of each series that any selector finds the newest sample of the last five minutes, with
 * its time, by metric (web/federate.go). Series that have ended and histograms are left out. A selector that does not
 * parse is bad data, in the parser's words.
 */
export function federate(
	querier: Querier,
	match: readonly string[],
	now: Timestamp
): ApiResponse<readonly MetricFamily[]> {
	return answer(() => {
		const found = new Map<string, SeriesColumns>();
		for (const text of match) {
			for (const series of querier.select(matchersOf(text), now - LOOKBACK, now)) {
				found.set(labelsKey(series.labels), series);
			}
		}
		return success(familiesOf([...found.values()]));
	});
}

function matchersOf(text: string): Parameters<Querier['select']>[0] {
	const parsed = parseSelector(text);
	if (parsed.ok) return parsed.selector.matchers;
	const [first] = parsed.errors;
	throw new ApiError('bad_data', first ? formatParseError(text, first) : 'no selector');
}

function familiesOf(found: readonly SeriesColumns[]): MetricFamily[] {
	const byName = new Map<string, ExposedSample[]>();
	for (const series of found) {
		const name = metricName(series.labels);
		const sample = name === '' ? undefined : newest(series);
		if (sample) byName.set(name, [...(byName.get(name) ?? []), sample]);
	}
	return [...byName]
		.sort(([a], [b]) => compareText(a, b))
		.map(([name, samples]) => ({ name, type: 'untyped', help: '', samples }));
}

function newest(series: SeriesColumns): ExposedSample | undefined {
	const { times, values, marks, histograms, start, end } = series;
	let row = end - 1;
	while (row >= start && marks?.[row] === ABSENT) row--;
	if (row < start || marks?.[row] === STALE || histograms?.[row]) return undefined;
	return {
		name: metricName(series.labels),
		labels: exposedLabels(series.labels),
		value: values[row] as number,
		timestamp: times[row] as number
	};
}

/** A series without an instance says so, or the one who federates would make it one of our own. */
function exposedLabels(set: Labels): string[] {
	const pairs = [...labelPairs(set)].filter(([name]) => name !== METRIC_NAME);
	const isWithout = pairs.every(([name]) => name !== 'instance');
	return [...pairs, ...(isWithout ? [['instance', '']] : [])].flat();
}
