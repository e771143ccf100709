import type { Choice } from './choice.ts';

/** What Prometheus does to samples before it stores them: nothing, drops the expensive label, or drops every series that has it. */
export type Relabel = 'none' | 'labeldrop' | 'drop';

/** What a prometheus.yml says of the shop: whom it scrapes, how often, how long it waits, and what it refuses. A limit of 0 is none. */
export interface Limits {
	readonly instances: number;
	/** Seconds. */
	readonly interval: number;
	/** Seconds, at the most the interval: Prometheus takes no other. */
	readonly timeout: number;
	readonly sampleLimit: number;
	readonly labelValueLengthLimit: number;
	/** Bytes. */
	readonly bodySizeLimit: number;
	readonly relabel: Relabel;
}

/** `scrape_timeout` is 2 s in this lab, so that a page which a tab can hold can be too big; Prometheus' own default is 10 s. */
export const DEFAULT_LIMITS: Limits = {
	instances: 1,
	interval: 15,
	timeout: 2,
	sampleLimit: 0,
	labelValueLengthLimit: 0,
	bodySizeLimit: 0,
	relabel: 'none'
};

/** The prometheus.yml of the lab. A limit of 0 is not written, and neither is relabelling without a label to lose. */
export function configText(limits: Limits, { label, kind }: Choice): string {
	const hasLabel = label !== 'none' && label !== 'log';
	const targets = Array.from({ length: limits.instances }, (_, i) => `shop-${i + 1}:8000`);
	return [
		'global:',
		`  scrape_interval: ${limits.interval}s`,
		`  scrape_timeout: ${limits.timeout}s`,
		'',
		'scrape_configs:',
		'  - job_name: shop',
		...given('sample_limit', limits.sampleLimit),
		...given('label_value_length_limit', limits.labelValueLengthLimit),
		...(limits.bodySizeLimit > 0 ? [`    body_size_limit: ${limits.bodySizeLimit}B`] : []),
		...(kind === 'native' ? ['    convert_classic_histograms_to_nhcb: true'] : []),
		...(hasLabel ? relabelLines(limits.relabel, label) : []),
		'    static_configs:',
		`      - targets: [${targets.join(', ')}]`,
		''
	].join('\n');
}

function given(name: string, value: number): string[] {
	return value > 0 ? [`    ${name}: ${value}`] : [];
}

function relabelLines(relabel: Relabel, label: string): string[] {
	if (relabel === 'none') return [];
	const rule =
		relabel === 'labeldrop'
			? [`      - regex: ${label}`, '        action: labeldrop']
			: [`      - source_labels: [${label}]`, '        regex: .+', '        action: drop'];
	return ['    metric_relabel_configs:', ...rule];
}
