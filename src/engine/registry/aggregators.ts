import type { Aggregator } from './configuration.ts';
import type { MetricObject, MetricValue } from './metric.ts';

/** Makes one metric of the same metric of several registries; undefined where it is to be left out. */
export type Aggregate = (metrics: readonly MetricObject[]) => MetricObject | undefined;

/** How `AggregatorRegistry.aggregate` combines the values of equal series: prom-client's table. */
export const aggregators: Readonly<Record<Aggregator, Aggregate>> = {
	sum: combining((values) => total(values)),
	first: combining((values) => values[0] as number),
	omit: () => undefined,
	average: combining((values) => total(values) / values.length),
	min: combining((values) => values.reduce((least, value) => Math.min(least, value), Infinity)),
	max: combining((values) => values.reduce((most, value) => Math.max(most, value), -Infinity))
};

function total(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0);
}

function combining(combine: (values: readonly number[]) => number): Aggregate {
	return (metrics) => {
		const first = metrics[0];
		if (!first) return undefined;
		const { help, name, type, aggregator } = first;
		const values = [...bySeries(metrics).values()].map((equal) => combined(equal, combine));
		return { help, name, type, values, aggregator };
	};
}

/** The values of all metrics by their series, in the order in which these first come. */
function bySeries(metrics: readonly MetricObject[]): Map<string, MetricValue[]> {
	const series = new Map<string, MetricValue[]>();
	for (const value of metrics.flatMap((metric) => metric.values)) {
		const key = keyOf(value);
		const known = series.get(key);
		if (known) known.push(value);
		else series.set(key, [value]);
	}
	return series;
}

/** Equal for equal names and labels, in whatever order these were written; a number and its text are one value. */
function keyOf({ metricName, labels }: MetricValue): string {
	const sorted = Object.keys(labels).sort();
	return JSON.stringify([metricName, ...sorted.map((name) => [name, String(labels[name])])]);
}

function combined(
	equal: readonly MetricValue[],
	combine: (values: readonly number[]) => number
): MetricValue {
	const { labels, metricName } = equal[0] as MetricValue;
	const value = combine(equal.map((one) => one.value));
	return metricName ? { value, labels, metricName } : { value, labels };
}
