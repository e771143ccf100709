import type { Timestamp } from '#engine/model';
import { format, inspect } from './inspect.ts';
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

/**
 * Throws for a configuration that cannot be a metric: prom-client's words in prom-client's order, and what to do.
 * What it would let pass, and fail at or expose as nonsense later, is refused here too.
 */
export function checkConfiguration(config: unknown): void {
	if (typeof config !== 'object' || config === null) {
		throw new TypeError('constructor expected a config object: { name, help }');
	}
	const { name, help, labelNames, collect } = config as Record<string, unknown>;
	if (!help) {
		throw new Error(
			`Missing mandatory help parameter. Say what ${format(name)} measures: { help: '…' }`
		);
	}
	if (typeof help !== 'string') throw new TypeError(`The help of ${format(name)} must be a text`);
	if (!name) throw new Error("Missing mandatory name parameter: { name: 'requests_total' }");
	if (typeof name !== 'string' || !validateMetricName(name)) {
		throw new Error(`Invalid metric name: ${inspect(name)} is not made of ${LETTERS}, _ and :`);
	}
	checkDeclaredLabels(labelNames ?? [], name);
	if (collect && typeof collect !== 'function') {
		throw new Error('Optional "collect" parameter must be a function');
	}
}

const LETTERS = 'a-z, A-Z, 0-9 (not first)';

function checkDeclaredLabels(labelNames: unknown, metric: string): void {
	if (!Array.isArray(labelNames)) {
		throw new TypeError(`The labelNames of ${metric} must be an array: { labelNames: ['method'] }`);
	}
	labelNames.forEach(checkLabelName);
	const again = labelNames.find((name, i) => labelNames.indexOf(name) !== i) as string | undefined;
	if (again !== undefined) throw new Error(`Invalid label name: ${inspect(again)} is there twice`);
}

/** Throws for what cannot be the name of a label. */
export function checkLabelName(name: unknown): void {
	if (typeof name === 'string' && LABEL_NAME_PATTERN.test(name)) return;
	throw new Error(`Invalid label name: ${inspect(name)} is not made of ${LETTERS} and _`);
}

/** Throws when `labels` has a name that the metric was not declared with. */
export function checkLabelNames(metric: string, names: readonly string[], labels: object): void {
	for (const label in labels) {
		if (names.includes(label)) continue;
		const known = `Added label "${label}" is not included in initial labelset: ${inspect(names)}`;
		throw new Error(`${known}. Leave it out, or declare it in the labelNames of ${metric}`);
	}
}

/** Throws unless there is one value for each label name. */
export function checkLabelCount(names: readonly string[], values: readonly unknown[]): void {
	if (names.length === values.length) return;
	// As Array.join writes them, which stumbles over a symbol.
	const texts = values.map((value) => String(value ?? ''));
	throw new Error(
		`Invalid number of arguments (${values.length}): "${texts.join(', ')}" for label names (${names.length}): "${names.join(', ')}".`
	);
}
