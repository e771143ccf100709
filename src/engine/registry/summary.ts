import type { LabelValues, MetricConfiguration, RegistryEnvironment } from './configuration.ts';
import { detached } from './detached.ts';
import { inspect } from './inspect.ts';
import { Child, type SampleShape } from './child.ts';
import { Metric } from './metric.ts';
import { QuantileWindow } from './quantile-window.ts';
import type { Registry } from './registry.ts';
import { onEnd } from './watch.ts';
import { wrongNumber } from './wrong-number.ts';

export interface SummaryConfiguration<T extends string = string> extends MetricConfiguration<
	T,
	Summary<T>
> {
	/** The quantiles to expose, each in [0, 1]. */
	readonly percentiles?: readonly number[];
	/** Quantiles look at the last so many seconds; without it at everything. */
	readonly maxAgeSeconds?: number;
	/** In how many steps old observations leave the window. */
	readonly ageBuckets?: number;
	/** Whether a series whose window is empty is no longer exposed. */
	readonly pruneAgedBuckets?: boolean;
	/** How many observations there are between two compressions. */
	readonly compressCount?: number;
}

const DEFAULT_PERCENTILES: readonly number[] = [0.01, 0.05, 0.5, 0.9, 0.95, 0.99, 0.999];
const DEFAULT_COMPRESS_COUNT = 1000;

export class SummaryChild extends Child {
	readonly #metric: Summary;
	#window: QuantileWindow | undefined;
	#count = 0;
	#sum = 0;

	constructor(metric: Summary, labels: LabelValues) {
		super(labels);
		this.#metric = metric;
	}

