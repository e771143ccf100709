import { formatValue, linePrefix } from '#engine/exposition';
import { checkLabelName, type LabelValues } from './configuration.ts';

/** A single observation that a sample points to, usually by a trace id. */
export interface Exemplar {
	readonly labelSet: LabelValues;
	readonly value: number;
	/** Seconds since the epoch. */
	readonly timestamp: number;
}

const LONGEST_LABEL_SET = 128;

/** Throws when names and values together are longer than OpenMetrics allows. */
export function checkExemplarLabels(labels: LabelValues): void {
	let size = 0;
	for (const [name, value] of Object.entries(labels)) {
		checkLabelName(name);
		size += `${name}${String(value)}`.length;
	}
	if (size > LONGEST_LABEL_SET) {
		throw new RangeError(
			`Label set size must be smaller than 128 UTF-8 chars. This exemplar has ${size}: a trace id is enough`
		);
	}
}

const ARGUMENT_KEYS = ['labels', 'value', 'exemplarLabels'];

/**
 * Throws unless a metric with exemplars is given the one object that prom-client takes then. It would take other
 * objects and numbers too, and count 1 without labels for whatever they say.
 */
export function checkExemplarArgument(
	argument: unknown,
	method: 'inc' | 'observe',
	metric: string
): void {
	if (isRecord(argument) && Object.keys(argument).every((key) => ARGUMENT_KEYS.includes(key))) {
		return;
	}
	throw new TypeError(
		`${metric} has enableExemplars: its ${method} takes one object, ${method}({ labels, value, exemplarLabels })`
	);
}

function isRecord(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

/** What follows a value on its line; nothing where there is no exemplar. */
export function formatExemplar(exemplar: Exemplar | undefined): string {
	if (!exemplar) return '';
	const labels = Object.entries(exemplar.labelSet).flatMap(([name, value]) => [
		name,
		String(value)
	]);
	const braces = labels.length === 0 ? '{} ' : linePrefix('x', labels).slice(1);
	return ` # ${braces}${formatValue(exemplar.value)} ${exemplar.timestamp}`;
}
