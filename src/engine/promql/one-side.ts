import { formatLabelSet, type FloatHistogram, type Labels } from '#engine/model';
import type { Expr, VectorMatching } from './ast.ts';
import type { Evaluation, VectorSeries } from './evaluation.ts';
import { chooseLabels, signature, type LabelChoice } from './matching.ts';

/** The series of the "one" side that share their matching labels: at each step at most one, or it is an error. */
export interface MatchSlot {
	readonly values: Float64Array;
	readonly present: Uint8Array;
	/** As in VectorSeries. */
	histograms?: (FloatHistogram | undefined)[];
	/** Labels of the series whose steps are here, in order of arrival. */
	readonly members: Labels[];
	/** Which member a step comes from; only with several. */
	owner?: Int32Array;
	/** The steps matched so far, for each label set among the results; a one-to-one match has only one. */
	readonly matched: MatchedSteps[];
	/** The same by the key of those labels, once they have to be compared. */
	matchedByKey?: Map<string, MatchedSteps>;
}

/** The steps at which results with the same labels have been matched with a slot. */
export interface MatchedSteps {
	readonly labels: Labels;
	readonly steps: Uint8Array;
}

/** The "one" side of a match, held and indexed by signature. */
export interface OneSide {
	readonly slots: ReadonlyMap<string, MatchSlot>;
	/** Whether two series had the same matching labels at any step. */
	readonly hasDuplicates: boolean;
	/** Tells at which steps the other side has anything: where it has nothing, duplicates here are no error. */
	noteOtherSide(present: Uint8Array): void;
	/** The first step at which two series had the same matching labels and the other side had any, and the error that is. */
	earliestDuplicate(matching: VectorMatching): MatchFailure | undefined;
}

/** Why a match fails, and at which step. */
export interface MatchFailure {
	readonly step: number;
	readonly message: string;
}

/** Two series of one slot at the same step. */
interface Duplicate {
	readonly step: number;
	readonly first: Labels;
	readonly second: Labels;
}

/** Evaluates the "one" side of a match. */
export function indexOneSide(expr: Expr, choice: LabelChoice, evaluation: Evaluation): OneSide {
	const slots = new Map<string, MatchSlot>();
	const duplicates = new Map<number, Duplicate>();
	evaluation.vector(expr, (series) => {
		const key = signature(series.labels, choice);
		const slot = slots.get(key);
		if (slot) addMember(slot, series, duplicates);
		else slots.set(key, firstMember(series));
	});
	const otherSide = new Uint8Array(duplicates.size > 0 ? evaluation.grid.count : 0);
	return {
		slots,
		hasDuplicates: duplicates.size > 0,
		noteOtherSide(present) {
			for (let i = 0; i < otherSide.length; i++) {
				otherSide[i] = (otherSide[i] as number) | (present[i] as number);
			}
		},
		earliestDuplicate(matching) {
			const [earliest] = [...duplicates.values()]
				.filter(({ step }) => otherSide[step] !== 0)
				.sort((a, b) => a.step - b.step);
			return earliest && describeDuplicate(earliest, matching, choice);
		}
	};
}

function firstMember({ labels, values, present, histograms }: VectorSeries): MatchSlot {
	return { values, present, histograms, members: [labels], matched: [] };
}

function addMember(
	slot: MatchSlot,
	{ labels, values, present, histograms }: VectorSeries,
	duplicates: Map<number, Duplicate>
): void {
	const { members } = slot;
	if (histograms) slot.histograms ??= new Array(present.length).fill(undefined);
	const owner = (slot.owner ??= new Int32Array(present.length));
	const member = members.push(labels) - 1;
	for (let i = 0; i < present.length; i++) {
		if (present[i] === 0) continue;
		if (slot.present[i] !== 0) {
			const first = members[owner[i] as number] as Labels;
			if (!duplicates.has(i)) duplicates.set(i, { step: i, first, second: labels });
			continue;
		}
		slot.present[i] = 1;
		slot.values[i] = values[i] as number;
		if (slot.histograms) slot.histograms[i] = histograms?.[i];
		owner[i] = member;
	}
}

function describeDuplicate(
	{ step, first, second }: Duplicate,
	{ cardinality }: VectorMatching,
	choice: LabelChoice
): MatchFailure {
	const group = formatLabelSet(chooseLabels(first, choice));
	const side = cardinality === 'one-to-many' ? 'left' : 'right';
	const [a, b] = [formatLabelSet(second), formatLabelSet(first)];
	return {
		step,
		message:
			`found duplicate series for the match group ${group} on the ${side} hand-side of the operation: [${a}, ${b}]` +
			';many-to-many matching not allowed: matching labels must be unique on one side'
	};
}
