import {
	compareText,
	METRIC_NAME,
	withoutLabels,
	type Labels,
	type MetricType
} from '#engine/model';
import { unescapeLabelValue } from './escapes.ts';
import { canonicalFloat } from './go-text.ts';
import type { Line } from './page-memory.ts';
import type { PageReader } from './page-reader.ts';
import type { SymbolTable } from './symbols.ts';

/**
 * A series as a target exposes it. The same object comes back from every page of the target on which its line begins
 * with the same bytes, so whoever scrapes may keep what it knows of a series with the object.
 */
export interface ExposedSeries {
	readonly name: string;
	/** Sorted, with `__name__`, without empty values; `le` and `quantile` in Prometheus' spelling: `1.0` for `1`. */
	readonly labels: Labels;
	/**
	 * Names of labels that were given an empty value, if any. That removes the label, also where it is given another value
	 * beside, and were it the name of the metric; with honor_labels it removes the target's own label as well.
	 */
	readonly emptyLabels?: readonly string[] | undefined;
	/** A label name that was given twice, if any. Prometheus refuses such a series when it is stored. */
	readonly duplicateLabel?: string | undefined;
	/** The first one that was exposed in the same words, but in a family of another type, which may spell labels anew. */
	sameText?: ExposedSeries | undefined;
	/** What whoever scrapes the target knows of the series; nobody else reads or writes it. */
	note?: object | undefined;
}

/** Where a label set is put together; what is kept is a copy of its exact size. */
const scratch: string[] = [];

/** A line with a sample, and the series that it exposes, in one: there may be a million, so what hardly any has takes no room in the others. */
export class SampleLine implements ExposedSeries, Line {
	readonly name: string;
	readonly labels: Labels;
	readonly type: MetricType | '';
	note: object | undefined;
	declare emptyLabels?: readonly string[];
	declare duplicateLabel?: string;
	declare sameText?: ExposedSeries;

	constructor(name: string, labels: Labels, type: MetricType | '') {
		this.name = name;
		this.labels = labels;
		this.type = type;
		this.note = undefined;
	}

	get series(): ExposedSeries {
		return this;
	}
}

/** The line of the sample that the reader has just read. */
export function makeSampleLine(
	reader: PageReader,
	page: Uint8Array,
	symbols: SymbolTable
): SampleLine {
	const { offsets, offsetCount, type } = reader;
	const name = unescapeLabelValue(symbols.text(page, reader.nameFrom, reader.nameTo, 0));
	scratch[0] = METRIC_NAME;
	scratch[1] = name;
	let length = 2;
	let emptyLabels = name === '' ? [METRIC_NAME] : undefined;
	for (let k = 0; k < offsetCount; k += 4) {
		const label = unescapeLabelValue(symbols.text(page, offsets[k]!, offsets[k + 1]!, k + 1));
		const text = unescapeLabelValue(symbols.text(page, offsets[k + 2]!, offsets[k + 3]!, k + 3));
		if (text === '') (emptyLabels ??= []).push(label);
		else insertSorted(scratch, length, label, isNumber(type, label) ? canonicalFloat(text) : text);
		if (text !== '') length += 2;
	}
	const given = scratch.slice(0, length);
	const labels = emptyLabels ? withoutLabels(given, emptyLabels) : given;
	const duplicateLabel = duplicateOf(labels);
	const line = new SampleLine(name, labels, type);
	if (emptyLabels) line.emptyLabels = emptyLabels;
	if (duplicateLabel !== undefined) line.duplicateLabel = duplicateLabel;
	return line;
}

/** Labels that hold a number: those that Prometheus 3 rewrites, so that one bucket has one spelling. */
function isNumber(type: MetricType | '', label: string): boolean {
	return (type === 'histogram' && label === 'le') || (type === 'summary' && label === 'quantile');
}

/** Labels are few and mostly in order: each moves back past those that come after it. */
function insertSorted(labels: string[], length: number, name: string, value: string): void {
	let i = length;
	while (i > 0 && compareText(labels[i - 2] as string, name) > 0) {
		labels[i] = labels[i - 2] as string;
		labels[i + 1] = labels[i - 1] as string;
		i -= 2;
	}
	labels[i] = name;
	labels[i + 1] = value;
}

/** The first name that is in the set twice. */
export function duplicateOf(labels: Labels): string | undefined {
	for (let i = 2; i < labels.length; i += 2) if (labels[i] === labels[i - 2]) return labels[i];
	return undefined;
}
