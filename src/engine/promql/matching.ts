import { METRIC_NAME, labelValue, type Labels } from '#engine/model';

/** A choice of labels: only the named ones, or all but those and the metric name. `by` and `on`, or `without` and `ignoring`. */
export interface LabelChoice {
	readonly names: readonly string[];
	readonly only: boolean;
}

/** The chosen labels of a set. */
export function chooseLabels(labels: Labels, choice: LabelChoice): Labels {
	const chosen: string[] = [];
	for (let i = 0; i < labels.length; i += 2) {
		const name = labels[i] as string;
		if (isChosen(name, choice)) chosen.push(name, labels[i + 1] as string);
	}
	return chosen;
}

/** A text that two sets share exactly when their chosen labels are equal: what groups and matches them. */
export function signature(labels: Labels, choice: LabelChoice): string {
	const { names, only } = choice;
	if (only)
		return names.length === 1 ? labelValue(labels, names[0] as string) : valuesOf(labels, names);
	let text = '';
	for (let i = 0; i < labels.length; i += 2) {
		const name = labels[i] as string;
		if (isChosen(name, choice)) text += `${name}\uffff${labels[i + 1] as string}\uffff`;
	}
	return text;
}

/** The values of the named labels as one text; of one that is not there it is empty. */
function valuesOf(labels: Labels, names: readonly string[]): string {
	let text = '';
	for (const name of names) text += `${labelValue(labels, name)}\uffff`;
	return text;
}

function isChosen(name: string, { names, only }: LabelChoice): boolean {
	return only ? names.includes(name) : name !== METRIC_NAME && !names.includes(name);
}
