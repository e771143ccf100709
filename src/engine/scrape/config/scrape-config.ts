import { quote } from '#engine/model';
import { listType, mapType } from './collection-types.ts';
import {
	NO_LIMITS,
	type NameValidationScheme,
	type ScrapeConfig,
	type StaticConfig
} from './config.ts';
import { nullable, placeOf, refuse, type Decoder, type Type, type ValueNode } from './decode.ts';
import { LIMIT_FIELDS } from './limits.ts';
import { RULES, type RawRule } from './relabel-config.ts';
import { BOOLEAN, DURATION, FLOAT, TEXT, UNSIGNED, VALIDATION_SCHEME } from './scalar-types.ts';
import { SCRAPE_PROTOCOL, SCRAPE_PROTOCOL_LIST } from './scrape-protocols.ts';
import { STATIC_CONFIGS } from './static-config.ts';
import { readStruct, type StructOptions } from './struct.ts';
import { UNUSED_IN_SCRAPE_CONFIG } from './unused-fields.ts';

/** A scrape config as it is written: null, zero or empty where `global` decides. */
export interface RawScrapeConfig extends Omit<
	ScrapeConfig,
	| 'params'
	| 'scrapeProtocols'
	| 'fallbackScrapeProtocol'
	| 'scrapeNativeHistograms'
	| 'alwaysScrapeClassicHistograms'
	| 'convertClassicHistogramsToNhcb'
	| 'metricNameValidationScheme'
	| 'metricNameEscapingScheme'
	| 'extraScrapeMetrics'
	| 'relabelConfigs'
	| 'metricRelabelConfigs'
	| 'staticConfigs'
> {
	readonly params: ReadonlyMap<string, readonly string[] | null> | null;
	readonly scrapeProtocols: readonly string[] | null;
	readonly fallbackScrapeProtocol: string;
	readonly scrapeNativeHistograms: boolean | null;
	readonly alwaysScrapeClassicHistograms: boolean | null;
	readonly convertClassicHistogramsToNhcb: boolean | null;
	readonly metricNameValidationScheme: NameValidationScheme | '';
	readonly metricNameEscapingScheme: string;
	readonly extraScrapeMetrics: boolean | null;
	readonly relabelConfigs: readonly (RawRule | null)[] | null;
	readonly metricRelabelConfigs: readonly (RawRule | null)[] | null;
	readonly staticConfigs: readonly (StaticConfig | null)[] | null;
}

const STRUCT: StructOptions<RawScrapeConfig> = {
	name: 'config.ScrapeConfig',
	fields: {
		...LIMIT_FIELDS,
		jobName: ['job_name', TEXT],
		honorLabels: ['honor_labels', BOOLEAN],
		honorTimestamps: ['honor_timestamps', BOOLEAN],
		trackTimestampsStaleness: ['track_timestamps_staleness', BOOLEAN],
		params: ['params', mapType('url.Values', TEXT, listType('[]string', TEXT))],
		scrapeInterval: ['scrape_interval', DURATION],
		scrapeTimeout: ['scrape_timeout', DURATION],
		scrapeProtocols: ['scrape_protocols', SCRAPE_PROTOCOL_LIST],
		fallbackScrapeProtocol: ['fallback_scrape_protocol', SCRAPE_PROTOCOL],
		scrapeNativeHistograms: ['scrape_native_histograms', nullable(BOOLEAN)],
		alwaysScrapeClassicHistograms: ['always_scrape_classic_histograms', nullable(BOOLEAN)],
		convertClassicHistogramsToNhcb: ['convert_classic_histograms_to_nhcb', nullable(BOOLEAN)],
		metricsPath: ['metrics_path', TEXT],
		scheme: ['scheme', TEXT],
		enableCompression: ['enable_compression', BOOLEAN],
		nativeHistogramBucketLimit: ['native_histogram_bucket_limit', UNSIGNED],
		nativeHistogramMinBucketFactor: ['native_histogram_min_bucket_factor', FLOAT],
		metricNameValidationScheme: ['metric_name_validation_scheme', VALIDATION_SCHEME],
		metricNameEscapingScheme: ['metric_name_escaping_scheme', TEXT],
		extraScrapeMetrics: ['extra_scrape_metrics', nullable(BOOLEAN)],
		followRedirects: ['follow_redirects', BOOLEAN],
		enableHttp2: ['enable_http2', BOOLEAN],
		relabelConfigs: ['relabel_configs', RULES],
		metricRelabelConfigs: ['metric_relabel_configs', RULES],
		staticConfigs: ['static_configs', STATIC_CONFIGS]
	},
	unused: UNUSED_IN_SCRAPE_CONFIG
};

