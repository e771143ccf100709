import type { ExposedSample, MetricFamily, MetricType } from '#engine/model';
import { linePrefix } from '#engine/exposition';
import type { Child, SampleShape } from './child.ts';
import {
	checkConfiguration,
	checkLabelCount,
	checkLabelNames,
	type Aggregator,
	type LabelValues,
	type MetricConfiguration,
	type RegistryEnvironment
} from './configuration.ts';
import { formatExemplar, type Exemplar } from './exemplar.ts';
import { LabelTree } from './label-tree.ts';
import { Registry } from './registry.ts';
import {
	familyHeader,
	labelTexts,
	printValue,
	visibleDefaults,
	type TextStyle
} from './text-style.ts';

/** A sample as `get()` and `getMetricsAsJSON()` show it. */
export interface MetricValue {
	value: number;
	labels: Record<string, string | number>;
	/** Only where it is not the metric's own. */
	metricName?: string;
	exemplar?: Exemplar | null;
}

/** A metric as `get()` and `getMetricsAsJSON()` show it. */
export interface MetricObject {
	name: string;
	help: string;
	type: MetricType;
	values: MetricValue[];
	aggregator: Aggregator;
}

const ONLY_OPENMETRICS =
	'Exemplars are supported only on OpenMetrics registries. Before the metric is made: register.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)';

/**
 * What all metrics have in common: a name, children by their labels, and the three ways in which these are shown:
 * as prom-client's objects, as plain families, and as text. Each kind adds its shapes, its children and its methods.
 */
export abstract class Metric<C extends Child = Child> {
	abstract readonly type: MetricType;
	readonly name: string;
	readonly help: string;
	readonly labelNames: readonly string[];
	readonly aggregator: Aggregator;
	readonly enableExemplars: boolean;
	collect: (() => void | Promise<void>) | undefined;
	/** The series without labels: of a metric without label names the only one. */
	protected root!: C;
	protected abstract readonly shapes: readonly SampleShape[];
	protected readonly environment: RegistryEnvironment;
	readonly #children: LabelTree<C>;
	/** In order of their first write, which is the order of exposition. */
	protected readonly liveChildren = new Set<C>();

	constructor(config: MetricConfiguration<string, never>, environment: RegistryEnvironment) {
		checkConfiguration(config);
		this.environment = environment;
		this.name = config.name;
		this.help = config.help;
		this.labelNames = [...(config.labelNames ?? [])];
		this.aggregator = config.aggregator ?? 'sum';
		this.enableExemplars = config.enableExemplars ?? false;
		this.collect = config.collect as (() => void | Promise<void>) | undefined;
		this.#children = new LabelTree(this.labelNames);
	}

	protected abstract makeChild(labels: LabelValues): C;

	/** The last step of construction, when the kind's own fields are there. */
	protected open(registers: readonly Registry[]): void {
		this.root = this.#add({});
		if (this.labelNames.length === 0) this.enter(this.root);
		checkRegistries(registers);
		for (const register of registers) {
			if (this.enableExemplars && !register.isOpenMetrics) throw new TypeError(ONLY_OPENMETRICS);
			register.registerMetric(this);
		}
	}

	/** Ends every series; a metric without label names starts again at zero. */
	reset(): void {
		this.endAll();
		if (this.labelNames.length === 0) this.enter(this.root);
	}

	protected endAll(): void {
		for (const child of this.liveChildren) this.#end(child);
		this.liveChildren.clear();
		this.#children.clear();
	}

	/**
	 * The child for these label values, in the order of the label names, or for an object of labels.
	 * Asking for it does not expose it yet; its first write does.
	 */
	labels(...values: unknown[]): C {
		const first = values[0];
		if (typeof first === 'object') return this.childOf((first ?? {}) as LabelValues);
		checkLabelCount(this.labelNames, values);
		return this.#children.at(values) ?? this.#add(this.#named(values));
	}

	/** Ends the series with these labels, given as for `labels()`. */
	remove(...values: unknown[]): void {
		const labels = this.#labelsFrom(values);
		checkLabelNames(this.name, this.labelNames, labels);
		const child = this.#children.get(labels);
		if (!child) return;
		this.#children.delete(labels);
		if (this.liveChildren.delete(child)) this.#end(child);
	}

