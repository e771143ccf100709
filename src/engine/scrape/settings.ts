import {
	DEFAULT_GLOBAL,
	DEFAULT_SCRAPE_PROTOCOLS,
	NO_LIMITS,
	type ScrapeConfig
} from './config/config.ts';

/** What a job says of how its targets are scraped, apart from what may be told of each by itself. */
export type ScrapeSettings = Pick<
	ScrapeConfig,
	| 'honorLabels'
	| 'honorTimestamps'
	| 'trackTimestampsStaleness'
	| 'scrapeProtocols'
	| 'fallbackScrapeProtocol'
	| 'bodySizeLimit'
	| 'sampleLimit'
	| 'labelLimit'
	| 'labelNameLengthLimit'
	| 'labelValueLengthLimit'
	| 'nativeHistogramBucketLimit'
	| 'metricNameValidationScheme'
	| 'metricNameEscapingScheme'
	| 'extraScrapeMetrics'
	| 'metricRelabelConfigs'
>;

/** What a job says that says nothing (config/config.go, DefaultScrapeConfig). */
export const DEFAULT_SETTINGS: ScrapeSettings = {
	...NO_LIMITS,
	honorLabels: false,
	honorTimestamps: true,
	trackTimestampsStaleness: false,
	scrapeProtocols: DEFAULT_SCRAPE_PROTOCOLS,
	fallbackScrapeProtocol: '',
	nativeHistogramBucketLimit: 0,
	metricNameValidationScheme: 'utf8',
	metricNameEscapingScheme: 'allow-utf-8',
	extraScrapeMetrics: DEFAULT_GLOBAL.extraScrapeMetrics,
	metricRelabelConfigs: []
};
