/**
 * The registry: where a process counts, measures and observes, and what it shows when it is scraped. A drop-in for the
 * API of npm `prom-client` 15, for learner code in TypeScript; `createPromClient` makes one such module for each
 * simulated instance.
 *
 * A metric is a name and children, one for each set of label values. A child is an object to write to, its numbers are
 * slots of typed arrays, and it keeps the unchanging beginnings of its lines. The text is byte for byte prom-client's.
 *
 * Added, from Python's prometheus_client: Info, Enum, `trackInprogress`, `countExceptions`, `time`. Left out: the cluster
 * mode, the Pushgateway, and default metrics other than process_start_time_seconds, none of which a tab has.
 *
 * Different from prom-client: a series' labels are printed in the order of their first use, also after `gauge.set`; label
 * values with `:` and `,` are never taken for one another; quantiles of a summary beyond some 200 observations depend on chance
 * there and not here; a counter's `labels()` refuses an unknown label at once, not only at `inc`; a metric that
 * could not be made is not registered; children of metrics with exemplars write to their own series.
 */
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