	/** Name, type, help and values as prom-client's objects. Runs `collect` first. */
	async get(): Promise<MetricObject> {
		const pending = this.bringUpToDate();
		if (pending) await pending;
		const { name, help, type, aggregator } = this;
		return { name, help, type, values: this.#objects(), aggregator };
	}

	/** The metric as plain data. Runs `collect` first. */
	async family(style: TextStyle): Promise<MetricFamily> {
		const pending = this.bringUpToDate();
		if (pending) await pending;
		const { name, type, help } = this;
		return { name: this.familyName, type, help, samples: [...this.#samples(name, style)] };
	}

	/** The metric's part of an exposition, each line with its line break. Runs `collect` first. */
	async text(style: TextStyle): Promise<string> {
		const pending = this.bringUpToDate();
		if (pending) await pending;
		return familyHeader(this.familyName, this.type, this.help, style) + this.#lines(style);
	}

	/** As the text format's TYPE line names it. */
	protected get familyName(): string {
		return this.name;
	}

	/**
	 * Runs `collect`. Its promise is waited for, but no metric waits for that of another: each is shown as it was right after
	 * its own, as in prom-client.
	 */
	protected bringUpToDate(): Promise<void> | undefined {
		const pending = this.collect?.();
		return pending instanceof Promise ? pending : undefined;
	}

	/** The child for an object of labels; throws for a label that the metric does not have. */
	protected childOf(labels: LabelValues): C {
		checkLabelNames(this.name, this.labelNames, labels);
		return this.#children.get(labels) ?? this.#add({ ...labels });
	}

	/** The live child that stands for the labels of this one: itself, unless it was removed and another took its place. */
	enter(child: C): C {
		const current = this.#children.get(child.labels);
		if (!current) this.#children.set(child.labels, child);
		const chosen = current ?? child;
		if (!chosen.live) {
			chosen.begin();
			chosen.live = true;
			this.liveChildren.add(chosen);
		}
		return chosen;
	}

	#add(labels: LabelValues): C {
		const check = this.environment.checkLabelValue;
		if (check) {
			for (const [name, value] of Object.entries(labels)) check(this.name, name, String(value));
		}
		const child = this.makeChild(labels);
		this.#children.set(labels, child);
		return child;
	}

	#end(child: C): void {
		child.live = false;
		child.end();
	}

	#labelsFrom(values: unknown[]): LabelValues {
		if (typeof values[0] === 'object') return (values[0] ?? {}) as LabelValues;
		checkLabelCount(this.labelNames, values);
		return this.#named(values);
	}

	#named(values: readonly unknown[]): LabelValues {
		return Object.fromEntries(this.labelNames.map((name, i) => [name, values[i]])) as LabelValues;
	}

	#objects(): MetricValue[] {
		const values = new Float64Array(this.shapes.length);
		return [...this.liveChildren].flatMap((child) => {
			child.read(values);
			return this.shapes.map((shape, i) => this.#object(child, shape, i, values[i] as number));
		});
	}

	#object(child: C, shape: SampleShape, index: number, value: number): MetricValue {
		const leading = shape.label ? { [shape.label.name]: shape.label.value } : {};
		const labels = { ...leading, ...child.exposedLabels } as Record<string, string | number>;
		const object: MetricValue = { value, labels };
		if (shape.suffix !== '') object.metricName = this.name + shape.suffix;
		const exemplar = shape.exemplar ? child.exemplarOf(index) : undefined;
		// prom-client's histograms say that a bucket has none; its counters keep silent.
		if (exemplar || (shape.exemplar && shape.label)) object.exemplar = exemplar ?? null;
		return object;
	}

	*#samples(name: string, style: TextStyle): Generator<ExposedSample> {
		const values = new Float64Array(this.shapes.length);
		for (const child of this.liveChildren) {
			child.read(values);
			const own = labelTexts(child.exposedLabels);
			const labels = [...own, ...visibleDefaults(style, own)];
			for (const [i, { suffix, label }] of this.shapes.entries()) {
				const last = label ? [label.name, String(label.value)] : [];
				yield { name: name + suffix, labels: [...labels, ...last], value: values[i] as number };
			}
		}
	}

	#lines(style: TextStyle): string {
		const { shapes } = this;
		const values = new Float64Array(shapes.length);
		const withExemplars = this.enableExemplars && style.openMetrics;
		const make = (labels: LabelValues) => this.#prefixes(labels, style);
		let text = '';
		for (const child of this.liveChildren) {
			const prefixes = child.prefixes(style, make);
			child.read(values);
			for (let i = 0; i < values.length; i++) {
				text += prefixes[i] + printValue(values[i] as number);
				if (withExemplars) text += formatExemplar(child.exemplarOf(i));
				text += '\n';
			}
		}
		return text;
	}

	#prefixes(labels: LabelValues, style: TextStyle): string[] {
		const own = labelTexts(labels);
		const name = this.sampleName(style);
		return this.shapes.map(({ suffix, label }) => {
			const leading = label ? [label.name, String(label.value)] : [];
			return linePrefix(name + suffix, this.orderLabels(leading, own, style));
		});
	}

	/** The name that a sample's suffix follows. */
	protected sampleName(_style: TextStyle): string {
		return this.name;
	}

	/** The labels of a line in prom-client's order. */
	protected orderLabels(
		leading: readonly string[],
		own: readonly string[],
		style: TextStyle
	): string[] {
		const labels = [...leading, ...own];
		return [...labels, ...visibleDefaults(style, labels)];
	}
}

function checkRegistries(registers: unknown): void {
	if (Array.isArray(registers) && registers.every((register) => register instanceof Registry))
		return;
	throw new TypeError('registers must be an array of registries: { registers: [registry] }');
}
