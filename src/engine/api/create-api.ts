import {
	compareText,
	labelPairs,
	labelValue,
	quote,
	type Duration,
	type Labels,
	type MetricMetadata,
	type Querier,
	type TargetStatus,
	type Timestamp
} from '#engine/model';
import {
	query,
	queryRange,
	type QueryOptions,
	type InstantResult,
	type QueryOutcome,
	type RangeResult
} from '#engine/promql';
import { splitAnnotations } from './annotations.ts';
import { answer, ApiError, invalidParameter, success } from './api-error.ts';
import type {
	ApiResponse,
	PrometheusApi,
	QueryParams,
	QueryRangeParams,
	QueryWishes,
	SeriesParams
} from './api.ts';
import { optionalLimit } from './count-parameter.ts';
import { isLabelName, labelNameFromPath } from './label-name.ts';
import { metadataByMetric } from './metadata.ts';
import { limitOf, lookbackOf, statsWarnings, timeoutOf } from './query-parameter.ts';
import { instantOf, rangeOf } from './query-time.ts';
import { seriesIn, seriesScope } from './series-parameter.ts';
import { firstItems, firstSeries, TRUNCATED } from './truncate.ts';

/** What the API answers from. */
export interface ApiSources {
	readonly querier: Querier;
	/** The moment of a query that names none. */
	now(): Timestamp;
	/** What scrapes learned of metric families, family by family; the same one may come from several targets. */
	metadata(): Iterable<readonly [string, MetricMetadata]>;
	targets(): readonly TargetStatus[];
	/** How the query that begins now is evaluated: switches, limits, and a deadline, no later than the query asks for, in ms. */
	queryOptions?(timeout?: Duration): QueryOptions;
}

/**
 * The Prometheus API over a store. Answers are resolved promises: nothing waits. Results own their arrays and may be transferred.
 * Whatever a person can get wrong comes back as an error response in Prometheus' words.
 */
export function createApi(sources: ApiSources): PrometheusApi {
	const { querier } = sources;
	return {
		query: async (params) => answer(() => instantQuery(sources, params)),
		queryRange: async (params) => answer(() => rangeQuery(sources, params)),
		labels: async (params) => answer(() => labelNames(querier, params)),
		labelValues: async (name, params) => answer(() => labelValues(querier, name, params)),
		series: async (params) => answer(() => series(querier, params)),
		metadata: async (params) => answer(() => success(metadataByMetric(sources.metadata(), params))),
		targets: async () => success(sources.targets())
	};
}

function instantQuery(sources: ApiSources, params: QueryParams): ApiResponse<InstantResult> {
	const limit = limitOf(params);
	const time = instantOf(params, sources.now());
	const options = optionsOf(sources, params);
	const outcome = query(sources.querier, params.query, time, options);
	return respond(outcome, params, (result) => firstSeries(result, limit));
}

function rangeQuery(sources: ApiSources, params: QueryRangeParams): ApiResponse<RangeResult> {
	const limit = limitOf(params);
	const range = rangeOf(params);
	const options = optionsOf(sources, params);
	const outcome = queryRange(sources.querier, params.query, range, options);
	return respond(outcome, params, (result) => firstSeries(result, limit));
}

function optionsOf(sources: ApiSources, wishes: QueryWishes): QueryOptions {
	const timeout = timeoutOf(wishes);
	const lookback = lookbackOf(wishes);
	return { ...sources.queryOptions?.(timeout), ...lookback };
}

function respond<Result>(
	outcome: QueryOutcome<Result>,
	wishes: QueryWishes,
	shorten: (result: Result) => Result
): ApiResponse<Result> {
	if (!outcome.ok) {
		if (outcome.errorType === 'bad_data') throw invalidParameter('query', outcome.message);
		checkTime(wishes);
		throw new ApiError(outcome.errorType, outcome.message);
	}
	checkTime(wishes);
	const data = shorten(outcome.result);
	const truncated = data === outcome.result ? [] : [TRUNCATED];
	const warnings = [...truncated, ...statsWarnings(wishes)];
	return { status: 'success', data, ...splitAnnotations(outcome.annotations, warnings) };
}

/** A query that may take no time at all is given up before it begins, if it can be parsed (promql/engine.go, exec). */
function checkTime(wishes: QueryWishes): void {
	const timeout = timeoutOf(wishes);
	if (timeout !== undefined && timeout <= 0) {
		throw new ApiError('timeout', 'query timed out in query execution');
	}
}

function labelNames(querier: Querier, params: SeriesParams): ApiResponse<readonly string[]> {
	const limit = optionalLimit(params.limit);
	const names = new Set<string>();
	for (const set of seriesIn(querier, seriesScope(params, badData))) {
		for (const [name] of labelPairs(set)) names.add(name);
	}
	return firstItems([...names].sort(compareText), limit);
}

function labelValues(
	querier: Querier,
	path: string,
	params: SeriesParams
): ApiResponse<readonly string[]> {
	const name = labelNameFromPath(path);
	if (!isLabelName(name)) throw badData(`invalid label name: ${quote(name)}`);
	const limit = optionalLimit(params.limit);
	const values = new Set<string>();
	for (const set of seriesIn(querier, seriesScope(params, badData))) {
		values.add(labelValue(set, name));
	}
	values.delete('');
	return firstItems([...values].sort(compareText), limit);
}

function series(querier: Querier, params: SeriesParams): ApiResponse<readonly Labels[]> {
	if ((params.match ?? []).length === 0) throw badData('no match[] parameter provided');
	const limit = optionalLimit(params.limit);
	const scope = seriesScope(params, (message) => invalidParameter('match[]', message));
	return firstItems(seriesIn(querier, scope), limit);
}

function badData(message: string): ApiError {
	return new ApiError('bad_data', message);
}
