import type { LabelValues, MetricConfiguration, RegistryEnvironment } from './configuration.ts';
import { inspect } from './inspect.ts';
import { Child, type SampleShape } from './child.ts';
import { Metric } from './metric.ts';
import type { Registry } from './registry.ts';

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
		const index = this.#metric.indexOf(state);
		if (!this.live) return this.#metric.enter(this).state(state);
		this.#state = index;
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
		checkStates(states, name);
		this.states = [...states];
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

	protected override makeChild(labels: LabelValues): EnumChild {
		return new EnumChild(this as unknown as Enum, labels);
	}
}

function checkStates(states: readonly unknown[], metric: string): void {
	if (!Array.isArray(states) || !states.every((state) => typeof state === 'string')) {
		throw new TypeError(`The states of ${metric} must be an array of texts: ${inspect(states)}`);
	}
	const again = states.find((state, i) => states.indexOf(state) !== i);
	if (again !== undefined) throw new Error(`The states of ${metric} have ${inspect(again)} twice`);
}
