import { formatDuration, formatG } from '#engine/model';
import type { RelabelRule } from '../relabel/rule.ts';
import { formatByteSize } from './byte-size.ts';
import type {
	Config,
	GlobalConfig,
	LabelPairs,
	ScrapeConfig,
	ScrapeLimits,
	StaticConfig
} from './config.ts';
import { emitYaml, type YamlMapping, type YamlValue } from './emit-yaml.ts';
import { compareKeys } from './key-order.ts';

type Entry = readonly [key: string, value: YamlValue];

/**
 * The configuration as Prometheus prints it with all that it filled in, which is what `/api/v1/status/config` answers (config/config.go,
 * String). What a tab does not use stands there as Prometheus has it when nothing is said.
 */
export function formatScrapeConfig({ global, ruleFiles, scrapeConfigs }: Config): string {
	return emitYaml({
		mapping: [
			['global', { mapping: globalEntries(global) }],
			['runtime', { mapping: [['gogc', 75]] }],
			...listed('rule_files', ruleFiles),
			...listed('scrape_configs', scrapeConfigs.map(scrapeConfigMapping)),
			['storage', STORAGE],
			['otlp', OTLP]
		]
	});
}

const STORAGE: YamlMapping = {
	mapping: [
		[
			'tsdb',
			{
				mapping: [
					['outofordertimewindow', 0],
					['retention', { mapping: [] }]
				]
			}
		]
	]
};

const OTLP: YamlMapping = {
	mapping: [
		['translation_strategy', 'UnderscoreEscapingWithSuffixes'],
		['label_name_underscore_sanitization', true],
		['label_name_preserve_multiple_underscores', true]
	]
};

function globalEntries(global: GlobalConfig): Entry[] {
	return [
		...duration('scrape_interval', global.scrapeInterval),
		...duration('scrape_timeout', global.scrapeTimeout),
		...listed('scrape_protocols', global.scrapeProtocols ?? []),
		...duration('evaluation_interval', global.evaluationInterval),
		...duration('rule_query_offset', global.ruleQueryOffset),
		...labelEntries('external_labels', global.externalLabels),
		...limitEntries(global),
		...keepDroppedTargets(global),
		...given('metric_name_validation_scheme', global.metricNameValidationScheme),
		...given('metric_name_escaping_scheme', global.metricNameEscapingScheme),
		['scrape_native_histograms', global.scrapeNativeHistograms],
		...given('convert_classic_histograms_to_nhcb', global.convertClassicHistogramsToNhcb),
		...given('always_scrape_classic_histograms', global.alwaysScrapeClassicHistograms),
		['extra_scrape_metrics', global.extraScrapeMetrics]
	];
}

function scrapeConfigMapping(config: ScrapeConfig): YamlMapping {
	return {
		mapping: [
			['job_name', config.jobName],
			...given('honor_labels', config.honorLabels),
			['honor_timestamps', config.honorTimestamps],
			['track_timestamps_staleness', config.trackTimestampsStaleness],
			...paramEntries(config.params),
			...duration('scrape_interval', config.scrapeInterval),
			...duration('scrape_timeout', config.scrapeTimeout),
			...listed('scrape_protocols', config.scrapeProtocols),
			...given('fallback_scrape_protocol', config.fallbackScrapeProtocol),
			['scrape_native_histograms', config.scrapeNativeHistograms],
			['always_scrape_classic_histograms', config.alwaysScrapeClassicHistograms],
			['convert_classic_histograms_to_nhcb', config.convertClassicHistogramsToNhcb],
			...given('metrics_path', config.metricsPath),
			...given('scheme', config.scheme),
			['enable_compression', config.enableCompression],
			...limitEntries(config),
			...given('native_histogram_bucket_limit', config.nativeHistogramBucketLimit),
			...bucketFactor(config.nativeHistogramMinBucketFactor),
			...keepDroppedTargets(config),
			...given('metric_name_validation_scheme', config.metricNameValidationScheme),
			...given('metric_name_escaping_scheme', config.metricNameEscapingScheme),
			['extra_scrape_metrics', config.extraScrapeMetrics],
			['follow_redirects', config.followRedirects],
			['enable_http2', config.enableHttp2],
			...listed('relabel_configs', config.relabelConfigs.map(ruleMapping)),
			...listed('metric_relabel_configs', config.metricRelabelConfigs.map(ruleMapping)),
			...listed('static_configs', config.staticConfigs.map(staticMapping))
		]
	};
}

function limitEntries(limits: ScrapeLimits): Entry[] {
	return [
		...given('body_size_limit', limits.bodySizeLimit && formatByteSize(limits.bodySizeLimit)),
		...given('sample_limit', limits.sampleLimit),
		...given('target_limit', limits.targetLimit),
		...given('label_limit', limits.labelLimit),
		...given('label_name_length_limit', limits.labelNameLengthLimit),
		...given('label_value_length_limit', limits.labelValueLengthLimit)
	];
}

function keepDroppedTargets({ keepDroppedTargets }: ScrapeLimits): Entry[] {
	return given('keep_dropped_targets', keepDroppedTargets);
}

function bucketFactor(factor: number): Entry[] {
	if (factor === 0) return [];
	const special = Number.isNaN(factor) ? '.nan' : factor === Infinity ? '.inf' : '-.inf';
	const text = Number.isFinite(factor) ? formatG(factor) : special;
	return [['native_histogram_min_bucket_factor', { bare: text }]];
}

function paramEntries(params: ScrapeConfig['params']): Entry[] {
	if (params.length === 0) return [];
	const mapping = inKeyOrder(params).map(([name, list]): Entry => [name, { list }]);
	return [['params', { mapping }]];
}

function ruleMapping(rule: RelabelRule): YamlMapping {
	const { sourceLabels = [], regex } = rule;
	return {
		mapping: [
			...(sourceLabels.length > 0 ? [['source_labels', { flow: sourceLabels }] as const] : []),
			['separator', rule.separator],
			...(regex === undefined ? [] : [['regex', regex] as const]),
			...given('modulus', rule.modulus),
			...given('target_label', rule.targetLabel),
			['replacement', rule.replacement],
			['action', rule.action]
		]
	};
}

function staticMapping({ targets, labels }: StaticConfig): YamlMapping {
	return { mapping: [['targets', { list: targets }], ...labelEntries('labels', labels)] };
}

function labelEntries(key: string, labels: LabelPairs): Entry[] {
	return labels.length === 0 ? [] : [[key, { mapping: inKeyOrder(labels) }]];
}

/** Go leaves out what is empty, zero or false where the field says `omitempty`. */
function given(key: string, value: string | number | boolean): Entry[] {
	return value === '' || value === 0 || value === false ? [] : [[key, value]];
}

function listed(key: string, list: readonly YamlValue[]): Entry[] {
	return list.length === 0 ? [] : [[key, { list }]];
}

function duration(key: string, value: number): Entry[] {
	return value === 0 ? [] : [[key, formatDuration(value)]];
}

function inKeyOrder<T>(pairs: readonly (readonly [string, T])[]): (readonly [string, T])[] {
	return [...pairs].sort(([a], [b]) => compareKeys(a, b));
}
