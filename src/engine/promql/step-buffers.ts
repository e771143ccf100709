import { MOST_NUMBERS, WORTH_IT, type Machine } from './simd/machine.ts';

/** A pair of columns over the steps of a grid: values, and the mask that says which count. Contents are arbitrary at first. */
export interface StepBuffer {
	readonly values: Float64Array;
	readonly present: Uint8Array;
}

/** Columns of one length, handed out and taken back, so that a fold over a thousand series needs one pair of them. */
export interface StepBuffers {
	/** The machine that reaches them, if it does. */
	readonly machine?: Machine;
	take(): StepBuffer;
	giveBack(buffer: StepBuffer): void;
	/** A column of zeros that stays with whoever asks for it. */
	zeros(): Float64Array;
}

/** How many buffers lie where kernels reach them: what is folded is mostly given back before the next one is taken. */
const MACHINE_BUFFERS = 4;

/** How many values a slab holds at most: half a megabyte, because from a megabyte on Chromium asks the system for memory each time. */
const SLAB_VALUES = 2 ** 16;

/** Columns of `count` steps each, cut from slabs as they are asked for. The first ones, and zeros, are of the machine's. */
export function createStepBuffers(count: number, lender?: Machine): StepBuffers {
	const machine = count < WORTH_IT || count > MOST_NUMBERS ? undefined : lender;
	// What is given back may be a whole series: of it only the arrays are kept.
	const freeValues: Float64Array[] = [];
	const freePresent: Uint8Array[] = [];
	const cut = createCutter(count);
	let reachable = 0;
	function make(): StepBuffer {
		const values = reachable++ < MACHINE_BUFFERS ? machine?.column(count) : undefined;
		return values ? { values, present: machine?.mask(count) ?? new Uint8Array(count) } : cut();
	}
	return {
		machine,
		take() {
			const values = freeValues.pop();
			const present = freePresent.pop();
			return values && present ? { values, present } : make();
		},
		giveBack({ values, present }) {
			freeValues.push(values);
			freePresent.push(present);
		},
		zeros: () => machine?.column(count)?.fill(0) ?? new Float64Array(count)
	};
}

/**
 * Cuts columns from slabs, because a thousand allocations cost more than what is computed into them. Each slab is twice as
 * large as the one before, so that a query with few series holds few columns that nobody uses.
 */
function createCutter(count: number): () => StepBuffer {
	const most = Math.max(1, Math.floor(SLAB_VALUES / Math.max(1, count)));
	let slab: StepBuffer | undefined;
	let columns = 0;
	let used = 0;
	return () => {
		if (!slab || used === columns) {
			columns = Math.min(most, Math.max(1, 2 * columns));
			slab = createBuffer(columns * count);
			used = 0;
		}
		const from = used++ * count;
		return {
			values: slab.values.subarray(from, from + count),
			present: slab.present.subarray(from, from + count)
		};
	};
}

/** Both columns lie in one piece of memory, because getting it is what costs. */
function createBuffer(count: number): StepBuffer {
	const memory = new ArrayBuffer(count * 9);
	return {
		values: new Float64Array(memory, 0, count),
		present: new Uint8Array(memory, count * 8, count)
	};
}

/** How many steps of a mask are present. */
export function countPresent(present: Uint8Array): number {
	const run = presentRun(present);
	if (run) return run.to - run.from;
	let count = 0;
	for (let i = 0; i < present.length; i++) count += present[i] as number;
	return count;
}

/** The steps [from, to) of a mask. */
export interface StepRun {
	readonly from: number;
	readonly to: number;
}

/**
 * The steps that are present when they follow one another, as nearly always, so that loops need not look at the mask. Undefined
 * when there are gaps, or none is present. The built-in search is several times as fast as a loop.
 */
export function presentRun(present: Uint8Array, machine?: Machine): StepRun | undefined {
	if (present.length === 1) return present[0] === 0 ? undefined : ONLY_STEP;
	if (machine?.isFull(present)) return { from: 0, to: present.length };
	const from = present.indexOf(1);
	if (from < 0) return undefined;
	const gap = present.indexOf(0, from);
	if (gap < 0) return { from, to: present.length };
	return present.indexOf(1, gap) < 0 ? { from, to: gap } : undefined;
}

const ONLY_STEP: StepRun = { from: 0, to: 1 };

/** Whether every step of a mask is present. */
export function isFull(present: Uint8Array): boolean {
	return present.indexOf(0) < 0;
}
