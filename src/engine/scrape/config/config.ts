import type { EscapingScheme } from '#engine/exposition';
import type { Duration } from '#engine/model';
import type { RelabelRule } from '../relabel/rule.ts';

/**
 * A `prometheus.yml` as plain data, with all that was left out filled in (config/config.go). Durations are in milliseconds, sizes in
 * bytes; a limit of 0 is none. What means nothing in a browser tab is not in it.
 */
export interface Config {
	readonly global: GlobalConfig;
	/** Paths and patterns, as they are written. */
	readonly ruleFiles: readonly string[];
	readonly scrapeConfigs: readonly ScrapeConfig[];
}

/** Names and values, sorted by name. A value may be empty, which is as good as no label. */
export type LabelPairs = readonly (readonly [name: string, value: string])[];

/** What a scrape may bring at most (config/config.go, GlobalConfig). */
export interface ScrapeLimits {
	/** Bytes of the page, uncompressed. */
	readonly bodySizeLimit: number;
	/** Samples after metric_relabel_configs. */
	readonly sampleLimit: number;
	/** Targets after relabel_configs. */
	readonly targetLimit: number;
	readonly labelLimit: number;
	readonly labelNameLengthLimit: number;
	readonly labelValueLengthLimit: number;
	/** How many dropped targets are remembered. */
	readonly keepDroppedTargets: number;
}

export interface GlobalConfig extends ScrapeLimits {
	readonly scrapeInterval: Duration;
	readonly scrapeTimeout: Duration;
	/** Null where none are set: then each job has the default ones. */
	readonly scrapeProtocols: readonly ScrapeProtocol[] | null;
	readonly evaluationInterval: Duration;
	readonly ruleQueryOffset: Duration;
	/** References to the environment, `${NAME}`, are empty: a browser tab has none. */
	readonly externalLabels: LabelPairs;
	readonly metricNameValidationScheme: NameValidationScheme;
	/** As it is written; empty where it is not. */
	readonly metricNameEscapingScheme: string;
	readonly scrapeNativeHistograms: boolean;
	readonly convertClassicHistogramsToNhcb: boolean;
	readonly alwaysScrapeClassicHistograms: boolean;
	readonly extraScrapeMetrics: boolean;
}

export interface ScrapeConfig extends ScrapeLimits {
	readonly jobName: string;
	readonly honorLabels: boolean;
	readonly honorTimestamps: boolean;
	readonly trackTimestampsStaleness: boolean;
	/** What a scrape asks for in the URL, sorted by name. */
	readonly params: readonly (readonly [name: string, values: readonly string[]])[];
	readonly scrapeInterval: Duration;
	readonly scrapeTimeout: Duration;
	/** What a target may answer with, best first. */
	readonly scrapeProtocols: readonly ScrapeProtocol[];
	/** What a page without a usable Content-Type is read as; empty for refusing it. */
	readonly fallbackScrapeProtocol: ScrapeProtocol | '';
	readonly scrapeNativeHistograms: boolean;
	readonly alwaysScrapeClassicHistograms: boolean;
	readonly convertClassicHistogramsToNhcb: boolean;
	readonly metricsPath: string;
	readonly scheme: string;
	readonly enableCompression: boolean;
	readonly nativeHistogramBucketLimit: number;
	readonly nativeHistogramMinBucketFactor: number;
	readonly metricNameValidationScheme: NameValidationScheme;
	readonly metricNameEscapingScheme: EscapingScheme;
	readonly extraScrapeMetrics: boolean;
	readonly followRedirects: boolean;
	readonly enableHttp2: boolean;
	readonly relabelConfigs: readonly RelabelRule[];
	readonly metricRelabelConfigs: readonly RelabelRule[];
	readonly staticConfigs: readonly StaticConfig[];
}

/** Targets that are named one by one (discovery/targetgroup). */
export interface StaticConfig {
	/** Host and port. */
	readonly targets: readonly string[];
	readonly labels: LabelPairs;
}

export type NameValidationScheme = 'legacy' | 'utf8';

export type ScrapeProtocol = (typeof SCRAPE_PROTOCOLS)[number];

/** All that Prometheus knows, in the order of the alphabet. */
export const SCRAPE_PROTOCOLS = [
	'OpenMetricsText0.0.1',
	'OpenMetricsText1.0.0',
	'PrometheusProto',
	'PrometheusText0.0.4',
	'PrometheusText1.0.0'
] as const;

export const DEFAULT_SCRAPE_PROTOCOLS: readonly ScrapeProtocol[] = [
	'OpenMetricsText1.0.0',
	'OpenMetricsText0.0.1',
	'PrometheusText1.0.0',
	'PrometheusText0.0.4'
];

/** With native histograms, which only protobuf shows. */
export const PROTO_FIRST_SCRAPE_PROTOCOLS: readonly ScrapeProtocol[] = [
	'PrometheusProto',
	...DEFAULT_SCRAPE_PROTOCOLS
];

export const NO_LIMITS: ScrapeLimits = {
	bodySizeLimit: 0,
	sampleLimit: 0,
	targetLimit: 0,
	labelLimit: 0,
	labelNameLengthLimit: 0,
	labelValueLengthLimit: 0,
	keepDroppedTargets: 0
};

/** What holds where there is no `global` at all (config/config.go, DefaultGlobalConfig). */
export const DEFAULT_GLOBAL: GlobalConfig = {
	...NO_LIMITS,
	scrapeInterval: 60_000,
	scrapeTimeout: 10_000,
	scrapeProtocols: null,
	evaluationInterval: 60_000,
	ruleQueryOffset: 0,
	externalLabels: [],
	metricNameValidationScheme: 'utf8',
	metricNameEscapingScheme: 'allow-utf-8',
	scrapeNativeHistograms: false,
	convertClassicHistogramsToNhcb: false,
	alwaysScrapeClassicHistograms: false,
	extraScrapeMetrics: false
};
