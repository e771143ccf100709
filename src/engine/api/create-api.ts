import {
	compareText,
	labelPairs,
	labelValue,
	quote,
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
	MetadataByMetric,
	PrometheusApi,
	QueryParams,
	QueryRangeParams,
	SeriesParams
} from './api.ts';
import { isLabelName, labelNameFromPath } from './label-name.ts';
import { instantOf, rangeOf } from './query-time.ts';
import { seriesIn, seriesScope } from './series-parameter.ts';

/** What the API answers from. */
export interface ApiSources {
	readonly querier: Querier;
	/** The moment of a query that names none. */
	now(): Timestamp;
	/** What scrapes learned of metric families, family by family; the same one may come from several targets. */
	metadata(): Iterable<readonly [string, MetricMetadata]>;
	targets(): readonly TargetStatus[];
	/** How the query that begins now is evaluated: switches, limits, and a deadline. */
	queryOptions?(): QueryOptions;
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
		labels: async (params) => answer(() => success(labelNames(querier, params))),
		labelValues: async (name, params) => answer(() => success(labelValues(querier, name, params))),
		series: async (params) => answer(() => success(series(querier, params))),
		metadata: async ({ metric }) => success(metadataByMetric(sources.metadata(), metric)),
		targets: async () => success(sources.targets())
	};
}

function instantQuery(sources: ApiSources, params: QueryParams): ApiResponse<InstantResult> {
	const time = instantOf(params, sources.now());
	return respond(query(sources.querier, params.query, time, sources.queryOptions?.()));
}

function rangeQuery(sources: ApiSources, params: QueryRangeParams): ApiResponse<RangeResult> {
	const range = rangeOf(params);
	return respond(queryRange(sources.querier, params.query, range, sources.queryOptions?.()));
}

function respond<Result>(outcome: QueryOutcome<Result>): ApiResponse<Result> {
	if (!outcome.ok) {
		if (outcome.errorType === 'bad_data') throw invalidParameter('query', outcome.message);
		throw new ApiError(outcome.errorType, outcome.message);
	}
	return {
		status: 'success',
		data: outcome.result,
		...splitAnnotations(outcome.annotations)
	};
}

function labelNames(querier: Querier, params: SeriesParams): readonly string[] {
	const names = new Set<string>();
	for (const set of seriesIn(querier, seriesScope(params, badData))) {
		for (const [name] of labelPairs(set)) names.add(name);
	}
	return [...names].sort(compareText);
}

function labelValues(querier: Querier, path: string, params: SeriesParams): readonly string[] {
	const name = labelNameFromPath(path);
	if (!isLabelName(name)) throw badData(`invalid label name: ${quote(name)}`);
	const values = new Set<string>();
	for (const set of seriesIn(querier, seriesScope(params, badData))) {
		values.add(labelValue(set, name));
	}
	values.delete('');
	return [...values].sort(compareText);
}

function series(querier: Querier, params: SeriesParams): ReturnType<typeof seriesIn> {
	if ((params.match ?? []).length === 0) throw badData('no match[] parameter provided');
	return seriesIn(
		querier,
		seriesScope(params, (message) => invalidParameter('match[]', message))
	);
}

function badData(message: string): ApiError {
	return new ApiError('bad_data', message);
}

function metadataByMetric(
	entries: Iterable<readonly [string, MetricMetadata]>,
	metric = ''
): MetadataByMetric {
	const found = new Map<string, MetricMetadata[]>();
	for (const [name, { type, help, unit }] of entries) {
		if (metric !== '' && metric !== name) continue;
		// Prometheus knows the text format's untyped as unknown (model/textparse).
		const known: MetricMetadata = { type: type === 'untyped' ? 'unknown' : type, help, unit };
		const others = found.get(name) ?? [];
		if (!others.some((other) => isSameMetadata(other, known))) found.set(name, [...others, known]);
	}
	return Object.fromEntries(found);
}

function isSameMetadata(a: MetricMetadata, b: MetricMetadata): boolean {
	return a.type === b.type && a.help === b.help && a.unit === b.unit;
}
