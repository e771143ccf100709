import { labelValue, withLabel, type Labels } from '#engine/model';
import type { BinaryExpr, VectorMatching } from './ast.ts';
import { chooseLabels } from './matching.ts';
import { metadataText, withoutMetricName } from './names.ts';
import type { MatchSlot } from './one-side.ts';
import { isArithmetic } from './operators.ts';

/** The labels of what an operator between two vectors gives. */
export interface ResultLabels {
	/** Those of the many side, or what matched of them, and those included from the one side. */
	ofResult(many: Labels, one: Labels): Labels;
	/**
	 * What the labels of the next result lack of those of its many side, as one text; undefined once not all have lacked the same. Until
	 * then every result has labels of its own; only afterwards do they have to be compared.
	 */
	removedFrom(many: Labels, slot: MatchSlot): string | undefined;
}

/** Labels of the results of one operator; names that are removed at the end stay for now. */
export function createResultLabels(
	expr: BinaryExpr,
	matching: VectorMatching,
	delayed: boolean
): ResultLabels {
	const losesName = isArithmetic(expr.op) || (expr.returnBool && !delayed);
	let hasResults = false;
	let common: string | undefined;
	return {
		ofResult(many, one) {
			let labels = losesName ? withoutMetricName(many) : many;
			if (matching.cardinality === 'one-to-one') labels = matchedPart(labels, matching);
			for (const name of matching.include) labels = withLabel(labels, name, labelValue(one, name));
			return labels;
		},
		removedFrom(many, slot) {
			const removed = removedText(many, slot, matching, losesName);
			if (!hasResults) common = removed;
			else if (removed !== common) common = undefined;
			hasResults = true;
			return common;
		}
	};
}

/** What the labels of a result lack; undefined where several results come of one series, or one of several. */
function removedText(
	many: Labels,
	{ members, matched }: MatchSlot,
	{ cardinality, include, fill }: VectorMatching,
	losesName: boolean
): string | undefined {
	if (fill || (cardinality === 'one-to-one' && matched.length > 0)) return undefined;
	const name = losesName ? metadataText(many) : '';
	if (include.length === 0) return name;
	if (members.length > 1) return undefined;
	return include.reduce((text, label) => `${text}\uffff${labelValue(many, label)}`, name);
}

function matchedPart(labels: Labels, { on, labels: names }: VectorMatching): Labels {
	if (on) return chooseLabels(labels, { names, only: true });
	if (names.length === 0) return labels;
	const rest: string[] = [];
	for (let i = 0; i < labels.length; i += 2) {
		const name = labels[i] as string;
		if (!names.includes(name)) rest.push(name, labels[i + 1] as string);
	}
	return rest;
}
