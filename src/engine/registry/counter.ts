import { CellChild } from './cell-child.ts';
import type { MetricConfiguration, LabelValues, RegistryEnvironment } from './configuration.ts';
import { Column, NO_SLOT } from './column.ts';
import { detached } from './detached.ts';
import { checkExemplarArgument, checkExemplarLabels, type Exemplar } from './exemplar.ts';
import type { SampleShape } from './child.ts';
import { Metric } from './metric.ts';
import type { Registry } from './registry.ts';
import type { TextStyle } from './text-style.ts';
import { onFailure } from './watch.ts';
import { wrongNumber } from './wrong-number.ts';

export type CounterConfiguration<T extends string = string> = MetricConfiguration<T, Counter<T>>;

/** An increase with an exemplar, as counters with `enableExemplars` take it. */
export interface IncreaseWithExemplar<T extends string = string> {
	readonly labels?: LabelValues<T>;
	readonly value?: number;
	readonly exemplarLabels?: LabelValues;
}

const SHAPES: readonly SampleShape[] = [{ suffix: '' }];
const SHAPES_WITH_EXEMPLAR: readonly SampleShape[] = [{ suffix: '', exemplar: true }];

export class CounterChild extends CellChild {
	readonly #metric: Counter;
	exemplar: Exemplar | undefined;

	constructor(metric: Counter, column: Column, labels: LabelValues) {
		super(column, labels);
		this.#metric = metric;
	}

	/** Adds 1, or a number that is not negative. */
	inc(value?: number | null): void {
		if (this === undefined) throw detached('inc');
		const amount = value === undefined ? 1 : increase(value, this.#metric.name);
		const slot = this.slot;
		if (slot !== NO_SLOT) this.cells[slot]! += amount;
		else this.#metric.enter(this).inc(amount);
	}

	/** Runs a function and adds 1 when it throws, or when its promise is rejected. The exception goes on to the caller. */
	countExceptions<R>(run: () => R): R {
		return onFailure(run, () => this.inc());
	}

	override end(): void {
		super.end();
		this.exemplar = undefined;
	}

	override exemplarOf(): Exemplar | undefined {
		return this.exemplar;
	}
}

/** A value that only goes up, or starts again from zero. */
export class Counter<T extends string = string> extends Metric<CounterChild> {
	override readonly type = 'counter';
	protected override readonly shapes: readonly SampleShape[];
	readonly #column = new Column();

	constructor(
		config: CounterConfiguration<T>,
		environment: RegistryEnvironment,
		registers: readonly Registry[]
	) {
		super(config, environment);
		this.shapes = this.enableExemplars ? SHAPES_WITH_EXEMPLAR : SHAPES;
		this.open(registers);
	}

	inc(): void;
	inc(value: number | null | undefined): void;
	inc(labels: LabelValues<T>, value?: number | null): void;
	inc(increase: IncreaseWithExemplar<T>): void;
	/** Adds 1, or `value`, to the series without labels or to that with the given ones. Throws for a negative value. */
	inc(
		labels?: LabelValues<T> | IncreaseWithExemplar<T> | number | null,
		value?: number | null
	): void {
		if (labels === undefined) this.root.inc();
		else if (this.enableExemplars) this.#incWithExemplar(labels as IncreaseWithExemplar<T>);
		else if (typeof labels !== 'object' || labels === null) this.root.inc(labels);
		else this.childOf(labels as LabelValues).inc(value);
	}

	/** Runs a function and adds 1 when it throws, or when its promise is rejected. */
	countExceptions<R>(run: () => R): R {
		return this.root.countExceptions(run);
	}

	#incWithExemplar(increase: IncreaseWithExemplar<T>): void {
		checkExemplarArgument(increase, 'inc', this.name);
		const { labels, value = 1, exemplarLabels } = increase;
		const child = this.childOf(labels ?? {});
		child.inc(value);
		if (!exemplarLabels) return;
		checkExemplarLabels(exemplarLabels);
		const timestamp = this.environment.now() / 1000;
		child.exemplar = { labelSet: exemplarLabels, value: value ? value : 1, timestamp };
	}

	protected override makeChild(labels: LabelValues): CounterChild {
		return new CounterChild(this as unknown as Counter, this.#column, labels);
	}

	/** In OpenMetrics the family is `x` and its sample `x_total`, whatever the metric was called. */
	protected override sampleName({ openMetrics }: TextStyle): string {
		return openMetrics ? `${this.name.replace(/_total$/, '')}_total` : this.name;
	}
}

/** prom-client lets NaN pass, which nothing brings back to a number: it is shown as what it is. */
function increase(value: number | null, metric: string): number {
	if (value === null) return 1;
	if (typeof value !== 'number' || Math.abs(value) === Infinity) {
		throw wrongNumber('Value', value, metric);
	}
	if (value < 0) {
		throw new Error(
			`It is not possible to decrease a counter. ${metric} was to change by ${value}: what goes down too is a Gauge`
		);
	}
	return value;
}
