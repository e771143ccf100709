import { CellChild } from './cell-child.ts';
import { Column, NO_SLOT } from './column.ts';
import type { LabelValues, MetricConfiguration, RegistryEnvironment } from './configuration.ts';
import { detached } from './detached.ts';
import type { SampleShape } from './child.ts';
import { Metric } from './metric.ts';
import type { Registry } from './registry.ts';
import { onEnd } from './watch.ts';
import { wrongNumber } from './wrong-number.ts';

export type GaugeConfiguration<T extends string = string> = MetricConfiguration<T, Gauge<T>>;

const SHAPES: readonly SampleShape[] = [{ suffix: '' }];

export class GaugeChild extends CellChild {
	readonly #metric: Gauge;

	constructor(metric: Gauge, column: Column, labels: LabelValues) {
		super(column, labels);
		this.#metric = metric;
	}

	set(value: number): void {
		if (this === undefined) throw detached('set');
		if (typeof value !== 'number') {
			throw wrongNumber('Value', value, this.#metric.name);
		}
		const slot = this.slot;
		if (slot !== NO_SLOT) this.cells[slot] = value;
		else this.#metric.enter(this).set(value);
	}

	inc(value: number = 1): void {
		if (this === undefined) throw detached('inc');
		if (typeof value !== 'number') {
			throw wrongNumber('Delta', value, this.#metric.name);
		}
		const slot = this.slot;
		if (slot !== NO_SLOT) this.cells[slot]! += value;
		else this.#metric.enter(this).inc(value);
	}

	dec(value: number = 1): void {
		if (this === undefined) throw detached('dec');
		this.inc(-value);
	}

	/** Sets it to the seconds since the epoch. */
	setToCurrentTime(): void {
		if (this === undefined) throw detached('setToCurrentTime');
		this.set(this.#metric.now() / 1000);
	}

	/** Starts a stopwatch; the returned function sets the gauge to the seconds since then, and returns them. */
	startTimer(): (labels?: LabelValues) => number {
		if (this === undefined) throw detached('startTimer');
		return this.#metric.startTimer(this.labels);
	}

	/** Runs a function and sets the gauge to how many seconds it took; an async one until its promise has settled. */
	time<R>(run: () => R): R {
		const start = this.#metric.now();
		return onEnd(run, () => this.set((this.#metric.now() - start) / 1000));
	}

	/** Runs a function, one higher for as long as it runs; an async one until its promise has settled. */
	trackInprogress<R>(run: () => R): R {
		this.inc();
		return onEnd(run, () => this.dec());
	}
}

/** A value that goes up and down. Each method is for the series without labels, or for the one whose labels come first. */
export class Gauge<T extends string = string> extends Metric<GaugeChild> {
	override readonly type = 'gauge';
	protected override readonly shapes = SHAPES;
	readonly #column = new Column();

	constructor(
		config: GaugeConfiguration<T>,
		environment: RegistryEnvironment,
		registers: readonly Registry[]
	) {
		super(config, environment);
		this.open(registers);
	}

	set(value: number): void;
	set(labels: LabelValues<T>, value: number): void;
	set(labels: LabelValues<T> | number, value?: number): void {
		if (isLabels(labels)) this.childOf(labels).set(value as number);
		else this.root.set(labels);
	}

	inc(value?: number): void;
	inc(labels: LabelValues<T>, value?: number): void;
	inc(labels?: LabelValues<T> | number, value?: number): void {
		if (isLabels(labels)) this.childOf(labels).inc(value);
		else this.root.inc(labels);
	}

	dec(value?: number): void;
	dec(labels: LabelValues<T>, value?: number): void;
	dec(labels?: LabelValues<T> | number, value?: number): void {
		if (isLabels(labels)) this.childOf(labels).dec(value);
		else this.root.dec(labels);
	}

	/** Sets it to the seconds since the epoch. */
	setToCurrentTime(labels?: LabelValues<T>): void {
		this.childOf(labels ?? {}).setToCurrentTime();
	}

	/** Starts a stopwatch; the returned function sets the gauge to the seconds since then, and returns them. */
	startTimer(labels?: LabelValues<T>): (endLabels?: LabelValues<T>) => number {
		const start = this.now();
		return (endLabels) => {
			const seconds = (this.now() - start) / 1000;
			this.childOf({ ...labels, ...endLabels }).set(seconds);
			return seconds;
		};
	}

	/** Runs a function and sets the gauge to how many seconds it took; an async one until its promise has settled. */
	time<R>(run: () => R): R {
		return this.root.time(run);
	}

	/** Runs a function, one higher for as long as it runs; an async one until its promise has settled. */
	trackInprogress<R>(run: () => R): R {
		return this.root.trackInprogress(run);
	}

	now(): number {
		return this.environment.now();
	}

	protected override makeChild(labels: LabelValues): GaugeChild {
		return new GaugeChild(this as unknown as Gauge, this.#column, labels);
	}
}

function isLabels(value: unknown): value is LabelValues {
	return typeof value === 'object' && value !== null;
}
