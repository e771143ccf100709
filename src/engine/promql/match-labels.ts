import { labelValue, withLabel, type Labels } from '#engine/model';
import type { BinaryExpr, VectorMatching } from './ast.ts';
import { chooseLabels } from './matching.ts';
import { metadataText, NOTHING_REMOVED, withoutMetricName } from './names.ts';
import type { MatchSlot } from './one-side.ts';
import { isArithmetic } from './operators.ts';

/** The labels of one result of an operator between two vectors. */
export interface ResultLabels {
	/** Those of the many side, or what matched of them, and those included from the one side. */
	readonly labels: Labels;
	/**
	 * What they lack of those of the many side, as one text; undefined once not all results have lacked the same. Until then every
	 * result has labels of its own; only afterwards do they have to be compared.
	 */
	readonly removed: string | undefined;
}

/** Gives the labels of the next result, before its steps are noted in its slot. */
export type LabelNextResult = (many: Labels, one: Labels, slot: MatchSlot) => ResultLabels;

/** Makes what labels the results of one operator, one after the other; names that are removed at the end stay for now. */
export function createResultLabels(
	expr: BinaryExpr,
	matching: VectorMatching,
	delayed: boolean
): LabelNextResult {
	const losesName = isArithmetic(expr.op) || (expr.returnBool && !delayed);
	let isFirst = true;
	let common: string | undefined;
	return (many, one, slot) => {
		// Where names are removed at the end, an instant query lets equal series pass: those of the many side need not differ.
		const removed = delayed ? undefined : removedText(many, slot, matching, losesName);
		if (isFirst) common = removed;
		else if (removed !== common) common = undefined;
		isFirst = false;
		let labels = losesName ? withoutMetricName(many) : many;
		if (matching.cardinality === 'one-to-one') labels = matchedPart(labels, matching);
		for (const name of matching.include) labels = withLabel(labels, name, labelValue(one, name));
		return { labels, removed: common };
	};
}

/**
 * What the labels of a result lack. Undefined where a series may give several results, or several series one: with fills, with several
 * members to include labels of, and from the second match of a one-to-one slot on.
 */
function removedText(
	many: Labels,
	{ members, matched }: MatchSlot,
	{ cardinality, include, fill }: VectorMatching,
	losesName: boolean
): string | undefined {
	if (fill || (cardinality === 'one-to-one' && matched.length > 0)) return undefined;
	const name = losesName ? metadataText(many) : NOTHING_REMOVED;
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
