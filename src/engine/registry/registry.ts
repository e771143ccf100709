import type { MetricFamily, MetricType } from '#engine/model';
import { checkLabelName, type LabelValues } from './configuration.ts';
import { inspect } from './inspect.ts';
import type { MetricObject } from './metric.ts';
import { labelTexts, type TextStyle } from './text-style.ts';

export type RegistryContentType =
	| 'text/plain; version=0.0.4; charset=utf-8'
	| 'application/openmetrics-text; version=1.0.0; charset=utf-8';

export const PROMETHEUS_CONTENT_TYPE: RegistryContentType =
	'text/plain; version=0.0.4; charset=utf-8';
export const OPENMETRICS_CONTENT_TYPE: RegistryContentType =
	'application/openmetrics-text; version=1.0.0; charset=utf-8';

/** What a registry needs of a metric, whatever its kind. */
export interface RegisteredMetric {
	readonly name: string;
	readonly help: string;
	readonly type: MetricType;
	get(): Promise<MetricObject>;
	family(style: TextStyle): Promise<MetricFamily>;
	text(style: TextStyle): Promise<string>;
	reset(): void;
}

/** The metrics of a process, each under its own name, in order of registration. */
export class Registry {
	static readonly PROMETHEUS_CONTENT_TYPE = PROMETHEUS_CONTENT_TYPE;
	static readonly OPENMETRICS_CONTENT_TYPE = OPENMETRICS_CONTENT_TYPE;

	readonly #metrics = new Map<string, RegisteredMetric>();
	#contentType: RegistryContentType;
	#defaultLabels: LabelValues = {};
	#style: TextStyle;

	constructor(contentType: RegistryContentType = PROMETHEUS_CONTENT_TYPE) {
		if (!isSupported(contentType)) {
			throw new TypeError(unsupported(contentType));
		}
		this.#contentType = contentType;
		this.#style = this.#makeStyle();
	}

	/** What its text is: goes into the Content-Type header. */
	get contentType(): RegistryContentType {
		return this.#contentType;
	}

	get isOpenMetrics(): boolean {
		return this.#contentType === OPENMETRICS_CONTENT_TYPE;
	}

	setContentType(contentType: RegistryContentType): void {
		if (!isSupported(contentType)) {
			throw new Error(unsupported(contentType));
		}
		this.#contentType = contentType;
		this.#style = this.#makeStyle();
	}

	/** Labels that every sample of this registry gets, except where it has one of that name. Throws for a name no label can have. */
	setDefaultLabels(labels: object): void {
		Object.keys(labels ?? {}).forEach(checkLabelName);
		this.#defaultLabels = { ...labels };
		this.#style = this.#makeStyle();
	}

	/** Throws when another metric has the name already. */
	registerMetric(metric: RegisteredMetric): void {
		if (typeof metric?.text !== 'function') {
			throw new TypeError(`registerMetric takes a metric, such as a Counter: ${inspect(metric)}`);
		}
		const known = this.#metrics.get(metric.name);
		if (known && known !== metric) {
			throw new Error(
				`A metric with the name ${metric.name} has already been registered. Make it once, where the program starts`
			);
		}
		this.#metrics.set(metric.name, metric);
	}

	removeSingleMetric(name: string): void {
		this.#metrics.delete(name);
	}

	/** Forgets all metrics and the default labels. */
	clear(): void {
		this.#metrics.clear();
		this.setDefaultLabels({});
	}

	resetMetrics(): void {
		for (const metric of this.#metrics.values()) metric.reset();
	}

	getSingleMetric(name: string): RegisteredMetric | undefined {
		return this.#metrics.get(name);
	}

	getMetricsAsArray(): RegisteredMetric[] {
		return [...this.#metrics.values()];
	}

	/** The exposition: what GET /metrics answers. Every metric's `collect` has run before its lines are written. */
	async metrics(): Promise<string> {
		const style = this.#style;
		const texts = await Promise.all(this.getMetricsAsArray().map((metric) => metric.text(style)));
		return this.isOpenMetrics ? openMetricsPage(texts) : textPage(texts);
	}

	/** One metric's part of the exposition, without the last line break. */
	async getSingleMetricAsString(name: string): Promise<string> {
		const metric = this.#metrics.get(name);
		if (!metric) throw new TypeError(`There is no metric with the name ${name}`);
		return (await metric.text(this.#style)).slice(0, -1);
	}

	async getMetricsAsJSON(): Promise<MetricObject[]> {
		const metrics = await Promise.all(this.getMetricsAsArray().map((metric) => metric.get()));
		const defaults = Object.entries(this.#defaultLabels) as [string, string | number][];
		for (const { labels } of metrics.flatMap((metric) => metric.values)) {
			for (const [name, value] of defaults) labels[name] ||= value;
		}
		return metrics;
	}

	/** All metrics as plain data. Formatting them is the exposition's. */
	collect(): Promise<MetricFamily[]> {
		const style = this.#style;
		return Promise.all(this.getMetricsAsArray().map((metric) => metric.family(style)));
	}

	/** A registry with the metrics of all; they must have the same content type, and no name twice. */
	static merge(registers: readonly Registry[]): Registry {
		if (!Array.isArray(registers) || !registers.every((register) => register instanceof Registry)) {
			throw new TypeError('merge takes an array of registries: Registry.merge([one, two])');
		}
		const contentType = registers[0]?.contentType;
		if (registers.some((register) => register.contentType !== contentType)) {
			throw new Error('Registers can only be merged if they have the same content type');
		}
		const merged = new Registry(contentType);
		for (const register of registers) {
			for (const metric of register.getMetricsAsArray()) merged.registerMetric(metric);
		}
		return merged;
	}

	#makeStyle(): TextStyle {
		return { openMetrics: this.isOpenMetrics, defaultLabels: labelTexts(this.#defaultLabels) };
	}
}

/** prom-client puts a blank line between families. */
function textPage(texts: readonly string[]): string {
	return texts.length === 0 ? '\n' : texts.join('\n');
}

/** prom-client begins an empty page with a line break, which OpenMetrics does not allow. */
function openMetricsPage(texts: readonly string[]): string {
	return `${texts.length === 0 ? '\n' : texts.join('')}# EOF\n`;
}

function unsupported(contentType: unknown): string {
	const ours = 'Registry.PROMETHEUS_CONTENT_TYPE and Registry.OPENMETRICS_CONTENT_TYPE';
	return `Content type ${String(contentType)} is unsupported. There are ${ours}`;
}

function isSupported(contentType: string): boolean {
	return contentType === PROMETHEUS_CONTENT_TYPE || contentType === OPENMETRICS_CONTENT_TYPE;
}
