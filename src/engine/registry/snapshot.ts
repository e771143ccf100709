import { linePrefix } from '#engine/exposition';
import type { MetricFamily } from '#engine/model';
import type { MetricObject, MetricValue } from './metric.ts';
import type { RegisteredMetric } from './registry.ts';
import {
	familyHeader,
	labelTexts,
	printValue,
	visibleDefaults,
	type TextStyle
} from './text-style.ts';

/** A metric that is only shown: values as `getMetricsAsJSON()` gave them, in a registry of their own. */
export class Snapshot implements RegisteredMetric {
	readonly name;
	readonly help;
	readonly type;
	readonly aggregator;
	#object: MetricObject;

	constructor(object: MetricObject) {
		this.name = object.name;
		this.help = object.help;
		this.type = object.type;
		this.aggregator = object.aggregator;
		this.#object = object;
	}

	async get(): Promise<MetricObject> {
		const values = this.#object.values.map((value) => ({ ...value, labels: { ...value.labels } }));
		return { ...this.#object, values };
	}

	async family(style: TextStyle): Promise<MetricFamily> {
		const samples = this.#object.values.map((value) => ({
			name: value.metricName ?? this.name,
			labels: labelsOf(value, style),
			value: value.value
		}));
		return { name: this.#familyName(), type: this.type, help: this.help, samples };
	}

	async text(style: TextStyle): Promise<string> {
		const lines = this.#object.values.map(
			(value) =>
				`${linePrefix(this.#sampleName(value, style), labelsOf(value, style))}${printValue(value.value)}\n`
		);
		return familyHeader(this.#familyName(), this.type, this.help, style) + lines.join('');
	}

	/** Forgets the values: there is nothing behind them that could start again. */
	reset(): void {
		this.#object = { ...this.#object, values: [] };
	}

	#familyName(): string {
		return this.type === 'info' ? `${this.name}_info` : this.name;
	}

	#sampleName({ metricName }: MetricValue, { openMetrics }: TextStyle): string {
		const name = metricName ?? this.name;
		return openMetrics && this.type === 'counter' ? `${name.replace(/_total$/, '')}_total` : name;
	}
}

function labelsOf({ labels }: MetricValue, style: TextStyle): string[] {
	const own = labelTexts(labels);
	return [...own, ...visibleDefaults(style, own)];
}
