import type { Timestamp } from '#engine/model';
import { inspect } from './inspect.ts';
import type { Registry } from './registry.ts';

/** Values for some or all of a metric's labels. */
export type LabelValues<T extends string = string> = Partial<Record<T, string | number>>;

/** How prom-client's cluster mode would combine a metric. Kept and reported, never acted on: there is no cluster here. */
export type Aggregator = 'omit' | 'sum' | 'first' | 'min' | 'max' | 'average';

/** What a registry asks of the world around it. */
export interface RegistryEnvironment {
	/** The moment that timers, `setToCurrentTime`, exemplars and the windows of summaries read. */
	now(): Timestamp;
	/** May throw to refuse a label value, when a new series is about to be made with it. */
	checkLabelValue?(metric: string, label: string, value: string): void;
}

export interface MetricConfiguration<T extends string, Self> {
	readonly name: string;
	readonly help: string;
	readonly labelNames?: readonly T[];
	/** Where the metric is registered; without it, in the default register; `[]` registers it nowhere. */
	readonly registers?: readonly Registry[];
	readonly aggregator?: Aggregator;
	/** Called before each exposition, to bring the values up to date. */
	readonly collect?: (this: Self) => void | Promise<void>;
	/** Takes exemplars; only in registries of OpenMetrics. */
	readonly enableExemplars?: boolean;
}

const METRIC_NAME_PATTERN = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME_PATTERN = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Whether prom-client takes a name for a metric: the classic alphabet, not the UTF-8 names of Prometheus 3. */
export function validateMetricName(name: string): boolean {
	return METRIC_NAME_PATTERN.test(name);
}

/** Throws what prom-client throws, in its order, for a configuration that cannot be a metric. */
export function checkConfiguration(config: unknown): void {
	if (typeof config !== 'object' || config === null) {
		throw new TypeError('constructor expected a config object');
	}
	const { name, help, labelNames, collect } = config as Partial<
		MetricConfiguration<string, unknown>
	>;
	if (!help) throw new Error('Missing mandatory help parameter');
	// prom-client lets it pass and fails when /metrics is made, far from the mistake.
	if (typeof help !== 'string') throw new TypeError(`The help of ${name} must be a text`);
	if (!name) throw new Error('Missing mandatory name parameter');
	if (!validateMetricName(name)) throw new Error('Invalid metric name');
	if (!(labelNames ?? []).every((label) => LABEL_NAME_PATTERN.test(label))) {
		throw new Error('Invalid label name');
	}
	if (collect && typeof collect !== 'function') {
		throw new Error('Optional "collect" parameter must be a function');
	}
}

/** Throws when `labels` has a name that the metric was not declared with. */
export function checkLabelNames(names: readonly string[], labels: object): void {
	for (const label in labels) {
		if (!names.includes(label)) {
			throw new Error(
				`Added label "${label}" is not included in initial labelset: ${inspect(names)}`
			);
		}
	}
}

/** Throws unless there is one value for each label name. */
export function checkLabelCount(names: readonly string[], values: readonly unknown[]): void {
	if (names.length === values.length) return;
	throw new Error(
		`Invalid number of arguments (${values.length}): "${values.join(', ')}" for label names (${names.length}): "${names.join(', ')}".`
	);
}
