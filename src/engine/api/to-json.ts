import { compareText, type Labels, type MetricMetadata } from '#engine/model';
import type { InstantResult, RangeResult } from '#engine/promql';
import type { ApiErrorType, ApiResponse, MetadataByMetric, WithStatistics } from './api.ts';
import { instantData, labelsObject, rangeData } from './json-sample.ts';
import { jsonData, type JsonData } from './json-map.ts';
import { htmlSafeText, jsonArray, jsonObject, plainText } from './json-text.ts';
import {
	discoveryData,
	relabelStepsData,
	scrapePoolsData,
	targetMetadataData
} from './json-targets.ts';
import type { RelabelStep } from './pool-source.ts';
import type { TargetDiscovery, TargetMetadata } from './targets.ts';

/** What each endpoint answers with; label values are lists of texts like label names. */
export interface EndpointData {
	query: InstantResult & WithStatistics;
	query_range: RangeResult & WithStatistics;
	labels: readonly string[];
	series: readonly Labels[];
	metadata: MetadataByMetric;
	targets: TargetDiscovery;
	target_metadata: readonly TargetMetadata[];
	relabel_steps: readonly RelabelStep[];
	scrape_pools: readonly string[];
	/** Whatever is written as it is: a formatted or parsed query, status, rules. */
	data: JsonData;
	/** Features are written as they are read, `>=` and not for HTML. */
	features: JsonData;
}

export type Endpoint = keyof EndpointData;

const ENCODERS: { readonly [E in Endpoint]: (data: EndpointData[E]) => string } = {
	query: instantData,
	query_range: rangeData,
	labels: (texts) => jsonArray(texts.map(htmlSafeText)),
	series: (sets) => jsonArray(sets.map(labelsObject)),
	metadata: metadataData,
	targets: discoveryData,
	target_metadata: targetMetadataData,
	relabel_steps: relabelStepsData,
	scrape_pools: scrapePoolsData,
	data: (data) => jsonData(data),
	features: (data) => jsonData(data, plainText)
};

/** The body that Prometheus would send, byte for byte. */
export function toJson<E extends Endpoint>(
	endpoint: E,
	response: ApiResponse<EndpointData[E]>
): string {
	if (response.status === 'error') {
		return jsonObject([
			['status', '"error"'],
			['errorType', htmlSafeText(response.errorType)],
			['error', htmlSafeText(response.error)]
		]);
	}
	return jsonObject([
		['status', '"success"'],
		['data', ENCODERS[endpoint](response.data)],
		...textList('warnings', response.warnings),
		...textList('infos', response.infos)
	]);
}

const HTTP_STATUS: Readonly<Record<ApiErrorType, number>> = {
	bad_data: 400,
	not_found: 404,
	execution: 422,
	canceled: 499,
	internal: 500,
	unavailable: 500,
	timeout: 503
};

/** The HTTP status that comes with an error (web/api/v1, getDefaultErrorCode). */
export function httpStatus(errorType: ApiErrorType): number {
	return HTTP_STATUS[errorType];
}

function textList(name: string, texts: readonly string[]): [string, string][] {
	return texts.length === 0 ? [] : [[name, jsonArray(texts.map(htmlSafeText))]];
}

function metadataData(byMetric: MetadataByMetric): string {
	const names = Object.keys(byMetric).sort(compareText);
	const entries = names.map(
		(name) => `${htmlSafeText(name)}:${jsonArray((byMetric[name] ?? []).map(metadataObject))}`
	);
	return `{${entries.join(',')}}`;
}

function metadataObject({ type, unit, help }: MetricMetadata): string {
	return jsonObject([
		['type', htmlSafeText(type)],
		['unit', htmlSafeText(unit)],
		['help', htmlSafeText(help)]
	]);
}
