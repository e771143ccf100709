import { formatValue, openMetricsFamilyName, textHeader } from '#engine/exposition';
import type { MetricType } from '#engine/model';

/**
 * How one registry writes: its format and default labels. Made anew whenever either changes, so that whoever keeps
 * a text that depends on it can tell by identity whether that text still holds.
 */
export interface TextStyle {
	readonly openMetrics: boolean;
	/** Name, value, name, value, … */
	readonly defaultLabels: readonly string[];
}

/** Labels as name, value, name, value, … in the order in which their first user wrote them, as prom-client prints them. */
export function labelTexts(labels: object): string[] {
	return Object.entries(labels).flatMap(([name, value]) => [name, String(value)]);
}

/** Those of the default labels that none of the given names hides. */
export function visibleDefaults(style: TextStyle, taken: readonly string[]): readonly string[] {
	const { defaultLabels } = style;
	if (defaultLabels.length === 0) return defaultLabels;
	const visible: string[] = [];
	for (let i = 0; i < defaultLabels.length; i += 2) {
		const name = defaultLabels[i] as string;
		if (!isName(taken, name)) visible.push(name, defaultLabels[i + 1] as string);
	}
	return visible;
}

function isName(labels: readonly string[], name: string): boolean {
	for (let i = 0; i < labels.length; i += 2) if (labels[i] === name) return true;
	return false;
}

/** A value as prom-client writes it, which is as everybody does but for `Nan`; Prometheus reads that in any case. */
export function printValue(value: number): string {
	return Number.isNaN(value) ? 'Nan' : formatValue(value);
}

/** The HELP and TYPE lines of a family, each with its line break. */
export function familyHeader(
	family: string,
	type: MetricType,
	help: string,
	{ openMetrics }: TextStyle
): string {
	// In OpenMetrics too: prom-client leaves quotes in a help text as they are, and Prometheus reads them.
	if (openMetrics) return textHeader(openMetricsFamilyName(family, type), type, help);
	return textHeader(family, isOpenMetricsOnly(type) ? 'gauge' : type, help);
}

/** Whether the text format lacks the type; its series are gauges there. */
function isOpenMetricsOnly(type: MetricType): boolean {
	return type === 'info' || type === 'stateset';
}
