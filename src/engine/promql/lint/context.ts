import type { Duration, MetricType } from '#engine/model';

/** What is known about the metrics that a query may speak of. Everything may be missing; then fewer rules can say anything. */
export interface LintContext {
	/** The type of a metric family, by the name its TYPE line has. */
	readonly metricTypes?: ReadonlyMap<string, MetricType>;
	readonly scrapeInterval?: Duration;
	/** Names of the labels that series of a metric have, `__name__` aside; undefined: the metric is not known. */
	readonly labelsOf?: (metric: string) => readonly string[] | undefined;
	/** The values that a label of a metric has. */
	readonly valuesOf?: (metric: string, label: string) => readonly string[] | undefined;
	/** Evaluated over a range of time, as for a graph. */
	readonly isRange?: boolean;
}

/** What the samples of one name are, so far as it is known. */
export type SampleType =
	'counter' | 'gauge' | 'bucket' | 'quantile' | 'histogram' | 'other' | 'unknown';

/**
 * The type of the samples of a name: families give their names to several (`_bucket`, `_sum`, `_count`, `_total`). Without
 * metadata the name's ending decides, where there is a convention.
 */
export function sampleType(name: string, { metricTypes }: LintContext): SampleType {
	const own = metricTypes?.get(name) ?? metricTypes?.get(name.replace(/_total$/, ''));
	if (own) return ofFamily(own);
	const [, family = '', suffix] = /^(.*)_(bucket|sum|count)$/.exec(name) ?? [];
	const type = metricTypes?.get(family);
	if (type === 'gaugehistogram') return 'gauge';
	if (type === 'histogram' || type === 'summary') return suffix === 'bucket' ? 'bucket' : 'counter';
	if (suffix === 'bucket') return 'bucket';
	return name.endsWith('_total') ? 'counter' : 'unknown';
}

function ofFamily(type: MetricType): SampleType {
	switch (type) {
		case 'counter':
		case 'gauge':
		case 'histogram':
			return type;
		case 'summary':
			return 'quantile';
		case 'untyped':
		case 'unknown':
			return 'unknown';
		default:
			return 'other';
	}
}
