/** The types a metric family can have in the text formats. */
export type MetricType =
	| 'counter'
	| 'gauge'
	| 'histogram'
	| 'gaugehistogram'
	| 'summary'
	| 'info'
	| 'stateset'
	| 'untyped'
	| 'unknown';

/** Type, help and unit of a metric family, as a scrape saw it. */
export interface MetricMetadata {
	readonly type: MetricType;
	readonly help: string;
	readonly unit: string;
}

/** One line of an exposition: its full name (`http_requests_total`, `x_bucket`), labels in the order given, and value. */
export interface ExposedSample {
	readonly name: string;
	/** Name, value, name, value, … in the order the metric declares them; `le` and `quantile` last. */
	readonly labels: readonly string[];
	readonly value: number;
	/** Only with an explicit timestamp, ms. */
	readonly timestamp?: number;
}

/** A metric family as a registry collects it: plain data, formatted elsewhere. */
export interface MetricFamily {
	/** As the TYPE line of the text format names it: a counter's with `_total`. */
	readonly name: string;
	readonly type: MetricType;
	readonly help: string;
	readonly unit?: string;
	readonly samples: readonly ExposedSample[];
}
