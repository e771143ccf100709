import { labelsKey, type Labels } from '#engine/model';
import type { BinaryExpr, VectorMatching } from './ast.ts';
import { isInstant, type Emit, type Evaluation, type VectorSeries } from './evaluation.ts';
import { createFills, type Fills } from './fill.ts';
import { chooseLabels, signature, type LabelChoice } from './matching.ts';
import { createResultLabels, type LabelNextResult } from './match-labels.ts';
import { steppingSink, type SeriesSink } from './names.ts';
import { indexOneSide, type MatchedSteps, type MatchFailure, type MatchSlot } from './one-side.ts';
import { calculate, compare, intersect, isArithmetic, isComparison } from './operators.ts';
import { mayBeHistogram, operateOnHistograms, type SampleColumns } from './operators-histogram.ts';
import { QueryError, sameLabelset } from './query-error.ts';
import { isFull } from './step-buffers.ts';
import { createStepNotes, type StepNotes } from './step-notes.ts';

/**
 * Evaluates an arithmetic, comparison or trim operator between two vectors (promql/engine.go, VectorBinop). The "one" side is held,
 * indexed by its matching labels; the series of the other side (also of a one-to-one match) stream past it.
 */
export function matchVectors(expr: BinaryExpr, evaluation: Evaluation, emit: Emit): void {
	const { matching } = expr;
	if (!matching) throw new Error(`operator ${expr.op} between vectors has no matching`);
	const { scope, grid, buffers } = evaluation;
	const delayed = scope.features.delayedNameRemoval ?? false;
	const oneIsLeft = matching.cardinality === 'one-to-many';
	const choice: LabelChoice = { names: matching.labels, only: matching.on };
	const index = indexOneSide(oneIsLeft ? expr.lhs : expr.rhs, choice, evaluation);
	const sink = steppingSink(evaluation, emit);
	// With duplicates the match is likely to fail, and that is to be said before anything about its results.
	const holdsResults = index.hasDuplicates || scope.findsFirstError;
	const held: VectorSeries[] = [];
	const match: Match = {
		expr,
		matching,
		oneIsLeft,
		labelNext: createResultLabels(expr, matching, delayed),
		delayed,
		holds: new Uint8Array(grid.count),
		everywhere: new Uint8Array(grid.count).fill(1),
		notes: createStepNotes(),
		emit: holdsResults ? (series) => held.push(series) : sink.push
	};
	const fills = matching.fill && createFills(matching.fill, index.slots, grid.count);
	if (fills) index.noteOtherSide(new Uint8Array(grid.count).fill(1));
	evaluation.vector(oneIsLeft ? expr.rhs : expr.lhs, (many) => {
		if (!fills) index.noteOtherSide(many.present);
		const key = signature(many.labels, choice);
		const slot = fills ? fills.slotOf(key) : index.slots.get(key);
		if (slot) matchSlot(match, many, slot, evaluation, fills, choice);
		else buffers.giveBack(many);
	});
	if (fills) matchUnmatched(match, index.slots, fills, choice);
	// Where names are removed at the end, an instant query does not look for equal results (promql/engine.go, rangeEval).
	const mayOverlap = match.delayed && isInstant(grid);
	const overlap = scope.findsFirstError && !mayOverlap && firstOverlap(held);
	refuseFailure(index.earliestDuplicate(matching), match.secondMatch, overlap || undefined);
	match.notes.addTo(scope.annotations, expr.span);
	held.forEach((series) => sink.push(series));
	sink.close();
}

/** Throws what Prometheus would find first, which looks at one step after the other, and at the one side first. */
function refuseFailure(...failures: (MatchFailure | undefined)[]): void {
	const [first] = failures
		.filter((failure) => failure !== undefined)
		.sort((a, b) => a.step - b.step);
	if (first) throw new QueryError(first.message);
}

/** The first step at which two results have the same labels. */
function firstOverlap(results: readonly VectorSeries[]): MatchFailure | undefined {
	const covered = new Map<string, Uint8Array>();
	let first = Infinity;
	for (const { labels, present } of results) {
		const key = labelsKey(labels);
		const earlier = covered.get(key);
		if (!earlier) {
			covered.set(key, present.slice());
			continue;
		}
		for (let i = 0; i < present.length; i++) {
			if (present[i] === 0) continue;
			if (earlier[i] !== 0) first = Math.min(first, i);
			earlier[i] = 1;
		}
	}
	return first === Infinity ? undefined : { step: first, message: sameLabelset().message };
}

interface Match {
	readonly expr: BinaryExpr;
	readonly matching: VectorMatching;
	readonly oneIsLeft: boolean;
	readonly labelNext: LabelNextResult;
	readonly delayed: boolean;
	/** Room for the outcome of comparisons. */
	readonly holds: Uint8Array;
	/** All steps. */
	readonly everywhere: Uint8Array;
	readonly notes: StepNotes;
	readonly emit: SeriesSink['push'];
	/** The first step at which one result would have had two sources. */
	secondMatch?: MatchFailure;
}

/** What a series of the many side is matched with: the one side of its slot, or a part of it. */
interface OneColumns extends SampleColumns {
	readonly present: Uint8Array;
}

