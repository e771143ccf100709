/**
 * The registry: where a process counts, measures and observes, and what it shows when it is scraped. A drop-in for the
 * API of npm `prom-client` 15, for learner code in TypeScript; `createPromClient` makes one such module for each
 * simulated instance.
 *
 * A metric is a name and children, one for each set of label values. A child is an object to write to, its numbers are
 * slots of typed arrays, and it keeps the unchanging beginnings of its lines. The text is byte for byte prom-client's.
 *
 * Added, from Python's prometheus_client: Info, Enum, `trackInprogress`, `countExceptions`, `time`. Wrong use throws
 * prom-client's words, followed by what to do about it. Left out on purpose: `ABSENT`, below.
 *
 * Different from prom-client, each run on both by a test. Where metrics are written to: a series' labels are printed in
 * the order of their first use, also after `gauge.set`; label values with `:` and `,` are never taken for one another; a
 * counter's `labels()` refuses an unknown label at once, not only at `inc`; children of metrics with exemplars write to
 * their own series, and such metrics refuse anything but an object of labels, value and exemplarLabels; the methods of a
 * series are called on it, and not taken off. Where they are declared: what would fail at the scrape or be exposed as
 * nonsense is refused at once (unsorted buckets, percentiles above 1, a window without length, texts for numbers, a name
 * twice); a metric that could not be made is not registered. In registers: a page of OpenMetrics renames no counter,
 * `getMetricsAsJSON` writes no default labels into series, and what is aggregated without an aggregator is summed up, as
 * prom-client's documentation says. And in figures: quantiles of a summary beyond some 200 observations depend on chance
 * there and not here, and a timer's seconds are rounded once, there twice.
 */

/** What prom-client declares and this registry does not do, with the reason. */
export const ABSENT: Readonly<Record<string, string>> = {
	Pushgateway: 'a tab has no network to push to; its constructor says so',
	MetricType: 'an enum of the type definitions alone; prom-client has none when a program runs',
	'DefaultMetricsCollectorConfiguration.gcDurationBuckets':
		'taken and without effect: of the default metrics there is process_start_time_seconds, which a tab can tell',
	'DefaultMetricsCollectorConfiguration.eventLoopMonitoringPrecision':
		'taken and without effect, as above'
};

export {
	createPromClient,
	type PromClientModule,
	type DefaultMetricsConfiguration,
	type CollectDefaultMetrics
} from './client.ts';
export type {
	Aggregator,
	LabelValues,
	MetricConfiguration,
	RegistryEnvironment
} from './configuration.ts';
export type { Counter, CounterConfiguration, IncreaseWithExemplar } from './counter.ts';
export type { Gauge, GaugeConfiguration } from './gauge.ts';
export type { Histogram, HistogramConfiguration, ObservationWithExemplar } from './histogram.ts';
export type { Summary, SummaryConfiguration } from './summary.ts';
export type { Info, InfoConfiguration } from './info.ts';
export type { Enum, EnumConfiguration } from './enum.ts';
export type { Exemplar } from './exemplar.ts';
export type { Metric, MetricObject, MetricValue } from './metric.ts';
export { Registry, type RegisteredMetric, type RegistryContentType } from './registry.ts';
