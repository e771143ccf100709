import type { Duration, SeriesColumns, Timestamp } from '#engine/model';
import { NO_STEADY_STEPS, type SteadySteps } from './steady-steps.ts';

/**
 * Windows over rows that are evenly apart, at steps that are apart by a multiple of that. Where they begin and end can be
 * computed, and is the same for all targets that are scraped as often, however their scrapes are shifted against each other.
 */
export interface EvenWindows {
	/** The rows there are: [start, end). */
	readonly start: number;
	readonly end: number;
	/** The windows of the first step: they hold the rows [lo, hi), if those were there. */
	readonly lo: number;
	readonly hi: number;
	/** By how many rows windows move on with each step. */
	readonly stride: number;
	/** How long before the end of a window its last row is. */
	readonly phase: Duration;
}

/** Where windows are: (end - range, end] at the first step, and so on. */
interface WindowRow {
	readonly end: Timestamp;
	readonly range: Duration;
	readonly step: Duration;
	readonly count: number;
}

/** For fewer steps it is not worth to look at all times of a column. */
const WORTH_A_LOOK = 16;

/**
 * Tells where windows begin and end, if rows and steps are such. All must be whole milliseconds, so that what is computed is
 * what comparing times would give.
 */
export function evenWindows(
	{ times, interval, start, end }: SeriesColumns,
	windows: WindowRow
): EvenWindows | undefined {
	if (end - start < 2 || windows.count < WORTH_A_LOOK) return undefined;
	const distance = interval ?? (times[start + 1] as number) - (times[start] as number);
	const stride = windows.step / distance;
	const sinceFirst = windows.end - (times[start] as number);
	if (!Number.isInteger(stride) || !areWhole(distance, sinceFirst, windows.range)) return undefined;
	if (interval === undefined && !areEven(times, start, end, distance)) return undefined;
	const rowsBefore = Math.floor(sinceFirst / distance);
	return {
		start,
		end,
		lo: start + Math.floor((sinceFirst - windows.range) / distance) + 1,
		hi: start + rowsBefore + 1,
		stride,
		phase: sinceFirst - rowsBefore * distance
	};
}

/** Whether two sets of windows have the same bounds, wherever in time their rows are. */
export function sameBounds(a: EvenWindows, b: EvenWindows): boolean {
	return (
		a.start === b.start &&
		a.end === b.end &&
		a.lo === b.lo &&
		a.hi === b.hi &&
		a.stride === b.stride
	);
}

function areWhole(a: number, b: number, c: number): boolean {
	return Number.isInteger(a) && Number.isInteger(b) && Number.isInteger(c);
}

function areEven(times: Float64Array, start: number, end: number, distance: number): boolean {
	for (let row = start + 1; row < end; row++) {
		if ((times[row] as number) - (times[row - 1] as number) !== distance) return false;
	}
	return true;
}

/** Which rows the window of each step holds: lo[i] <= row < hi[i]. */
export interface WindowBounds {
	readonly lo: Int32Array;
	readonly hi: Int32Array;
	/** Steps whose window holds a row. */
	readonly filled: number;
	/** Steps whose windows look alike, when there are such. */
	readonly steady: SteadySteps;
}

/** Computes the bounds of all windows. */
export function boundsOf(windows: EvenWindows, count: number): WindowBounds {
	const { start, end, stride } = windows;
	const lo = new Int32Array(count);
	const hi = new Int32Array(count);
	let filled = 0;
	for (let i = 0, l = windows.lo, h = windows.hi; i < count; i++, l += stride, h += stride) {
		lo[i] = l < start ? start : l < end ? l : end;
		hi[i] = h < start ? start : h < end ? h : end;
		if ((hi[i] as number) > (lo[i] as number)) filled++;
	}
	return { lo, hi, filled, steady: steadySteps(windows, count) };
}

/** The steps whose windows are not cut off at either end. */
function steadySteps({ start, end, lo, hi, stride }: EvenWindows, count: number): SteadySteps {
	const from = Math.max(0, Math.ceil((start - lo) / stride));
	const to = Math.min(count, Math.floor((end - hi) / stride) + 1);
	if (to <= from || hi <= lo) return NO_STEADY_STEPS;
	return { from, to, stride, lo: lo + from * stride, hi: hi + from * stride };
}
