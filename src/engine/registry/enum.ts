import type { LabelValues, MetricConfiguration, RegistryEnvironment } from './configuration.ts';
import { inspect } from './inspect.ts';
import { Child, Metric, type SampleShape } from './metric.ts';
import type { Registry } from './registry.ts';
import type { TextStyle } from './text-style.ts';

export interface EnumConfiguration<T extends string = string> extends MetricConfiguration<
	T,
	Enum<T>
> {
	/** All states there are. The first is the one it starts in. */
	readonly states: readonly string[];
}

export class EnumChild extends Child {
	readonly #metric: Enum;
	#state = 0;

	constructor(metric: Enum, labels: LabelValues) {
		super(labels);
		this.#metric = metric;
	}

	/** Changes the state. Throws for one that the metric was not declared with. */
	state(state: string): void {
		if (!this.live) return this.#metric.enter(this).state(state);
		this.#state = this.#metric.indexOf(state);
	}

	override begin(): void {
		this.#state = 0;
	}

	override end(): void {}

	override read(values: Float64Array): void {
		values.fill(0);
		values[this.#state] = 1;
	}
}

/**
 * Which of a few states something is in: one series for each, 1 for the current and 0 for the others.
 * From Python's prometheus_client; prom-client lacks it.
 */
export class Enum<T extends string = string> extends Metric<EnumChild> {
	override readonly type = 'stateset';
	readonly states: readonly string[];
	protected override readonly shapes: readonly SampleShape[];

	constructor(
		config: EnumConfiguration<T>,
		environment: RegistryEnvironment,
		registers: readonly Registry[]
	) {
		super(config, environment);
		const { name, states } = config;
		if (!states || states.length === 0) {
			throw new Error(`No states provided for Enum metric: ${name}`);
		}
		if (this.labelNames.includes(name as T)) {
			throw new Error(`Overlapping labels for Enum metric: ${name}`);
		}
		this.states = states;
		this.shapes = states.map((state) => ({ suffix: '', label: { name, value: state } }));
		this.open(registers);
	}

	/** Changes the state of the series without labels. */
	state(state: string): void {
		this.root.state(state);
	}

	indexOf(state: string): number {
		const index = this.states.indexOf(state);
		if (index < 0)
			throw new Error(`${inspect(state)} is not one of the states ${inspect(this.states)}`);
		return index;
	}

	protected override textType({ openMetrics }: TextStyle): string {
		return openMetrics ? 'stateset' : 'gauge';
	}

	protected override makeChild(labels: LabelValues): EnumChild {
		return new EnumChild(this as unknown as Enum, labels);
	}
}
