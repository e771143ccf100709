import { extrapolationFactor, reach } from './extrapolation.ts';
import { windowEnd, type WindowPlan, type WindowShape } from './window.ts';

/**
 * What of extrapolation depends on times alone, for all steps of a plan. It is planned for stretches: steps whose windows move
 * on by the same number of rows and hold their samples at the same places, so that one factor serves them all. Scrapes at
 * even intervals make one stretch of nearly all steps; at the worst each step is one.
 */
export interface Stretches {
	/** Records of RECORD numbers, end to end, since there may be a thousand in each of a thousand plans: those at [from, to). */
	readonly records: Float64Array;
	readonly from: number;
	readonly to: number;
	/** 1 for steps with at least two samples: those that are in a stretch. Shared with other plans: it is not to be written to. */
	readonly present: Uint8Array;
	readonly found: number;
}

/** A record: the steps [FROM, TO) … */
export const FROM = 0;
export const TO = 1;
/** … first and last row of the window at FROM, and by how many rows the windows move on … */
export const FIRST = 2;
export const LAST = 3;
export const STRIDE = 4;
/** … milliseconds from the bounds of a window to its first and last sample … */
const GAP_TO_START = 5;
const GAP_TO_END = 6;
/** … seconds between the two, and how far to extrapolate beyond them while the zero point does not matter … */
export const SAMPLED = 7;
export const TO_START = 8;
export const TO_END = 9;
/** … by what the increase is multiplied then … */
export const FACTOR = 10;
/**
 * … and a bound that saves a division: only where the increase is positive and first <= increase * ZERO_MATTERS has the zero point to
 * be looked at.
 */
export const ZERO_MATTERS = 11;
export const RECORD = 12;

/**
 * Makes a planner of the extrapolation of a counter or, whose zero point never matters, of a gauge. It plans once for each plan of
 * windows; series with the same one mostly come one after the other. What it gives for a single step holds until it is asked again.
 */
export function createStretchPlanner(
	shape: WindowShape,
	isCounter: boolean,
	perSeconds: number
): (plan: WindowPlan) => Stretches {
	const steps = shape.grid.count;
	const known = new WeakMap<WindowPlan, Stretches>();
	const makeRoom = createRecordRoom();
	const extrapolation: ExtrapolationKind = { shape, isCounter, perSeconds };
	const scratch = new Uint8Array(steps);
	const everywhere = new Uint8Array(steps).fill(1);
	let lastPlan: WindowPlan | undefined;
	let last: Stretches | undefined;
	function planFor(plan: WindowPlan): Stretches {
		const room = makeRoom(mostStretches(plan, steps));
		const { records, used: from } = room;
		const { to, found } = planStretches(plan, extrapolation, records, from, scratch);
		room.used = to;
		return { records, from, to, present: found === steps ? everywhere : scratch.slice(), found };
	}
	// A single step is planned sooner than looked up, into the same room each time.
	function planSingleStep(plan: WindowPlan): Stretches {
		const { records } = makeRoom(1);
		const { to, found } = planStretches(plan, extrapolation, records, 0, scratch);
		return { records, from: 0, to, present: scratch, found };
	}
	function remember(plan: WindowPlan): Stretches {
		let stretches = known.get(plan);
		if (!stretches) known.set(plan, (stretches = planFor(plan)));
		return stretches;
	}
	return (plan) => {
		if (last && plan === lastPlan) return last;
		lastPlan = plan;
		last = steps === 1 ? planSingleStep(plan) : remember(plan);
		return last;
	};
}

/** The steady steps are one stretch, and mostly each other step is one of its own. */
function mostStretches({ steady }: WindowPlan, steps: number): number {
	return Math.min(steps, steps - (steady.to - steady.from) + 1);
}

/** Records one after the other, up to where they are in use. */
interface Room {
	readonly records: Float64Array;
	used: number;
}

/** How many numbers of records lie in one piece: half a megabyte. */
const MOST_IN_A_PIECE = 2 ** 16;

/** Plans that need more of a piece than this get one of their own, so that no large rest of a piece is left over. */
const MUCH_OF_A_PIECE = MOST_IN_A_PIECE / 16;

