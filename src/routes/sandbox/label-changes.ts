import { compareText, labelPairs, type Labels } from '#engine/model';

/** A label, and what has become of it. */
export interface LabelChange {
	readonly name: string;
	/** Of a label that was removed, the value that it had. */
	readonly value: string;
	readonly kind: 'same' | 'added' | 'changed' | 'removed';
	/** The value before, of a label that was changed. */
	readonly before?: string;
}

/** The labels of two sets, in the order of their names, each with what became of it from the one to the other. */
export function labelChanges(before: Labels, after: Labels): readonly LabelChange[] {
	const old = new Map(labelPairs(before));
	const now = new Map(labelPairs(after));
	return [...new Set([...old.keys(), ...now.keys()])]
		.sort(compareText)
		.map((name) => changeOf(name, old.get(name), now.get(name)));
}

function changeOf(
	name: string,
	before: string | undefined,
	value: string | undefined
): LabelChange {
	if (value === undefined) return { name, value: before ?? '', kind: 'removed' };
	if (before === undefined) return { name, value, kind: 'added' };
	return before === value
		? { name, value, kind: 'same' }
		: { name, value, kind: 'changed', before };
}

/** The labels of one set, none of which has changed. */
export function unchanged(labels: Labels): readonly LabelChange[] {
	return labelChanges(labels, labels);
}
