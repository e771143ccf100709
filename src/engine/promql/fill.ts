import type { VectorMatching } from './ast.ts';
import type { MatchSlot } from './one-side.ts';
import type { SampleColumns } from './operators-histogram.ts';

/**
 * What `fill`, `fill_left` and `fill_right` put in the place of missing samples. Prometheus does not swap the two for group_right:
 * the value on the left always stands for the many side, and the one on the right for the one side (promql/engine.go, VectorBinop).
 */
export interface Fills {
	/** The slot of a signature, an empty one where the one side has none, if that side is filled. */
	slotOf(key: string): MatchSlot | undefined;
	/** The one side of a slot with its gaps filled; undefined when it has to stay as it is. */
	readonly one?: (slot: MatchSlot) => FilledSide;
	/** The many side of a slot where nothing has been matched with it; undefined when there is no such step, or no value for it. */
	unmatched(
		slot: MatchSlot
	): { readonly values: Float64Array; readonly present: Uint8Array } | undefined;
}

/** The samples of a slot with its gaps filled. */
type FilledSide = SampleColumns & { readonly present: Uint8Array };

/** Fills for a one side whose slots are given, over so many steps. */
export function createFills(
	fill: NonNullable<VectorMatching['fill']>,
	slots: ReadonlyMap<string, MatchSlot>,
	count: number
): Fills {
	const { left: manyValue, right: oneValue } = fill;
	const always = new Uint8Array(count).fill(1);
	const emptySlots = new Map<string, MatchSlot>();
	const filled = new Map<MatchSlot, FilledSide>();
	function emptySlot(key: string): MatchSlot {
		let slot = emptySlots.get(key);
		if (!slot) emptySlots.set(key, (slot = createEmptySlot(count)));
		return slot;
	}
	function filledSide(slot: MatchSlot, value: number): FilledSide {
		let side = filled.get(slot);
		if (!side) filled.set(slot, (side = { ...fillGaps(slot, value), present: always }));
		return side;
	}
	return {
		slotOf: (key) => slots.get(key) ?? (oneValue === undefined ? undefined : emptySlot(key)),
		one: oneValue === undefined ? undefined : (slot) => filledSide(slot, oneValue),
		unmatched(slot) {
			if (manyValue === undefined) return undefined;
			const present = unmatchedSteps(slot);
			if (present.indexOf(1) < 0) return undefined;
			return { values: new Float64Array(count).fill(manyValue), present };
		}
	};
}

function createEmptySlot(count: number): MatchSlot {
	return {
		values: new Float64Array(count),
		present: new Uint8Array(count),
		members: [],
		matched: []
	};
}

function fillGaps({ values, present, histograms }: MatchSlot, value: number): SampleColumns {
	return {
		values: values.map((known, i) => (present[i] === 0 ? value : known)),
		histograms: histograms?.map((known, i) => (present[i] === 0 ? undefined : known))
	};
}

/** Where the slot has a sample, and no series of the many side was matched with it. */
function unmatchedSteps({ present, matched }: MatchSlot): Uint8Array {
	const left = present.slice();
	for (const { steps } of matched) {
		for (let i = 0; i < left.length; i++) if (steps[i] !== 0) left[i] = 0;
	}
	return left;
}
