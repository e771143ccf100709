import { compareText, labelValue, type Labels } from '#engine/model';

/**
 * A label set under change (model/labels, Builder). Beside the set itself it keeps in which order labels were set, because rules go
 * through a set in that order: first what was there from the start, sorted, then what was set, oldest first. It matters
 * where two labels are copied to one name.
 */
export interface LabelBuilder {
	labels: Labels;
	/** The names of the labels that were set and are still there. */
	added: string[];
}

/** The value of a label, or the empty string. */
export function getLabel({ labels }: LabelBuilder, name: string): string {
	return labelValue(labels, name);
}

/** Sets a label; an empty value takes it away. The set that was there is left as it is. */
export function setLabel(builder: LabelBuilder, name: string, value: string): void {
	if (value === '') return deleteLabel(builder, name);
	const { labels, added } = builder;
	if (!added.includes(name)) added.push(name);
	const at = placeOf(labels, name);
	const length = lengthOf(labels, at, name);
	if (length === 2 && labels[at + 1] === value) return;
	builder.labels = labels.toSpliced(at, length, name, value);
}

/** Takes a label away. */
export function deleteLabel(builder: LabelBuilder, name: string): void {
	const { labels, added } = builder;
	const at = placeOf(labels, name);
	const length = lengthOf(labels, at, name);
	if (length === 0) return;
	builder.labels = labels.toSpliced(at, length);
	if (added.includes(name)) builder.added = added.filter((one) => one !== name);
}

/** The names of all labels in the order in which rules go through them: a copy, as the set may change meanwhile. */
export function namesInOrder({ labels, added }: LabelBuilder): string[] {
	const names: string[] = [];
	for (let i = 0; i < labels.length; i += 2) {
		const name = labels[i] as string;
		if (!added.includes(name)) names.push(name);
	}
	return names.concat(added);
}

/** Where the label is in the set, or would be. */
function placeOf(labels: Labels, name: string): number {
	let at = 0;
	while (at < labels.length && compareText(labels[at] as string, name) < 0) at += 2;
	return at;
}

/** How much of the array the label takes: 0 where it is not there, and 4 where a page has given it twice. */
function lengthOf(labels: Labels, at: number, name: string): number {
	let length = 0;
	while (labels[at + length] === name) length += 2;
	return length;
}
