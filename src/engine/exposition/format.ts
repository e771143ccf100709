import { isBareLabelName, isBareMetricName, type MetricType } from '#engine/model';

/** A backslash, a line break: what both formats escape wherever they quote. */
function escapeText(text: string): string {
	const slashed = text.includes('\\') ? text.replaceAll('\\', '\\\\') : text;
	return slashed.includes('\n') ? slashed.replaceAll('\n', '\\n') : slashed;
}

/** A label value as it stands between its quotes. A text without anything to escape is returned as it is, not copied. */
function escapeLabelValue(value: string): string {
	const escaped = escapeText(value);
	return escaped.includes('"') ? escaped.replaceAll('"', '\\"') : escaped;
}

/**
 * A value as both formats accept it: the shortest digits that read back, as JavaScript prints a number,
 * and Prometheus' words for what is not finite. A negative zero loses its sign, as it does with prom-client.
 */
export function formatValue(value: number): string {
	if (Number.isFinite(value)) return String(value);
	if (Number.isNaN(value)) return 'NaN';
	return value > 0 ? '+Inf' : '-Inf';
}

/**
 * All of a sample's line that stays the same from scrape to scrape, up to and with the blank before the value.
 * Labels are name, value, name, value, …; a name that is not bare moves into the braces, quoted.
 *
 * Whoever writes the same series again and again keeps this text and appends `formatValue(value)` to it: that is
 * all the difference between a registry's writer and `formatText`. The text is concatenated, never joined, so that a
 * label value of many megabytes is referred to and not copied.
 */
export function linePrefix(name: string, labels: readonly string[]): string {
	const bare = isBareMetricName(name);
	if (bare && labels.length === 0) return `${name} `;
	let text = bare ? `${name}{` : `{"${escapeLabelValue(name)}"`;
	let separator = bare ? '' : ',';
	for (let i = 0; i < labels.length; i += 2) {
		text += `${separator}${formatLabelName(labels[i] as string)}="`;
		text += escapeLabelValue(labels[i + 1] as string);
		text += '"';
		separator = ',';
	}
	return `${text}} `;
}

/** The HELP and TYPE lines of a family in the text format, each with its line break. */
export function textHeader(name: string, type: string, help: string): string {
	const quoted = formatFamilyName(name);
	return `# HELP ${quoted} ${escapeText(help)}\n# TYPE ${quoted} ${type}\n`;
}

/** The HELP, TYPE and, where there is one, UNIT lines of a family in OpenMetrics, each with its line break. */
export function openMetricsHeader(
	name: string,
	type: MetricType,
	help: string,
	unit: string
): string {
	const helpLine = `# HELP ${formatFamilyName(name)} ${escapeLabelValue(help)}\n`;
	return helpLine + openMetricsTypeAndUnit(name, type, unit);
}

/** The same without HELP. */
export function openMetricsTypeAndUnit(name: string, type: MetricType, unit: string): string {
	const quoted = formatFamilyName(name);
	return `# TYPE ${quoted} ${type}\n${unit === '' ? '' : `# UNIT ${quoted} ${unit}\n`}`;
}

function formatFamilyName(name: string): string {
	return isBareMetricName(name) ? name : `"${escapeLabelValue(name)}"`;
}

function formatLabelName(name: string): string {
	return isBareLabelName(name) ? name : `"${escapeLabelValue(name)}"`;
}