/** What holds for what is not given (config/config.go, DefaultScrapeConfig). */
const DEFAULTS: RawScrapeConfig = {
	...NO_LIMITS,
	jobName: '',
	honorLabels: false,
	honorTimestamps: true,
	trackTimestampsStaleness: false,
	params: null,
	scrapeInterval: 0,
	scrapeTimeout: 0,
	scrapeProtocols: null,
	fallbackScrapeProtocol: '',
	scrapeNativeHistograms: null,
	alwaysScrapeClassicHistograms: null,
	convertClassicHistogramsToNhcb: null,
	metricsPath: '/metrics',
	scheme: 'http',
	enableCompression: true,
	nativeHistogramBucketLimit: 0,
	nativeHistogramMinBucketFactor: 0,
	metricNameValidationScheme: '',
	metricNameEscapingScheme: '',
	extraScrapeMetrics: null,
	followRedirects: true,
	enableHttp2: true,
	relabelConfigs: null,
	metricRelabelConfigs: null,
	staticConfigs: null
};

/** One scrape config (config/config.go, ScrapeConfig.UnmarshalYAML); null where there is none. */
const SCRAPE_CONFIG: Type<RawScrapeConfig | null> = {
	name: STRUCT.name,
	zero: null,
	read(decoder, node) {
		const raw = readStruct(decoder, node, DEFAULTS, STRUCT);
		if (!raw) return undefined;
		const before = decoder.failures;
		checkScrapeConfig(decoder, node, raw);
		return decoder.failures > before ? undefined : raw;
	}
};

export const SCRAPE_CONFIGS = listType('[]*config.ScrapeConfig', SCRAPE_CONFIG);

function checkScrapeConfig(decoder: Decoder, node: ValueNode, raw: RawScrapeConfig): void {
	const { staticConfigs, relabelConfigs, metricRelabelConfigs } = raw;
	checkEach(decoder, staticConfigs, 'empty or null section in static_configs');
	if (raw.jobName === '') {
		refuse(decoder, placeOf(decoder, raw, 'jobName') ?? node, 'job_name is empty');
	}
	// What has rules may make an address of anything.
	if (!relabelConfigs?.length) checkAddresses(decoder, node, staticConfigs ?? []);
	checkEach(decoder, relabelConfigs, 'empty or null target relabeling rule in scrape config');
	checkEach(decoder, metricRelabelConfigs, 'empty or null metric relabeling rule in scrape config');
}

/** Says of each null in a list what it should have been. */
function checkEach(decoder: Decoder, list: readonly unknown[] | null, message: string): void {
	for (const [i, one] of (list ?? []).entries()) {
		const node = list && placeOf(decoder, list, String(i));
		if (one === null && node) refuse(decoder, node, message);
	}
}

/** People write URLs where an address should be (config/config.go, CheckTargetAddress). */
function checkAddresses(
	decoder: Decoder,
	node: ValueNode,
	configs: readonly (StaticConfig | null)[]
): void {
	for (const { targets } of configs.filter((config) => config !== null)) {
		for (const [i, target] of targets.entries()) {
			if (!target.includes('/')) continue;
			const place = placeOf(decoder, targets, String(i)) ?? node;
			refuse(decoder, place, `${quote(target)} is not a valid hostname`);
		}
	}
}
