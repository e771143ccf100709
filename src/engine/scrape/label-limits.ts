import { labelPairs, metricName, quote, utf8Length, type Labels } from '#engine/model';

/** What a sample's labels may be at most, the target's labels included; 0 or nothing for no limit. */
export interface LabelLimits {
	/** How many labels, the metric's name among them. */
	readonly count?: number;
	/** Bytes of a label's name in UTF-8. */
	readonly nameLength?: number;
	/** Bytes of a label's value in UTF-8. */
	readonly valueLength?: number;
}

/** How the labels break a limit, in Prometheus' words; undefined when they do not (scrape/scrape.go, verifyLabelLimits). */
export function labelLimitError(set: Labels, limits: LabelLimits): string | undefined {
	const metric = shortened(metricName(set));
	const count = set.length / 2;
	if (limits.count && count > limits.count) {
		return `label_limit exceeded (metric: ${metric}, number of labels: ${count}, limit: ${limits.count})`;
	}
	const { nameLength = 0, valueLength = 0 } = limits;
	if (!nameLength && !valueLength) return undefined;
	for (const [name, value] of labelPairs(set)) {
		const where = `metric: ${metric}, label name: ${shortened(name)}`;
		const length = utf8Length(name);
		if (nameLength && length > nameLength) {
			return `label_name_length_limit exceeded (${where}, length: ${length}, limit: ${nameLength})`;
		}
		const bytes = utf8Length(value);
		if (valueLength && bytes > valueLength) {
			return `label_value_length_limit exceeded (${where}, value: ${quote(shortened(value))}, length: ${bytes}, limit: ${valueLength})`;
		}
	}
	return undefined;
}

/** Go's `%.50s`: at most fifty characters. */
function shortened(text: string): string {
	return [...text].slice(0, 50).join('');
}
