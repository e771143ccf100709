/**
 * The Prometheus HTTP API v1 without the HTTP: parameters in, its exact answers out. Every question of the user interface
 * goes through here, so that a real Prometheus can take the place of the one in the tab.
 *
 * Parameters are texts and are read as Prometheus reads them, with its error messages. Answers hold columns of numbers,
 * ready to be transferred to another thread; `toJson` writes the body that a server would send, byte for byte.
 *
 * Left out: the endpoints for administration, remote storage and search. There are no rules and no exemplars yet, and the endpoints for
 * them say so. Statistics of queries (`statistics`) are Prometheus' own numbers; the series that info() looks up are not counted. Unlike Prometheus, which goes by blocks, labels and series are told
 * exactly for the range asked.
 */
export {
	type PrometheusApi,
	type QueryParams,
	type QueryRangeParams,
	type QueryWishes,
	type MetadataParams,
	type SeriesParams,
	type TargetsParams,
	type TargetMetadataParams,
	type RelabelStepsParams,
	type MetadataByMetric,
	type WithStatistics,
	type ApiErrorType,
	type ApiResponse
} from './api.ts';
export { type TargetStatus } from '#engine/model';
export { createApi, type ApiSources } from './create-api.ts';
export { readInstant, readRange } from './query-time.ts';
export { formatQuery, parseQuery, queryExemplars, type ExemplarParams } from './query-text.ts';
export {
	blocks,
	buildInfo,
	flags,
	noAlertmanagers,
	noAlerts,
	noNotifications,
	runtimeInfo,
	statusConfig,
	tsdbStatus,
	walReplay,
	type HeadStatistics,
	type RuntimeFacts,
	type TopEntry
} from './status.ts';
export { noRules, type RulesParams } from './rules.ts';
export { featureList } from './feature-list.ts';
export { type TargetDiscovery, type TargetMetadata } from './targets.ts';
export { type PoolSource, type RelabelStep, type RelabelStepRule } from './pool-source.ts';
export {
	type PerStep,
	type QuerySamples,
	type QueryStatistics,
	type QueryTimings
} from './statistics/query-statistics.ts';
export { labelsObject as labelsJson } from './json-sample.ts';
export { type JsonData, type JsonFields, type JsonMap } from './json-map.ts';
export { federate } from './federate.ts';
export { adviseOn } from './advice.ts';
export { toJson, httpStatus, type Endpoint, type EndpointData } from './to-json.ts';
