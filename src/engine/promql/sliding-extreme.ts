import { onDistinctWindows } from './distinct-windows.ts';
import type { WindowFunction, WindowKernel, WindowedSeries } from './range-vector.ts';
import { ROWS_AT_A_TIME } from './simd/kernels.ts';
import type { Machine } from './simd/machine.ts';
import type { StepBuffer } from './step-buffers.ts';
import { areRowsShared, markFilled } from './window.ts';

/** max_over_time(): NaN only when there is nothing else. */
export const maxOverTime: WindowFunction = onDistinctWindows((_, { scope }) =>
	slidingExtreme(1, scope.machine)
);

/** min_over_time(): NaN only when there is nothing else. */
export const minOverTime: WindowFunction = onDistinctWindows((_, { scope }) =>
	slidingExtreme(-1, scope.machine)
);

/** Room for the rows of the longest series so far. */
interface Scratch {
	readonly queue: Int32Array;
	readonly forwards: Float64Array;
	readonly backwards: Float64Array;
}

function createScratch(rows: number): Scratch {
	return {
		queue: new Int32Array(rows),
		forwards: new Float64Array(rows),
		backwards: new Float64Array(rows)
	};
}

/** For minima all signs are turned around. Of equal values (zeros with their signs) it is the first one. */
function slidingExtreme(sign: 1 | -1, machine: Machine | undefined): WindowKernel {
	let scratch = createScratch(0);
	return (series, out) => {
		if (!areRowsShared(series.plan, series)) return scannedExtremes(series, sign, machine, out);
		const rows = series.end - series.start;
		if (scratch.queue.length < rows) scratch = createScratch(rows);
		const { steady, filled, lo } = series.plan;
		if (steady.to > steady.from && steadyExtremes(series, sign, scratch, out)) {
			const isGrowing = steady.from > 0 && lo[steady.from - 1] === lo[0];
			if (isGrowing) growingExtremes(series, steady.from, sign, out);
			else queuedExtremes(series, 0, steady.from, sign, scratch, out);
			queuedExtremes(series, steady.to, lo.length, sign, scratch, out);
		} else {
			queuedExtremes(series, 0, lo.length, sign, scratch, out);
		}
		return filled;
	};
}

/** Extremes of windows that have few rows in common. */
function scannedExtremes(
	{ values, start, end, plan }: WindowedSeries,
	sign: 1 | -1,
	machine: Machine | undefined,
	out: StepBuffer
): number {
	const { lo, hi } = plan;
	const middle = lo.length >> 1;
	const isWide = (hi[middle] as number) - (lo[middle] as number) >= WIDE;
	const loaded = isWide && machine?.load(values, start, end) ? machine : undefined;
	for (let i = 0; i < lo.length; i++) {
		out.values[i] = extremeOf(values, lo[i] as number, hi[i] as number, sign, loaded);
	}
	return markFilled(plan, out);
}

/** So many rows of a window are found the extreme of sooner when the machine has them, although they have to be brought there. */
const WIDE = 64;

/** The extreme of the rows [lo, hi), which may be loaded. */
function extremeOf(
	values: Float64Array,
	lo: number,
	hi: number,
	sign: 1 | -1,
	loaded: Machine | undefined
): number {
	const reached = loaded ? hi - ((hi - lo) % ROWS_AT_A_TIME) : lo;
	let extreme = reached > lo && loaded ? loaded.greatest(lo, reached, sign) : -Infinity;
	for (let row = reached; row < hi; row++) {
		const value = sign * (values[row] as number);
		if (value > extreme) extreme = value;
	}
	// Of zeros it matters which came first, and a window without a number is NaN.
	const isKnown = extreme !== 0 && extreme !== -Infinity;
	return isKnown ? sign * extreme : firstExtremeOf(values, lo, hi, sign);
}

function firstExtremeOf(values: Float64Array, lo: number, hi: number, sign: 1 | -1): number {
	let extreme = NaN;
	for (let row = lo; row < hi; row++) {
		const value = values[row] as number;
		if (sign * value > sign * extreme || extreme !== extreme) extreme = value;
	}
	return extreme;
}

/**
 * Extremes of windows that all hold as many rows: cut into blocks of that size, every window is the end of one block and the
 * beginning of the next, so its extreme is the greater of two running ones, one of which ran backwards (van Herk; Gil and
 * Werman). Hardly any branch depends on the data. False, with nothing written, when a row is NaN.
 */
function steadyExtremes(
	{ values, plan: { steady } }: WindowedSeries,
	sign: 1 | -1,
	{ forwards, backwards }: Scratch,
	{ values: out, present }: StepBuffer
): boolean {
	const { from, to, stride, lo, hi } = steady;
	const size = hi - lo;
	const rows = (to - from - 1) * stride + size;
	for (let block = 0; block < rows; block += size) {
		const end = Math.min(block + size, rows);
		let extreme = -Infinity;
		for (let row = end - 1; row >= block; row--) {
			const value = sign * (values[lo + row] as number);
			if (value !== value) return false;
			if (value >= extreme) extreme = value;
			backwards[row] = extreme;
		}
		extreme = sign * (values[lo + block] as number);
		for (let row = block; row < end; row++) {
			const value = sign * (values[lo + row] as number);
			if (value > extreme) extreme = value;
			forwards[row] = extreme;
		}
	}
	for (let i = from, row = 0; i < to; i++, row += stride) {
		const inFirstBlock = backwards[row] as number;
		const inNextBlock = forwards[row + size - 1] as number;
		out[i] = sign * (inNextBlock > inFirstBlock ? inNextBlock : inFirstBlock);
	}
	present.fill(1, from, to);
	return true;
}

/** Extremes of windows that begin at the same row and only grow, as before there are enough rows: those up to a step. */
function growingExtremes(
	{ values, plan: { lo, hi } }: WindowedSeries,
	to: number,
	sign: 1 | -1,
	{ values: out, present }: StepBuffer
): void {
	let extreme = NaN;
	let row = lo[0] as number;
	for (let i = 0; i < to; i++) {
		const end = hi[i] as number;
		present[i] = end > (lo[i] as number) ? 1 : 0;
		for (; row < end; row++) {
			const value = values[row] as number;
			if (sign * value > sign * extreme || extreme !== extreme) extreme = value;
		}
		out[i] = extreme;
	}
}

/**
 * Extremes of windows that only move on, for the steps [from, to): a queue holds the rows that can still become the extreme,
 * each beaten by the one before it, so every row enters and leaves once, however wide the windows are.
 */
function queuedExtremes(
	{ values, start, plan: { lo, hi } }: WindowedSeries,
	from: number,
	to: number,
	sign: 1 | -1,
	{ queue }: Scratch,
	{ values: out, present }: StepBuffer
): void {
	let head = 0;
	let tail = 0;
	let row = start;
	for (let i = from; i < to; i++) {
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
}
