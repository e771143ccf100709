/**
 * The Prometheus HTTP API v1 without the HTTP: parameters in, its exact answers out. Every question of the user interface
 * goes through here, so that a real Prometheus can take the place of the one in the tab.
 *
 * Parameters are texts and are read as Prometheus reads them, with its error messages. Answers hold columns of numbers,
 * ready to be transferred to another thread; `toJson` writes the body that a server would send, byte for byte.
 *
 * Left out: the endpoints for rules, alerts, status, exemplars, administration and remote storage; the parameters
 * limit, timeout, stats and lookback_delta. Unlike Prometheus, which goes by blocks, labels and series are told exactly
 * for the range asked.
 */
export {
	type PrometheusApi,
	type QueryParams,
	type QueryRangeParams,
	type SeriesParams,
	type MetadataByMetric,
	type ApiErrorType,
	type ApiResponse
} from './api.ts';
export { type TargetStatus } from '#engine/model';
export { createApi, type ApiSources } from './create-api.ts';
export { readInstant, readRange } from './query-time.ts';
export { adviseOn } from './advice.ts';
export { toJson, httpStatus, type Endpoint, type EndpointData } from './to-json.ts';
