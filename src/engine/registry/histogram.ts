import { upperBounds } from './buckets.ts';
import type { LabelValues, MetricConfiguration, RegistryEnvironment } from './configuration.ts';
import { NO_CELLS } from './column.ts';
import { detached } from './detached.ts';
import { checkExemplarArgument, checkExemplarLabels, type Exemplar } from './exemplar.ts';
import { Child, type SampleShape } from './child.ts';
import { Metric } from './metric.ts';
import type { Registry } from './registry.ts';
import { visibleDefaults, type TextStyle } from './text-style.ts';
import { onEnd } from './watch.ts';
import { wrongNumber } from './wrong-number.ts';

export interface HistogramConfiguration<T extends string = string> extends MetricConfiguration<
	T,
	Histogram<T>
> {
	/** Upper bounds, ascending, without the last one: `+Inf` is always there. */
	readonly buckets?: readonly number[];
}

/** An observation with an exemplar, as histograms with `enableExemplars` take it. */
export interface ObservationWithExemplar<T extends string = string> {
	readonly labels?: LabelValues<T>;
	readonly value: number;
	readonly exemplarLabels?: LabelValues;
}

const DEFAULT_BUCKETS: readonly number[] = [
	0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
];

export class HistogramChild extends Child {
	readonly #metric: Histogram;
	/** Of the metric: its upper bounds and +Inf. */
	readonly #bounds: Float64Array;
	/** Observations by bucket, each in the first that holds it; then the sum. */
	#cells: Float64Array;
	readonly #exemplars: (Exemplar | undefined)[] = [];

	constructor(metric: Histogram, bounds: Float64Array, labels: LabelValues) {
		super(labels);
		this.#metric = metric;
		this.#bounds = bounds;
		this.#cells = NO_CELLS;
	}