/** Gives room for so many records more, in pieces each twice as large as the one before. */
function createRecordRoom(): (most: number) => Room {
	let room: Room = { records: new Float64Array(0), used: 0 };
	return (most) => {
		const size = most * RECORD;
		if (size > MUCH_OF_A_PIECE) return { records: new Float64Array(size), used: 0 };
		if (room.records.length - room.used < size) {
			const next = Math.min(MOST_IN_A_PIECE, 2 * room.records.length);
			room = { records: new Float64Array(Math.max(size, next)), used: 0 };
		}
		return room;
	};
}

/** What is extrapolated. */
interface ExtrapolationKind {
	readonly shape: WindowShape;
	readonly isCounter: boolean;
	readonly perSeconds: number;
}

/** Writes the stretches of a plan as records from `from` on and marks their steps. Returns where the records end, and how many steps are marked. */
function planStretches(
	plan: WindowPlan,
	{ shape, isCounter, perSeconds }: ExtrapolationKind,
	records: Float64Array,
	from: number,
	present: Uint8Array
): { readonly to: number; readonly found: number } {
	let at = from;
	let found = 0;
	for (let i = 0; i < present.length; i++) {
		if (!begin(records, at, i, plan, shape)) {
			present[i] = 0;
			continue;
		}
		const to = records[at + TO] as number;
		if (to === i + 1) present[i] = 1;
		else present.fill(1, i, to);
		found += to - i;
		i = to - 1;
		if (at > from && prolong(records, at - RECORD, at)) continue;
		extrapolate(records, at, isCounter, perSeconds);
		at += RECORD;
	}
	return { to: at, found };
}

/** Begins a stretch of step i, or of all steady steps, unless its window holds fewer than two samples. */
function begin(
	records: Float64Array,
	at: number,
	i: number,
	{ lo, hi, times, steady }: WindowPlan,
	shape: WindowShape
): boolean {
	const first = lo[i] as number;
	const last = (hi[i] as number) - 1;
	if (last <= first) return false;
	const end = windowEnd(shape, i);
	records[at + FROM] = i;
	records[at + TO] = i === steady.from ? Math.max(steady.to, i + 1) : i + 1;
	records[at + FIRST] = first;
	records[at + LAST] = last;
	records[at + STRIDE] = steady.stride;
	records[at + GAP_TO_START] = (times[first] as number) - (end - shape.range);
	records[at + GAP_TO_END] = end - (times[last] as number);
	records[at + SAMPLED] = ((times[last] as number) - (times[first] as number)) / 1000;
	return true;
}

/** Joins a stretch of one step to the stretch before it, if its window is as those would go on. */
function prolong(records: Float64Array, before: number, at: number): boolean {
	const step = records[at + FROM] as number;
	if (
		records[before + TO] !== step ||
		records[at + TO] !== step + 1 ||
		records[before + GAP_TO_START] !== records[at + GAP_TO_START] ||
		records[before + GAP_TO_END] !== records[at + GAP_TO_END]
	) {
		return false;
	}
	const moved = (records[at + FIRST] as number) - (records[before + FIRST] as number);
	if (moved !== (records[at + LAST] as number) - (records[before + LAST] as number)) return false;
	const steps = step - (records[before + FROM] as number);
	if (steps === 1) records[before + STRIDE] = moved;
	if (moved !== steps * (records[before + STRIDE] as number)) return false;
	records[before + TO] = step + 1;
	return true;
}

/** Completes a record by what follows from where the samples lie. */
function extrapolate(
	records: Float64Array,
	at: number,
	isCounter: boolean,
	perSeconds: number
): void {
	const sampled = records[at + SAMPLED] as number;
	const average = sampled / ((records[at + LAST] as number) - (records[at + FIRST] as number));
	const toStart = reach((records[at + GAP_TO_START] as number) / 1000, average);
	const toEnd = reach((records[at + GAP_TO_END] as number) / 1000, average);
	records[at + TO_START] = toStart;
	records[at + TO_END] = toEnd;
	records[at + FACTOR] = extrapolationFactor(sampled, toStart, toEnd, perSeconds);
	// A little generous, so that rounding here can never skip a zero point that matters.
	records[at + ZERO_MATTERS] = isCounter ? (toStart / sampled) * (1 + 1e-9) : NaN;
}