	observe(value: number): void {
		if (this === undefined) throw detached('observe');
		if (!Number.isFinite(value)) {
			throw wrongNumber('Value', value, this.#metric.name);
		}
		if (!this.live) return this.#metric.enter(this).observe(value);
		this.#window?.push(value);
		this.#count++;
		if (this.#count % this.#metric.compressCount === 0) this.#window?.compress();
		this.#sum += value;
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

	/** Whether nothing is left in its window. */
	get isAged(): boolean {
		return this.#window?.isEmpty ?? true;
	}

	/** Back to no observations, and still exposed. */
	zero(): void {
		this.#window?.reset();
		this.#count = 0;
		this.#sum = 0;
	}

	override begin(): void {
		this.#window = this.#metric.makeWindow();
		this.#count = 0;
		this.#sum = 0;
	}

	override end(): void {
		this.#window = undefined;
	}

	override read(values: Float64Array): void {
		const { percentiles } = this.#metric;
		this.#window?.compress();
		for (let i = 0; i < percentiles.length; i++) {
			values[i] = this.#window?.percentile(percentiles[i] as number) || 0;
		}
		values[percentiles.length] = this.#sum;
		values[percentiles.length + 1] = this.#count;
	}
}

/** Counts and sums observations, and estimates their quantiles in the process: these cannot be added up across instances. */
export class Summary<T extends string = string> extends Metric<SummaryChild> {
	override readonly type = 'summary';
	readonly percentiles: readonly number[];
	readonly compressCount: number;
	protected override readonly shapes: readonly SampleShape[];
	readonly #maxAgeSeconds: number | undefined;
	readonly #ageBuckets: number | undefined;
	readonly #pruneAgedBuckets: boolean;

	constructor(
		config: SummaryConfiguration<T>,
		environment: RegistryEnvironment,
		registers: readonly Registry[]
	) {
		super(config, environment);
		if (this.labelNames.includes('quantile')) {
			throw new Error('quantile is a reserved label keyword: it has the percentiles');
		}
		this.percentiles = percentilesOf(config.percentiles ?? DEFAULT_PERCENTILES, this.name);
		checkWindow(config.maxAgeSeconds, config.ageBuckets);
		this.compressCount = config.compressCount ?? DEFAULT_COMPRESS_COUNT;
		this.#maxAgeSeconds = config.maxAgeSeconds;
		this.#ageBuckets = config.ageBuckets;
		this.#pruneAgedBuckets = config.pruneAgedBuckets ?? false;
		this.shapes = shapesOf(this.percentiles);
		this.open(registers);
	}

	observe(value: number): void;
	observe(labels: LabelValues<T>, value: number): void;
	/** Observes a finite value, in the series without labels or in that with the given ones. */
	observe(labels: LabelValues<T> | number, value?: number): void {
		if (value !== undefined) this.childOf(labels as LabelValues).observe(value);
		else if (typeof labels === 'number' && !Number.isNaN(labels)) this.root.observe(labels);
		else this.#refuse(labels || {});
	}

	/** prom-client takes a lone argument for the value, whatever it is; its error shows it. */
	#refuse(value: unknown): void {
		if (typeof value === 'object' && value !== null) this.childOf(value as LabelValues);
		this.root.observe(value as number);
	}

	/** Starts a stopwatch; the returned function observes the seconds since then, and returns them. */
	startTimer(labels?: LabelValues<T>): (endLabels?: LabelValues<T>) => number {
		const start = this.now();
		return (endLabels) => {
			const seconds = (this.now() - start) / 1000;
			this.childOf({ ...labels, ...endLabels }).observe(seconds);
			return seconds;
		};
	}

	/** Runs a function and observes how many seconds it took; an async one until its promise has settled. */
	time<R>(run: () => R): R {
		return this.root.time(run);
	}

	/** Sets every series back to no observations; unlike other metrics, a summary goes on exposing them. */
	override reset(): void {
		for (const child of this.liveChildren) child.zero();
	}

	now(): number {
		return this.environment.now();
	}

	makeWindow(): QuantileWindow {
		return new QuantileWindow(() => this.now(), this.#maxAgeSeconds, this.#ageBuckets);
	}

	protected override bringUpToDate(): Promise<void> | undefined {
		const pending = super.bringUpToDate();
		if (pending) return pending.then(() => this.#prune());
		this.#prune();
		return undefined;
	}

	#prune(): void {
		if (!this.#pruneAgedBuckets) return;
		for (const child of [...this.liveChildren]) if (child.isAged) this.remove(child.labels);
	}

	protected override makeChild(labels: LabelValues): SummaryChild {
		return new SummaryChild(this as unknown as Summary, labels);
	}
}

function shapesOf(percentiles: readonly number[]): SampleShape[] {
	return [
		...percentiles.map((value) => ({ suffix: '', label: { name: 'quantile', value } })),
		{ suffix: '_sum' },
		{ suffix: '_count' }
	];
}

function percentilesOf(percentiles: unknown, metric: string): readonly number[] {
	if (!Array.isArray(percentiles)) {
		throw new TypeError(
			`The percentiles of ${metric} must be an array: { percentiles: [0.5, 0.9] }`
		);
	}
	for (const [i, value] of percentiles.entries()) {
		if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
			throw new RangeError(
				`The percentiles of ${metric} must be numbers between 0 and 1, such as 0.95: ${inspect(value)}`
			);
		}
		if (percentiles.indexOf(value) !== i) {
			throw new RangeError(`The percentiles of ${metric} have ${value} twice: leave one out`);
		}
	}
	return [...(percentiles as number[])];
}

const MOST_AGE_BUCKETS = 1000;

/** Zero is no window, as leaving it out is. prom-client would turn a negative window for ever. */
function checkWindow(maxAgeSeconds: unknown = 0, ageBuckets: unknown = 1): void {
	if (typeof maxAgeSeconds !== 'number' || !(maxAgeSeconds >= 0)) {
		throw new RangeError(
			`maxAgeSeconds must be a number of seconds, such as 600: ${inspect(maxAgeSeconds)}`
		);
	}
	const steps = ageBuckets as number;
	if (!Number.isInteger(ageBuckets) || steps < 1 || steps > MOST_AGE_BUCKETS) {
		throw new RangeError(
			`ageBuckets must be a whole number from 1 to ${MOST_AGE_BUCKETS}, such as 5: ${inspect(ageBuckets)}`
		);
	}
}
