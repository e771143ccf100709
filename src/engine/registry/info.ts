import {
	checkLabelName,
	type LabelValues,
	type MetricConfiguration,
	type RegistryEnvironment
} from './configuration.ts';
import { Child, type SampleShape } from './child.ts';
import { Metric } from './metric.ts';
import type { Registry } from './registry.ts';

export type InfoConfiguration<T extends string = string> = MetricConfiguration<T, Info<T>>;

const SHAPES: readonly SampleShape[] = [{ suffix: '_info' }];

export class InfoChild extends Child {
	readonly #metric: Info;
	#facts: LabelValues = {};

	constructor(metric: Info, labels: LabelValues) {
		super(labels);
		this.#metric = metric;
	}

	/** Replaces what is told. Throws when a fact has the name of one of the metric's labels. */
	info(facts: LabelValues): void {
		this.#metric.checkFacts(facts);
		if (!this.live) return this.#metric.enter(this).info(facts);
		this.#facts = { ...facts };
		this.changed();
	}

	override get exposedLabels(): LabelValues {
		return { ...this.labels, ...this.#facts };
	}

	override begin(): void {}

	override end(): void {
		this.#facts = {};
		this.changed();
	}

	override read(values: Float64Array): void {
		values[0] = 1;
	}
}

/**
 * Facts about a process that are texts, such as its version: labels of a series whose value is always 1.
 * From Python's prometheus_client; prom-client has a gauge set to 1 for it.
 */
export class Info<T extends string = string> extends Metric<InfoChild> {
	override readonly type = 'info';
	protected override readonly shapes = SHAPES;

	constructor(
		config: InfoConfiguration<T>,
		environment: RegistryEnvironment,
		registers: readonly Registry[]
	) {
		super(withoutSuffix(config), environment);
		this.open(registers);
	}

	/** Tells the facts of the process: `info({ version: '1.4.2' })`. */
	info(facts: LabelValues): void {
		this.root.info(facts);
	}

	/** Throws when a fact has a name that no label can have, or that of one of the metric's labels. */
	checkFacts(facts: LabelValues): void {
		if (typeof facts !== 'object' || facts === null) {
			throw new TypeError(`${this.name} takes an object of facts: info({ version: '1.4.2' })`);
		}
		Object.keys(facts).forEach(checkLabelName);
		const overlap = this.labelNames.filter((name) => Object.hasOwn(facts, name));
		if (overlap.length > 0) {
			throw new Error(`Overlapping labels for Info metric, metric: ${overlap.join(', ')}`);
		}
	}

	protected override get familyName(): string {
		return `${this.name}_info`;
	}

	protected override makeChild(labels: LabelValues): InfoChild {
		return new InfoChild(this as unknown as Info, labels);
	}
}

/** The same configuration with `build` for `build_info`; what is no configuration is left for the check. */
function withoutSuffix<T extends string>(config: InfoConfiguration<T>): InfoConfiguration<T> {
	const name: unknown = Object(config).name;
	if (typeof name !== 'string' || !name.endsWith('_info')) return config;
	return { ...config, name: name.slice(0, -'_info'.length) };
}