function matchSlot(
	match: Match,
	many: VectorSeries,
	slot: MatchSlot,
	{ buffers }: Evaluation,
	fills: Fills | undefined,
	choice: LabelChoice
): void {
	// Only included labels depend on which series of the one side it is, and only then do the steps have to be told apart.
	const [first = []] = slot.members;
	if (match.matching.include.length === 0 || (slot.members.length === 1 && !fills?.one)) {
		const one = fills?.one ? fills.one(slot) : slot;
		if (!operate(match, many, slot, one, first)) buffers.giveBack(many);
		return;
	}
	const partWith = (one: OneColumns, labels: Labels) => {
		const part = buffers.take();
		part.values.set(many.values);
		part.present.set(many.present);
		if (!operate(match, { ...many, ...part }, slot, one, labels)) buffers.giveBack(part);
	};
	slot.members.forEach((labels, member) => {
		partWith({ ...slot, present: ownSteps(slot, member, slot.present) }, labels);
	});
	if (fills?.one) {
		const missing = slot.present.map((is) => 1 - is);
		partWith({ ...fills.one(slot), present: missing }, chooseLabels(many.labels, choice));
	}
	buffers.giveBack(many);
}

/** The steps of a mask that a slot has from one of its members. */
function ownSteps(slot: MatchSlot, member: number, mask: Uint8Array): Uint8Array {
	if (slot.members.length === 1) return mask;
	return mask.map((is, i) => (is !== 0 && slot.owner?.[i] === member ? 1 : 0));
}

/** Matches what is left of the one side with the value that fills in for the many side, where there is such a value. */
function matchUnmatched(
	match: Match,
	slots: ReadonlyMap<string, MatchSlot>,
	fills: Fills,
	choice: LabelChoice
): void {
	for (const slot of slots.values()) {
		const unmatched = fills.unmatched(slot);
		if (!unmatched) continue;
		const labels = chooseLabels(slot.members[0] as Labels, choice);
		const members = match.matching.include.length === 0 ? slot.members.slice(0, 1) : slot.members;
		members.forEach((oneLabels, member) => {
			const present =
				members.length === 1
					? unmatched.present.slice()
					: ownSteps(slot, member, unmatched.present);
			const many = { labels, values: unmatched.values.slice(), present, dropName: false };
			operate(match, many, slot, slot, oneLabels);
		});
	}
}

/** Computes one matched pair in place and emits it; false when nothing of it is left. */
function operate(
	match: Match,
	many: VectorSeries,
	slot: MatchSlot,
	one: OneColumns,
	oneLabels: Labels
): boolean {
	const { expr, oneIsLeft, delayed } = match;
	const { values, present } = many;
	if (intersect(present, one.present) === 0) return false;
	const left = oneIsLeft ? one : many;
	const right = oneIsLeft ? many : one;
	if (isComparison(expr.op)) compare(expr.op, left.values, right.values, match.holds);
	const histograms = mayBeHistogram(expr.op, left, right)
		? operateOnHistograms(expr.op, left, right, present, match.holds, match.notes)
		: undefined;
	if (histograms && present.indexOf(1) < 0) return false;
	const { labels, removed } = match.labelNext(many.labels, oneLabels, slot);
	if (wasMatchedBefore(match, slot, labels, removed, present)) return false;
	const dropName = delayed && expr.returnBool;
	if (isArithmetic(expr.op)) {
		calculate(expr.op, left.values, right.values, values);
	} else if (isComparison(expr.op)) {
		if (expr.returnBool) {
			values.set(match.holds);
			match.emit({ labels, values, present, dropName }, removed);
			return true;
		}
		if (intersect(present, match.holds) === 0) return false;
		if (oneIsLeft) values.set(left.values);
	}
	match.emit({ labels, values, present, histograms, dropName }, removed);
	return true;
}

/**
 * Whether every step was matched before for the same labels: an error at any step, whether or not a comparison then keeps it. Steps
 * that were are cleared.
 */
function wasMatchedBefore(
	match: Match,
	slot: MatchSlot,
	labels: Labels,
	removed: string | undefined,
	present: Uint8Array
): boolean {
	const oneToOne = match.matching.cardinality === 'one-to-one';
	const matched = oneToOne ? slot.matched[0]?.steps : stepsMatched(slot, labels, removed);
	if (!matched) {
		// What is full stays so, and may be shared.
		const steps = isFull(present) ? match.everywhere : present.slice();
		const found: MatchedSteps = { labels, steps };
		slot.matched.push(found);
		slot.matchedByKey?.set(labelsKey(labels), found);
		return false;
	}
	const step = matched.findIndex((is, i) => is !== 0 && present[i] !== 0);
	for (let i = 0; i < matched.length; i++) {
		const both = (matched[i] as number) & (present[i] as number);
		matched[i] = (matched[i] as number) | (present[i] as number);
		// What is left may clash with another result, and earlier.
		if (both !== 0) present[i] = 0;
	}
	if (step < 0) return false;
	if (!match.secondMatch || step < match.secondMatch.step) {
		match.secondMatch = { step, message: oneToOne ? NOT_ONE_TO_ONE : NOT_UNIQUE };
	}
	return present.indexOf(1) < 0;
}

/** The steps at which a slot was matched for results with these labels. */
function stepsMatched(
	slot: MatchSlot,
	labels: Labels,
	removed: string | undefined
): Uint8Array | undefined {
	if (removed !== undefined) return undefined;
	slot.matchedByKey ??= new Map(slot.matched.map((known) => [labelsKey(known.labels), known]));
	return slot.matchedByKey.get(labelsKey(labels))?.steps;
}

const NOT_ONE_TO_ONE =
	'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)';
const NOT_UNIQUE = 'multiple matches for labels: grouping labels must ensure unique matches';
