import type { Duration, MetricType } from '#engine/model';

/** What is known about the metrics that a query may speak of. Everything may be missing; then fewer rules can say anything. */
export interface LintContext {
	/** The type of a metric family, by the name its TYPE line has. */
	readonly metricTypes?: ReadonlyMap<string, MetricType>;
	/** The names of all metrics that there are; empty or missing when nothing is known of that. */
	readonly metricNames?: ReadonlySet<string>;
	/** The names of all labels that any series has; empty or missing when nothing is known of that. */
	readonly labelNames?: readonly string[];
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
export function sampleType(name: string, context: LintContext): SampleType {
	const { metricTypes } = context;
	const own = metricTypes?.get(name) ?? metricTypes?.get(name.replace(/_total$/, ''));
	if (own) return ofFamily(own);
	if (isUnknownMetric(name, context)) return 'unknown';
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

/** Metrics that only exist while there is something to tell. */
const COMES_AND_GOES = /^ALERTS(_FOR_STATE)?$/;

/**
 * Whether a name is none of a metric, so far as it is known which there are. One that a TYPE line speaks of may just not have been
 * counted yet.
 */
export function isUnknownMetric(name: string, { metricNames, metricTypes }: LintContext): boolean {
	if (name === '' || !metricNames || metricNames.size === 0 || metricNames.has(name)) return false;
	const family = name.replace(/_(total|bucket|sum|count|created)$/, '');
	return !metricTypes?.has(name) && !metricTypes?.has(family) && !COMES_AND_GOES.test(name);
}
