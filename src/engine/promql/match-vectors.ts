import { labelValue, withLabel, labelsKey, type Labels } from '#engine/model';
import type { BinaryExpr, VectorMatching } from './ast.ts';
import type { Emit, Evaluation, VectorSeries } from './evaluation.ts';
import { chooseLabels, signature, type LabelChoice } from './matching.ts';
import { joiningSink, withoutMetricName } from './names.ts';
import { indexOneSide, type MatchFailure, type MatchSlot } from './one-side.ts';
import { calculate, compare, intersect, isArithmetic, isComparison } from './operators.ts';
import { QueryError } from './query-error.ts';

/**
 * Evaluates an arithmetic or comparison operator between two vectors (promql/engine.go, VectorBinop). The "one" side is held,
 * indexed by its matching labels; the series of the other side (also of a one-to-one match) stream past it.
 */
export function matchVectors(expr: BinaryExpr, evaluation: Evaluation, emit: Emit): void {
	const { matching } = expr;
	if (!matching) throw new Error(`operator ${expr.op} between vectors has no matching`);
	const oneIsLeft = matching.cardinality === 'one-to-many';
	const choice: LabelChoice = { names: matching.labels, only: matching.on };
	const index = indexOneSide(oneIsLeft ? expr.lhs : expr.rhs, choice, evaluation);
	const sink = joiningSink(evaluation, emit);
	// With duplicates the match is likely to fail, and that is to be said before anything about its results.
	const held: VectorSeries[] = [];
	const match: Match = {
		expr,
		matching,
		oneIsLeft,
		delayed: evaluation.scope.features.delayedNameRemoval ?? false,
		holds: new Uint8Array(evaluation.grid.count),
		emit: index.hasDuplicates ? (series) => held.push(series) : sink.push
	};
	evaluation.vector(oneIsLeft ? expr.rhs : expr.lhs, (many) => {
		index.noteOtherSide(many.present);
		const slot = index.slots.get(signature(many.labels, choice));
		if (slot) matchSlot(match, many, slot, evaluation);
		else evaluation.buffers.giveBack(many);
	});
	refuseFailure(index.earliestDuplicate(matching), match.secondMatch);
	held.forEach(sink.push);
	sink.close();
}

/** Throws what Prometheus would find first, which looks at one step after the other, and at the one side first. */
function refuseFailure(...failures: (MatchFailure | undefined)[]): void {
	const [first] = failures
		.filter((failure) => failure !== undefined)
		.sort((a, b) => a.step - b.step);
	if (first) throw new QueryError(first.message);
}

interface Match {
	readonly expr: BinaryExpr;
	readonly matching: VectorMatching;
	readonly oneIsLeft: boolean;
	readonly delayed: boolean;
	/** Room for the outcome of comparisons. */
	readonly holds: Uint8Array;
	readonly emit: Emit;
	/** The first step at which one result would have had two sources. */
	secondMatch?: MatchFailure;
}

function matchSlot(
	match: Match,
	many: VectorSeries,
	slot: MatchSlot,
	{ buffers }: Evaluation
): void {
	// Only included labels depend on which series of the one side it is, and only then do the steps have to be told apart.
	if (slot.members.length === 1 || match.matching.include.length === 0) {
		if (!operate(match, many, slot, slot, slot.members[0] as Labels)) buffers.giveBack(many);
		return;
	}
	slot.members.forEach((labels, member) => {
		const part = buffers.take();
		part.values.set(many.values);
		part.present.set(many.present);
		const own = slot.present.map((is, i) => (is !== 0 && slot.owner?.[i] === member ? 1 : 0));
		operate(match, { ...many, ...part }, slot, { values: slot.values, present: own }, labels);
	});
}

/** Computes one matched pair in place and emits it; false when nothing of it is left. */
function operate(
	match: Match,
	many: VectorSeries,
	slot: MatchSlot,
	one: { readonly values: Float64Array; readonly present: Uint8Array },
	oneLabels: Labels
): boolean {
	const { expr, oneIsLeft, delayed } = match;
	const { values, present } = many;
	if (intersect(present, one.present) === 0) return false;
	const labels = resultLabels(match, many.labels, oneLabels);
	if (hasSecondMatch(match, slot, labels, present)) return false;
	const left = oneIsLeft ? one.values : values;
	const right = oneIsLeft ? values : one.values;
	if (isArithmetic(expr.op)) {
		calculate(expr.op, left, right, values);
	} else if (isComparison(expr.op)) {
		compare(expr.op, left, right, match.holds);
		if (expr.returnBool) values.set(match.holds);
		else if (intersect(present, match.holds) === 0) return false;
		else if (oneIsLeft) values.set(left);
	}
	match.emit({ labels, values, present, dropName: delayed && expr.returnBool });
	return true;
}

/** The labels of a result: those of the many side, or what matched of them, and those included from the one side. */
function resultLabels({ expr, matching, delayed }: Match, many: Labels, one: Labels): Labels {
	let labels = many;
	if (isArithmetic(expr.op) || (expr.returnBool && !delayed)) labels = withoutMetricName(labels);
	if (matching.cardinality === 'one-to-one') labels = matchedPart(labels, matching);
	for (const name of matching.include) labels = withLabel(labels, name, labelValue(one, name));
	return labels;
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

/** Whether some step was matched before for the same labels: an error, whether or not a comparison then keeps it. */
function hasSecondMatch(
	match: Match,
	slot: MatchSlot,
	labels: Labels,
	present: Uint8Array
): boolean {
	const oneToOne = match.matching.cardinality === 'one-to-one';
	const key = oneToOne ? '' : labelsKey(labels);
	const matched = slot.matched.get(key);
	if (!matched) {
		slot.matched.set(key, present.slice());
		return false;
	}
	const step = matched.findIndex((is, i) => is !== 0 && present[i] !== 0);
	for (let i = 0; i < matched.length; i++) {
		matched[i] = (matched[i] as number) | (present[i] as number);
	}
	if (step < 0) return false;
	if (!match.secondMatch || step < match.secondMatch.step) {
		match.secondMatch = { step, message: oneToOne ? NOT_ONE_TO_ONE : NOT_UNIQUE };
	}
	return true;
}

const NOT_ONE_TO_ONE =
	'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)';
const NOT_UNIQUE = 'multiple matches for labels: grouping labels must ensure unique matches';
