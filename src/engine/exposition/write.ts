import type { ExposedSample, MetricFamily, MetricType } from '#engine/model';
import { formatValue, linePrefix, openMetricsHeader, textHeader } from './format.ts';

/**
 * The families in the text format 0.0.4. Types that only OpenMetrics knows are written as what they are made of:
 * info and stateset as gauges, an unknown type as untyped.
 */
export function formatText(families: Iterable<MetricFamily>): string {
	let text = '';
	for (const family of families) text += formatTextFamily(family);
	return text;
}

function formatTextFamily(family: MetricFamily): string {
	let text = textHeader(family.name, textType(family.type), family.help);
	for (const sample of family.samples) {
		text += linePrefix(sample.name, sample.labels) + formatValue(sample.value);
		text += sample.timestamp === undefined ? '\n' : ` ${sample.timestamp}\n`;
	}
	return text;
}

function textType(type: MetricType): string {
	if (type === 'info' || type === 'stateset') return 'gauge';
	if (type === 'gaugehistogram') return 'histogram';
	return type === 'unknown' ? 'untyped' : type;
}

/** The families in OpenMetrics 1.0, with its `# EOF`. Names lose the suffix that belongs to the sample, not to the family. */
export function formatOpenMetrics(families: Iterable<MetricFamily>): string {
	let text = '';
	for (const family of families) text += formatOpenMetricsFamily(family);
	return `${text}# EOF\n`;
}

function formatOpenMetricsFamily(family: MetricFamily): string {
	const type = openMetricsType(family);
	const name = openMetricsFamilyName(family.name, type);
	let text = openMetricsHeader(name, type, family.help, family.unit ?? '');
	for (const sample of family.samples) text += formatOpenMetricsSample(sample);
	return text;
}

/** A counter without `_total` would be no valid OpenMetrics: it is unknown, as in common/expfmt/openmetrics_create.go. */
function openMetricsType({ name, type }: MetricFamily): MetricType {
	const isLikeNoCounter = type === 'counter' && !name.endsWith('_total');
	return type === 'untyped' || isLikeNoCounter ? 'unknown' : type;
}

function formatOpenMetricsSample(sample: ExposedSample): string {
	const { name, labels, value, timestamp } = sample;
	const time = timestamp === undefined ? '' : ` ${timestamp / 1000}`;
	return `${linePrefix(name, labels)}${formatValue(value)}${time}\n`;
}

/** In OpenMetrics the family of `x_total` is `x`, the family of `x_info` is `x`. */
export function openMetricsFamilyName(name: string, type: MetricType): string {
	if (type === 'counter') return withoutSuffix(name, '_total');
	if (type === 'info') return withoutSuffix(name, '_info');
	return name;
}

function withoutSuffix(name: string, suffix: string): string {
	return name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}
