import { formatValue, linePrefix } from '#engine/exposition';
import type { LabelValues } from './configuration.ts';

/** A single observation that a sample points to, usually by a trace id. */
export interface Exemplar {
	readonly labelSet: LabelValues;
	readonly value: number;
	/** Seconds since the epoch. */
	readonly timestamp: number;
}

/** Throws when names and values together are longer than OpenMetrics allows. */
export function checkExemplarLabels(labels: LabelValues): void {
	const size = Object.entries(labels).reduce(
		(sum, [name, value]) => sum + `${name}${value}`.length,
		0
	);
	if (size > 128) throw new RangeError('Label set size must be smaller than 128 UTF-8 chars');
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
