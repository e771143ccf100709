import {
	compareText,
	labelPairs,
	labelValue,
	quote,
	type Duration,
	type Labels,
	type MetricMetadata,
	type Querier,
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
import { answer, ApiError, badData, invalidParameter, success } from './api-error.ts';
import type {
	ApiResponse,
	PrometheusApi,
	QueryParams,
	QueryRangeParams,
	QueryWishes,
	SeriesParams,
	WithStatistics
} from './api.ts';
import { optionalLimit } from './count-parameter.ts';
import { isLabelName, labelNameFromPath } from './label-name.ts';
import { metadataByMetric } from './metadata.ts';
import type { PoolSource } from './pool-source.ts';
import { limitOf, lookbackOf, statsWarnings, timeoutOf } from './query-parameter.ts';
import { instantOf, rangeOf } from './query-time.ts';
import { seriesIn, seriesScope } from './series-parameter.ts';
import { queryStatistics, type AnsweredQuery } from './statistics/query-statistics.ts';
import { discoverTargets, relabelStepsOf, scrapePoolNames, targetMetadata } from './targets.ts';
import { firstItems, firstSeries, TRUNCATED } from './truncate.ts';

/** What the API answers from. */
export interface ApiSources {
	readonly querier: Querier;
	/** The moment of a query that names none. */
	now(): Timestamp;
	/** What scrapes learned of metric families, family by family; the same one may come from several targets. */
	metadata(): Iterable<readonly [string, MetricMetadata]>;
	/** The jobs that are scraped; none where samples come from elsewhere. */
	pools(): Iterable<PoolSource>;
	/** How the query that begins now is evaluated: switches, limits, and a deadline, no later than the query asks for, in ms. */
	queryOptions?(timeout?: Duration): QueryOptions;
	/** A clock for the timings of queries, ms; it only moves on. */
	clock?(): number;
	/** Whether statistics may be told for each step (--enable-feature=promql-per-step-stats). */
	readonly perStepStatistics?: boolean;
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
		targets: async (params) => success(discoverTargets(sources.pools(), params)),
		targetMetadata: async (params) =>
			answer(() => success(targetMetadata(sources.pools(), params))),
		relabelSteps: async (params) => answer(() => success(relabelStepsOf(sources.pools(), params))),
		scrapePools: async () => success(scrapePoolNames(sources.pools()))
	};
}

function instantQuery(
	sources: ApiSources,
	params: QueryParams
): ApiResponse<InstantResult & WithStatistics> {
	const limit = limitOf(params);
	const time = instantOf(params, sources.now());
	const options = optionsOf(sources, params);
	const from = clock(sources);
	const outcome = query(sources.querier, params.query, time, options);
	const range = { start: time, end: time, step: 0 };
	const took = { range, options, time: clock(sources) - from };
	const response = respond(outcome, params, (result) => firstSeries(result, limit));
	return withStatistics(response, sources, params, took);
}

function rangeQuery(
	sources: ApiSources,
	params: QueryRangeParams
): ApiResponse<RangeResult & WithStatistics> {
	const limit = limitOf(params);
	const range = rangeOf(params);
	const options = optionsOf(sources, params);
	const from = clock(sources);
	const outcome = queryRange(sources.querier, params.query, range, options);
	const took = { range, options, time: clock(sources) - from };
	const response = respond(outcome, params, (result) => firstSeries(result, limit));
	return withStatistics(response, sources, params, took);
}

/** The answer with what it took, if that is asked for (web/api/v1, DefaultStatsRenderer). */
function withStatistics<Result extends object>(
	response: ApiResponse<Result>,
	{ querier, perStepStatistics = false }: ApiSources,
	{ query: text, stats }: QueryWishes & { readonly query: string },
	took: Pick<AnsweredQuery, 'range' | 'options' | 'time'>
): ApiResponse<Result & WithStatistics> {
	if (response.status === 'error' || !stats) return response;
	const wantsSteps = perStepStatistics && stats === 'all';
	const told = queryStatistics({ querier, text, wantsSteps, ...took });
	return { ...response, data: { ...response.data, stats: told } };
}

function clock(sources: ApiSources): number {
	return sources.clock?.() ?? 0;
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
