import { quote } from './quote.ts';
import { isSurrogate } from './utf8.ts';

/**
 * A label set: name, value, name, value, … in one flat array, sorted by name (bytewise on UTF-8), without empty values.
 * In Prometheus an empty value means that the label is not there, so it is never stored. Immutable, plain data: it crosses threads as it is.
 */
export type Labels = readonly string[];

export const METRIC_NAME = '__name__';

export const NO_LABELS: Labels = [];

/** Makes a label set from a record; empty values are left out. */
export function labels(record: Readonly<Record<string, string>>): Labels {
	return labelsFromPairs(Object.entries(record));
}

/** Makes a label set from pairs in any order; of two pairs with one name the later wins; empty values are left out. */
export function labelsFromPairs(pairs: Iterable<readonly [string, string]>): Labels {
	const byName = new Map(pairs);
	const names = [...byName.keys()].filter((name) => byName.get(name) !== '').sort(compareText);
	return names.flatMap((name) => [name, byName.get(name) as string]);
}

/** The value of a label, or the empty string where the set does not have it. */
export function labelValue(set: Labels, name: string): string {
	for (let i = 0; i < set.length; i += 2) if (set[i] === name) return set[i + 1] as string;
	return '';
}

/** The metric name of the set, or the empty string where it has none. */
export function metricName(set: Labels): string {
	return labelValue(set, METRIC_NAME);
}

/** The set with one label set to a value; an empty value removes it. */
export function withLabel(set: Labels, name: string, value: string): Labels {
	return labelsFromPairs([...labelPairs(set), [name, value]]);
}

/** The set without the named labels. */
export function withoutLabels(set: Labels, names: readonly string[]): Labels {
	const kept: string[] = [];
	for (let i = 0; i < set.length; i += 2) {
		if (!names.includes(set[i] as string)) kept.push(set[i] as string, set[i + 1] as string);
	}
	return kept;
}

/** The labels of the set as pairs of name and value, in the order of the names. */
export function* labelPairs(set: Labels): Generator<[string, string]> {
	for (let i = 0; i < set.length; i += 2) yield [set[i] as string, set[i + 1] as string];
}

/** The set as a plain record, in label order (names that look like integers excepted, which JavaScript puts first). */
export function labelsToRecord(set: Labels): Record<string, string> {
	return Object.fromEntries(labelPairs(set));
}

/** A text that two label sets share exactly when they are equal. U+FFFF is a noncharacter, so no real label contains it. */
export function labelsKey(set: Labels): string {
	return set.join('\uffff');
}

/**
 * Order of two texts as Prometheus sorts them: bytewise on UTF-8.
 * UTF-16 order differs from it only where a surrogate meets a unit above the surrogates.
 */
export function compareText(a: string, b: string): number {
	const length = Math.min(a.length, b.length);
	for (let i = 0; i < length; i++) {
		const x = a.charCodeAt(i);
		const y = b.charCodeAt(i);
		if (x !== y) return utf8Rank(x) - utf8Rank(y);
	}
	return a.length - b.length;
}

function utf8Rank(unit: number): number {
	return isSurrogate(unit) ? unit + 0x10000 : unit;
}

/** Order of two label sets: name by name, value by value, the shorter first (model/labels, Compare). */
export function compareLabels(a: Labels, b: Labels): number {
	const length = Math.min(a.length, b.length);
	for (let i = 0; i < length; i++) {
		// Most texts are the same string, which is seen without reading it.
		if (a[i] !== b[i]) return compareText(a[i] as string, b[i] as string);
	}
	return a.length - b.length;
}

const BARE_METRIC = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const BARE_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** Whether PromQL can write a metric name without quotes. */
export function isBareMetricName(name: string): boolean {
	return BARE_METRIC.test(name);
}

/** Whether PromQL can write a label name without quotes. */
export function isBareLabelName(name: string): boolean {
	return BARE_LABEL.test(name);
}

/** The set as PromQL writes it: `up{instance="a", job="b"}`, `{"odd name", a="b"}`, `{}`. */
export function formatLabels(set: Labels): string {
	const name = metricName(set);
	const bare = isBareMetricName(name);
	const inside = [...labelPairs(set)]
		.filter(([label]) => label !== METRIC_NAME)
		.map(([label, value]) => `${isBareLabelName(label) ? label : quote(label)}=${quote(value)}`);
	if (name !== '' && !bare) inside.unshift(quote(name));
	if (inside.length === 0) return name === '' ? '{}' : name;
	return `${bare ? name : ''}{${inside.join(', ')}}`;
}

/** A label set as Go's labels.String writes it: the metric name is a label like the others. */
export function formatLabelSet(labels: Labels): string {
	const pairs = [...labelPairs(labels)].map(
		([name, value]) => `${isBareLabelName(name) ? name : quote(name)}=${quote(value)}`
	);
	return `{${pairs.join(', ')}}`;
}
