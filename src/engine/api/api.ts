import type { Labels, MetricMetadata } from '#engine/model';
import type { InstantResult, RangeResult } from '#engine/promql';
import type { QueryStatistics } from './statistics/query-statistics.ts';
import type { RelabelStep } from './pool-source.ts';
import type { TargetDiscovery, TargetMetadata } from './targets.ts';

/**
 * The Prometheus HTTP API v1, as a pair of hands: the user interface asks all its questions through it. The lab answers in a
 * worker; a real Prometheus would answer over HTTP. Results stay columns here (typed arrays, so they can be transferred);
 * `toJson` gives the exact body that Prometheus would send.
 */
export interface PrometheusApi {
	query(params: QueryParams): Promise<ApiResponse<InstantResult & WithStatistics>>;
	queryRange(params: QueryRangeParams): Promise<ApiResponse<RangeResult & WithStatistics>>;
	labels(params: SeriesParams): Promise<ApiResponse<readonly string[]>>;
	labelValues(name: string, params: SeriesParams): Promise<ApiResponse<readonly string[]>>;
	series(params: SeriesParams): Promise<ApiResponse<readonly Labels[]>>;
	metadata(params: MetadataParams): Promise<ApiResponse<MetadataByMetric>>;
	targets(params?: TargetsParams): Promise<ApiResponse<TargetDiscovery>>;
	targetMetadata(params: TargetMetadataParams): Promise<ApiResponse<readonly TargetMetadata[]>>;
	/** What each rule of a job makes of the labels that a target was discovered with. */
	relabelSteps(params: RelabelStepsParams): Promise<ApiResponse<readonly RelabelStep[]>>;
	/** The names of the jobs. */
	scrapePools(): Promise<ApiResponse<readonly string[]>>;
}

/** Beside a result, where they were asked for. */
export interface WithStatistics {
	readonly stats?: QueryStatistics;
}

/** How a query is to be answered. Parameters are texts as the HTTP API takes them; an empty one is as good as none. */
export interface QueryWishes {
	/** The query may not take longer: seconds or a duration. What answers it may be less patient still. */
	readonly timeout?: string;
	/** Of more series than this the first are told, with a warning; 0 is no limit. */
	readonly limit?: string;
	/** How far back selectors look: seconds or a duration. */
	readonly lookbackDelta?: string;
	/** Anything asks for statistics; `true` and `all` do without a warning, and `all` asks for those of each step as well. */
	readonly stats?: string;
}

/** Times are texts as the HTTP API takes them: RFC 3339 or Unix seconds. Without `time` it is now. */
export interface QueryParams extends QueryWishes {
	readonly query: string;
	readonly time?: string;
}

export interface QueryRangeParams extends QueryWishes {
	readonly query: string;
	readonly start: string;
	readonly end: string;
	/** Seconds or a duration such as `15s`. */
	readonly step: string;
}

export interface SeriesParams {
	readonly match?: readonly string[];
	readonly start?: string;
	readonly end?: string;
	/** Of more results than this the first are told, with a warning; 0 is no limit. */
	readonly limit?: string;
}

export interface MetadataParams {
	readonly metric?: string;
	/** How many metrics, and of each how many different things that are said of it; below 0 there is no limit. */
	readonly limit?: string;
	readonly limitPerMetric?: string;
}

export interface TargetsParams {
	/** `active`, `dropped` or `any`; any case. */
	readonly state?: string;
	readonly scrapePool?: string;
}

export interface TargetMetadataParams {
	/** A selector that the labels of the targets have to satisfy. */
	readonly matchTarget?: string;
	readonly metric?: string;
	/** After how many families no further target is looked at; below 0 there is no limit. */
	readonly limit?: string;
}

export interface RelabelStepsParams {
	readonly scrapePool: string;
	/** An object in JSON of names and values, as `labelsJson` writes it. */
	readonly labels: string;
}

export type MetadataByMetric = Readonly<Record<string, readonly MetricMetadata[]>>;

export type ApiErrorType =
	'timeout' | 'canceled' | 'execution' | 'bad_data' | 'internal' | 'unavailable' | 'not_found';

export type ApiResponse<Data> =
	| {
			readonly status: 'success';
			readonly data: Data;
			readonly warnings: readonly string[];
			readonly infos: readonly string[];
	  }
	| { readonly status: 'error'; readonly errorType: ApiErrorType; readonly error: string };