	observe(value: number): void {
		if (this === undefined) throw detached('observe');
		if (!Number.isFinite(value)) {
			throw wrongNumber('Value', value, this.#metric.name);
		}
		const cells = this.#cells;
		if (cells === NO_CELLS) return this.#metric.enter(this).observe(value);
		cells[bucketOf(this.#bounds, value)]! += 1;
		cells[this.#bounds.length]! += value;
	}

	/** Starts a stopwatch; the returned function observes the seconds since then, and returns them. */
	startTimer(): (labels?: LabelValues) => number {
		if (this === undefined) throw detached('startTimer');
		return this.#metric.startTimer(this.labels);
	}

	/** Runs a function and observes how many seconds it took; an async one until its promise has settled. */
	time<R>(run: () => R): R {
		const start = this.#metric.now();
		return onEnd(run, () => this.observe((this.#metric.now() - start) / 1000));
	}

	keepExemplar(exemplar: Exemplar): void {
		this.#exemplars[bucketOf(this.#bounds, exemplar.value)] = exemplar;
	}

	/** Back to no observations. */
	zero(): void {
		this.#cells = new Float64Array(this.#bounds.length + 1);
		this.#exemplars.length = 0;
	}

	override begin(): void {
		this.zero();
	}

	override end(): void {
		this.#cells = NO_CELLS;
		this.#exemplars.length = 0;
	}

	override read(values: Float64Array): void {
		const cells = this.#cells;
		const buckets = cells.length - 1;
		let count = 0;
		for (let i = 0; i < buckets; i++) values[i] = count += cells[i] as number;
		values[buckets] = cells[buckets] as number;
		values[buckets + 1] = count;
	}

	override exemplarOf(shape: number): Exemplar | undefined {
		return this.#exemplars[shape];
	}
}

/** The first bucket that holds a finite value. There are few bounds, so a plain scan wins; the last one is infinite and ends it. */
function bucketOf(bounds: Float64Array, value: number): number {
	let i = 0;
	while (value > bounds[i]!) i++;
	return i;
}

/** Counts observations in buckets, and sums them. */
export class Histogram<T extends string = string> extends Metric<HistogramChild> {
	override readonly type = 'histogram';
	protected override readonly shapes: readonly SampleShape[];
	readonly #bounds: Float64Array;

	constructor(
		config: HistogramConfiguration<T>,
		environment: RegistryEnvironment,
		registers: readonly Registry[]
	) {
		super(config, environment);
		if (this.labelNames.includes('le')) {
			throw new Error('le is a reserved label keyword: it has the upper bounds of buckets');
		}
		const buckets = upperBounds(config.buckets ?? DEFAULT_BUCKETS, this.name);
		this.#bounds = Float64Array.from([...buckets, Infinity]);
		this.shapes = shapesOf(buckets);
		this.open(registers);
	}

	observe(value: number): void;
	observe(labels: LabelValues<T>, value: number): void;
	observe(observation: ObservationWithExemplar<T>): void;
	/** Observes a finite value, in the series without labels or in that with the given ones. */
	observe(labels: LabelValues<T> | ObservationWithExemplar<T> | number, value?: number): void {
		if (this.enableExemplars) this.#observeWithExemplar(labels as ObservationWithExemplar<T>);
		else if (typeof labels === 'number' && !Number.isNaN(labels)) this.root.observe(labels);
		// prom-client treats a NaN without labels as no argument at all; its error says so.
		else if (!isRecord(labels)) this.root.observe(labels || (undefined as never));
		else this.childOf(labels as LabelValues).observe(value as number);
	}

	/** Makes the series with these labels, or sets it back to no observations. */
	zero(labels: LabelValues<T> = {}): void {
		this.enter(this.childOf(labels)).zero();
	}

	/** Starts a stopwatch; the returned function observes the seconds since then, and returns them. */
	startTimer(
		labels?: LabelValues<T>,
		exemplarLabels?: LabelValues
	): (endLabels?: LabelValues<T>, endExemplarLabels?: LabelValues) => number {
		const start = this.now();
		return (endLabels, endExemplarLabels) => {
			const seconds = (this.now() - start) / 1000;
			const all = { ...labels, ...endLabels };
			if (!this.enableExemplars) this.childOf(all).observe(seconds);
			else {
				const exemplar = { ...exemplarLabels, ...endExemplarLabels };
				this.#observeWithExemplar({ labels: all, value: seconds, exemplarLabels: exemplar });
			}
			return seconds;
		};
	}

	/** Runs a function and observes how many seconds it took; an async one until its promise has settled. */
	time<R>(run: () => R): R {
		return this.root.time(run);
	}

	now(): number {
		return this.environment.now();
	}

	#observeWithExemplar(observation: ObservationWithExemplar<T>): void {
		checkExemplarArgument(observation, 'observe', this.name);
		const { labels, value, exemplarLabels } = observation;
		const child = this.childOf(labels ?? {});
		child.observe(value);
		if (!exemplarLabels || Object.keys(exemplarLabels).length === 0) return;
		checkExemplarLabels(exemplarLabels);
		child.keepExemplar({ labelSet: exemplarLabels, value, timestamp: this.now() / 1000 });
	}

	/** Ends every series. An unlabelled one is exposed again from its next observation, as in prom-client. */
	override reset(): void {
		this.endAll();
	}

	protected override makeChild(labels: LabelValues): HistogramChild {
		return new HistogramChild(this as unknown as Histogram, this.#bounds, labels);
	}

	/** Default labels come before the series' own: prom-client writes what all lines of a histogram share last. */
	protected override orderLabels(
		leading: readonly string[],
		own: readonly string[],
		style: TextStyle
	): string[] {
		const defaults = visibleDefaults(style, [...leading, ...own]);
		return [...leading, ...defaults, ...own];
	}
}

function shapesOf(buckets: readonly number[]): SampleShape[] {
	const bounds: readonly (number | string)[] = [...buckets, '+Inf'];
	return [
		...bounds.map((value) => ({ suffix: '_bucket', label: { name: 'le', value }, exemplar: true })),
		{ suffix: '_sum' },
		{ suffix: '_count' }
	];
}

function isRecord(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
