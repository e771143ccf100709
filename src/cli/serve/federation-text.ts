import { escapeFamily, linePrefix, textHeader, type EscapingScheme } from '#engine/exposition';
import { formatG, type MetricFamily } from '#engine/model';

/**
 * Families in the text format as a Prometheus writes them that is federated: of a family nothing is known but its name, so there
 * is no line of help, and numbers are Go's (common/expfmt, MetricFamilyToText).
 */
export function federationText(
	families: readonly MetricFamily[],
	escaping: EscapingScheme
): string {
	return families.map((family) => familyText(escapeFamily(family, escaping))).join('');
}

function familyText({ name, type, samples }: MetricFamily): string {
	const [, typeLine] = textHeader(name, type, '').split('\n');
	const lines = samples.map(({ name, labels, value, timestamp }) => {
		const time = timestamp === undefined ? '' : ` ${timestamp}`;
		return `${linePrefix(name, labels)}${number(value)}${time}\n`;
	});
	return `${typeLine}\n${lines.join('')}`;
}

/** A negative zero is written without its sign. */
function number(value: number): string {
	return value === 0 ? '0' : formatG(value);
}
