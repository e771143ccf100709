import type { Machine } from './simd/machine.ts';

/**
 * For each step a heap of at most k values and who they belong to, the least on top: it is what a greater value replaces.
 * All heaps lie in two arrays that grow with the number of series offered. Equal values and NaN, which is least, are kept
 * and evicted as Go's container/heap would.
 */
export interface Heaps {
	/** Offers a series' values, multiplied by sign, to the heaps of its steps. */
	offer(owner: number, values: Float64Array, present: Uint8Array): void;
	/** Visits what the heaps hold: step by step, each in heap order, with the values as they were offered. */
	forEach(visit: (step: number, value: number, owner: number) => void): void;
}

/**
 * Heaps for the given number of entries at each step; sign -1 keeps the least instead of the greatest. `thresholds` is a column of their own,
 * one for each step.
 */
export function createHeaps(
	limits: Float64Array,
	sign: 1 | -1,
	thresholds: Float64Array,
	machine?: Machine
): Heaps {
	const steps = limits.length;
	const most = Math.trunc(limits.reduce((a, b) => Math.max(a, b), 0));
	const sizes = new Int32Array(steps);
	// At full steps the value on top, which turns most offers away; else NaN, which turns nothing away.
	thresholds.fill(NaN);
	let capacity = Math.min(most, 4);
	let values = new Float64Array(steps * capacity);
	let owners = new Int32Array(steps * capacity);
	let offered = 0;
	const room = new Int32Array(steps);

	function grow(): void {
		const wider = Math.min(most, capacity * 2);
		const widerValues = new Float64Array(steps * wider);
		const widerOwners = new Int32Array(steps * wider);
		for (let i = 0; i < steps; i++) {
			const from = i * capacity;
			widerValues.set(values.subarray(from, from + capacity), i * wider);
			widerOwners.set(owners.subarray(from, from + capacity), i * wider);
		}
		capacity = wider;
		values = widerValues;
		owners = widerOwners;
	}

	function offerStep(i: number, owner: number, value: number): void {
		const limit = Math.trunc(limits[i] as number);
		const base = i * capacity;
		const size = sizes[i] as number;
		if (size < limit) {
			values[base + size] = value;
			owners[base + size] = owner;
			siftUp(values, owners, base, size);
			sizes[i] = size + 1;
		} else if (size > 0 && isLess(values[base] as number, value)) {
			values[base] = value;
			owners[base] = owner;
			siftDown(values, owners, base, size);
		}
		if (limit > 0 && sizes[i] === limit) thresholds[i] = values[base] as number;
	}

	return {
		offer(owner, series, present) {
			if (++offered > capacity && capacity < most) grow();
			const reaching = machine?.holds(series) && machine.holds(thresholds) ? machine : undefined;
			const listed = reaching?.list ?? room;
			const found = reaching
				? reaching.findAbove(series, thresholds, sign)
				: findAbove(series, thresholds, sign, room);
			for (let k = 0; k < found; k++) {
				const i = listed[k] as number;
				if (present[i] !== 0) offerStep(i, owner, sign * (series[i] as number));
			}
		},
		forEach(visit) {
			for (let i = 0; i < steps; i++) {
				const base = i * capacity;
				const end = base + (sizes[i] as number);
				for (let at = base; at < end; at++) {
					visit(i, sign * (values[at] as number), owners[at] as number);
				}
			}
		}
	};
}

/** Lists the steps at which a value is not turned away; returns how many they are. */
function findAbove(
	values: Float64Array,
	thresholds: Float64Array,
	sign: 1 | -1,
	steps: Int32Array
): number {
	let count = 0;
	for (let i = 0; i < values.length; i++) {
		if (!(sign * (values[i] as number) <= (thresholds[i] as number))) steps[count++] = i;
	}
	return count;
}

/** Whether a is to go before b does; NaN goes first. */
function isLess(a: number, b: number): boolean {
	return a < b || (a !== a && b === b);
}

function siftUp(values: Float64Array, owners: Int32Array, base: number, from: number): void {
	let child = from;
	while (child > 0) {
		const parent = (child - 1) >> 1;
		if (!isLessInHeap(values[base + child] as number, values[base + parent] as number)) return;
		swap(values, owners, base + child, base + parent);
		child = parent;
	}
}

function siftDown(values: Float64Array, owners: Int32Array, base: number, size: number): void {
	let parent = 0;
	for (;;) {
		let child = 2 * parent + 1;
		if (child >= size) return;
		const right = child + 1;
		if (
			right < size &&
			isLessInHeap(values[base + right] as number, values[base + child] as number)
		) {
			child = right;
		}
		if (!isLessInHeap(values[base + child] as number, values[base + parent] as number)) return;
		swap(values, owners, base + child, base + parent);
		parent = child;
	}
}

/** promql/functions.go, vectorByValueHeap: NaN is less than anything, itself included. */
function isLessInHeap(a: number, b: number): boolean {
	return a !== a || a < b;
}

function swap(values: Float64Array, owners: Int32Array, a: number, b: number): void {
	const value = values[a] as number;
	const owner = owners[a] as number;
	values[a] = values[b] as number;
	owners[a] = owners[b] as number;
	values[b] = value;
	owners[b] = owner;
}
