import type { WindowBounds } from './even-windows.ts';
import type { WindowedSeries } from './range-vector.ts';
import type { Machine } from './simd/machine.ts';

/**
 * Sums of any rows of a series, to the same last digit as if those were added up with compensation, from what was added up
 * once for all rows.
 *
 * The compensation of a sum is what its additions lost, added up. Every value is a multiple of the last place of the least one,
 * and so is whatever additions of them give or lose. As long as what is lost is less than 2^53 such places, none of it is
 * lost again: the compensation is then the exact sum less the plain one, in whatever order it came about. The exact sum of the
 * rows before each row is held in two numbers, the second being what the first one lost, and so that of a window is the
 * difference of two pairs.
 */
export class ExactSums {
	/** For each row, the sum of those before it, and what that lost. */
	#sums: Float64Array;
	#lost: Float64Array;
	#start = 0;

	/** With room where the machine reaches it, if there is one. */
	constructor(machine?: Machine) {
		this.#sums = machine?.sums ?? new Float64Array(0);
		this.#lost = machine?.lost ?? new Float64Array(0);
	}

	/** Whether they are where the machine reaches them. */
	areIn(machine: Machine): boolean {
		return machine.holds(this.#sums);
	}

	/** Goes over to another series. False if sums of it cannot be had in this way: its values differ too much, or are not all finite. */
	read({ values, start, end }: WindowedSeries): boolean {
		if (this.#sums.length <= end - start) {
			this.#sums = new Float64Array(end - start + 1);
			this.#lost = new Float64Array(end - start + 1);
		}
		this.#start = start;
		const sums = this.#sums;
		sums[0] = 0;
		const allLost = this.#lost;
		allLost[0] = 0;
		let sum = 0;
		let lost = 0;
		let magnitudes = 0;
		let least = Infinity;
		for (let row = start; row < end; row++) {
			const value = values[row] as number;
			const total = sum + value;
			const added = total - sum;
			lost += sum - (total - added) + (value - added);
			sum = total;
			sums[row - start + 1] = sum;
			allLost[row - start + 1] = lost;
			const magnitude = Math.abs(value);
			magnitudes += magnitude;
			if (magnitude < least && magnitude > 0) least = magnitude;
		}
		// An addition loses no more than 2^-53 of what it comes to. The last place of the least value is at least 2^-53 of it, and
		// 2^53 of those may be lost by all rows together; there is room for the roundings here, too.
		return (end - start) * magnitudes <= least * 2 ** 49 && magnitudes < 2 ** 1000;
	}

	/** The sum of each window, rounded once: what a compensated sum comes to. Where a window is empty it means nothing. */
	sumWindows({ lo, hi }: WindowBounds, out: Float64Array): void {
		const start = this.#start;
		const sums = this.#sums;
		const lost = this.#lost;
		for (let i = 0; i < lo.length; i++) {
			const from = (lo[i] as number) - start;
			const to = (hi[i] as number) - start;
			const until = sums[to] as number;
			const before = sums[from] as number;
			const sum = until - before;
			const lostHere = lostByDifference(until, before, sum);
			out[i] = sum + (lostHere + ((lost[to] as number) - (lost[from] as number)));
		}
	}

	/** The mean of windows, compensated, of which `out` holds the plain sum. Where a window is empty it means nothing. */
	meanWindows({ lo, hi }: WindowBounds, from: number, to: number, out: Float64Array): void {
		const start = this.#start;
		const sums = this.#sums;
		const lost = this.#lost;
		for (let i = from; i < to; i++) {
			const first = (lo[i] as number) - start;
			const end = (hi[i] as number) - start;
			const until = sums[end] as number;
			const before = sums[first] as number;
			const sum = until - before;
			const lostHere = lostByDifference(until, before, sum);
			const plain = out[i] as number;
			const compensation =
				sum - plain + lostHere + ((lost[end] as number) - (lost[first] as number));
			out[i] = plain / (end - first) + compensation / (end - first);
		}
	}
}

/** What the difference of two numbers lost to rounding. */
function lostByDifference(a: number, b: number, difference: number): number {
	const taken = a - difference;
	return a - (difference + taken) + (taken - b);
}
