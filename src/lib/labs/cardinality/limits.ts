import type { MetricKind } from './choice.ts';

/** What a prometheus.yml may refuse, and how long it waits. 0 is no limit. */
export interface Limits {
	/** Seconds. */
	readonly timeout: number;
	readonly sampleLimit: number;
	readonly labelValueLengthLimit: number;
	/** Bytes. */
	readonly bodySizeLimit: number;
}

/** `scrape_timeout` is 2 s in this lab, so that a page which a tab can hold can be too big; Prometheus' own default is 10 s. */
export const DEFAULT_LIMITS: Limits = {
	timeout: 2,
	sampleLimit: 0,
	labelValueLengthLimit: 0,
	bodySizeLimit: 0
};

export const SCRAPE_INTERVAL = 15;

/** The prometheus.yml of the lab. A limit of 0 is not written. */
export function configText(limits: Limits, kind: MetricKind): string {
	return [
		'global:',
		`  scrape_interval: ${SCRAPE_INTERVAL}s`,
		`  scrape_timeout: ${limits.timeout}s`,
		'',
		'scrape_configs:',
		'  - job_name: shop',
		...given('sample_limit', limits.sampleLimit),
		...given('label_value_length_limit', limits.labelValueLengthLimit),
		...(limits.bodySizeLimit > 0 ? [`    body_size_limit: ${limits.bodySizeLimit}B`] : []),
		...(kind === 'native' ? ['    convert_classic_histograms_to_nhcb: true'] : []),
		'    static_configs:',
		'      - targets: [shop-1:8000]',
		''
	].join('\n');
}

function given(name: string, value: number): string[] {
	return value > 0 ? [`    ${name}: ${value}`] : [];
}
