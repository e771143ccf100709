import { AggregatorRegistry } from './aggregator-registry.ts';
import { aggregators } from './aggregators.ts';
import { exponentialBuckets, linearBuckets } from './buckets.ts';
import {
	validateMetricName,
	type LabelValues,
	type MetricConfiguration,
	type RegistryEnvironment
} from './configuration.ts';
import { Counter as CounterMetric, type CounterConfiguration } from './counter.ts';
import { Enum as EnumMetric, type EnumConfiguration } from './enum.ts';
import { Gauge as GaugeMetric, type GaugeConfiguration } from './gauge.ts';
import { Histogram as HistogramMetric, type HistogramConfiguration } from './histogram.ts';
import { Info as InfoMetric, type InfoConfiguration } from './info.ts';
import { Pushgateway } from './pushgateway.ts';
import {
	OPENMETRICS_CONTENT_TYPE,
	PROMETHEUS_CONTENT_TYPE,
	Registry,
	type RegistryContentType
} from './registry.ts';
import { Summary as SummaryMetric, type SummaryConfiguration } from './summary.ts';

export interface DefaultMetricsConfiguration {
	readonly register?: Registry;
	readonly prefix?: string;
	readonly labels?: LabelValues;
	/** Taken and without effect: no tab has a garbage collector or an event loop that tells of itself. */
	readonly gcDurationBuckets?: readonly number[];
	readonly eventLoopMonitoringPrecision?: number;
}

export interface CollectDefaultMetrics {
	(config?: DefaultMetricsConfiguration | null): void;
	/** The names of all default metrics there are. */
	readonly metricsList: readonly string[];
}

/** What `import … from 'prom-client'` gives to learner code. */
export type PromClientModule = ReturnType<typeof createPromClient>;

/**
 * A module like npm `prom-client`, with a default register of its own: one for each simulated instance of a service.
 * Its timers and windows read the environment's clock, in milliseconds.
 */
export function createPromClient(environment: RegistryEnvironment) {
	const register = new Registry();
	const registersOf = ({ registers }: Pick<MetricConfiguration<string, never>, 'registers'>) =>
		registers ?? [register];
	const startedAt = Math.round(environment.now() / 1000);

	class Counter<T extends string = string> extends CounterMetric<T> {
		constructor(config: CounterConfiguration<T>) {
			super(config, environment, registersOf(Object(config)));
		}
	}
	class Gauge<T extends string = string> extends GaugeMetric<T> {
		constructor(config: GaugeConfiguration<T>) {
			super(config, environment, registersOf(Object(config)));
		}
	}
	class Histogram<T extends string = string> extends HistogramMetric<T> {
		constructor(config: HistogramConfiguration<T>) {
			super(config, environment, registersOf(Object(config)));
		}
	}
	class Summary<T extends string = string> extends SummaryMetric<T> {
		constructor(config: SummaryConfiguration<T>) {
			super(config, environment, registersOf(Object(config)));
		}
	}
	class Info<T extends string = string> extends InfoMetric<T> {
		constructor(config: InfoConfiguration<T>) {
			super(config, environment, registersOf(Object(config)));
		}
	}
	class Enum<T extends string = string> extends EnumMetric<T> {
		constructor(config: EnumConfiguration<T>) {
			super(config, environment, registersOf(Object(config)));
		}
	}

	/** Registers when the process was started. What else prom-client tells of (CPU, memory, handles, garbage) no tab has. */
	function registerDefaultMetrics(config?: DefaultMetricsConfiguration | null): void {
		if (config !== undefined && typeof config !== 'object') {
			throw new TypeError('config must be null, undefined, or an object');
		}
		const { prefix = '', labels = {}, register: target = register } = config ?? {};
		new Gauge({
			name: `${prefix}process_start_time_seconds`,
			help: 'Start time of the process since unix epoch in seconds.',
			registers: [target],
			labelNames: Object.keys(labels),
			aggregator: 'omit',
			collect() {
				this.set(labels, startedAt);
			}
		});
	}

	const collectDefaultMetrics: CollectDefaultMetrics = Object.assign(registerDefaultMetrics, {
		metricsList: ['processStartTime']
	});

	return {
		Counter,
		Gauge,
		Histogram,
		Summary,
		Info,
		Enum,
		Registry,
		AggregatorRegistry,
		aggregators,
		Pushgateway,
		register,
		linearBuckets,
		exponentialBuckets,
		collectDefaultMetrics,
		validateMetricName,
		prometheusContentType: PROMETHEUS_CONTENT_TYPE,
		openMetricsContentType: OPENMETRICS_CONTENT_TYPE,
		get contentType(): RegistryContentType {
			return register.contentType;
		},
		set contentType(contentType: RegistryContentType) {
			register.setContentType(contentType);
		}
	};
}
