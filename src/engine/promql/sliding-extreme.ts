import type { WindowFunction, WindowKernel } from './range-vector.ts';

/** max_over_time(): NaN only when there is nothing else. */
export const maxOverTime: WindowFunction = () => slidingExtreme(1);

/** min_over_time(): NaN only when there is nothing else. */
export const minOverTime: WindowFunction = () => slidingExtreme(-1);

/**
 * Extremes of windows that only move on: a queue holds the rows that can still become the extreme, each beaten by the one
 * before it, so every row enters and leaves once, however wide the windows are. For minima all signs are turned around.
 */
function slidingExtreme(sign: 1 | -1): WindowKernel {
	let queue = new Int32Array(0);
	return ({ values, start, end, plan: { lo, hi, filled } }, { values: out, present }) => {
		if (queue.length < end - start) queue = new Int32Array(end - start);
		let head = 0;
		let tail = 0;
		let row = start;
		for (let i = 0; i < lo.length; i++) {
			const begin = lo[i] as number;
			const stop = hi[i] as number;
			if (stop <= begin) {
				present[i] = 0;
				continue;
			}
			// Rows before the window need not enter: no later window begins earlier.
			if (row < begin) row = begin;
			for (; row < stop; row++) {
				const value = sign * (values[row] as number);
				if (value !== value) continue;
				while (tail > head && sign * (values[queue[tail - 1] as number] as number) < value) tail--;
				queue[tail++] = row;
			}
			while (head < tail && (queue[head] as number) < begin) head++;
			if (head === tail) head = tail = 0;
			out[i] = head < tail ? (values[queue[head] as number] as number) : NaN;
			present[i] = 1;
		}
		return filled;
	};
}
