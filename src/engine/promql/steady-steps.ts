import type { Duration } from '#engine/model';

/**
 * Steps [from, to) whose windows look alike: they hold as many samples, as far from the time of the step, and move on by the
 * same number of rows. Scrapes at even intervals make it nearly all steps, and there kernels need not look up any bounds.
 */
export interface SteadySteps {
	readonly from: number;
	readonly to: number;
	/** By how many rows a window moves on. */
	readonly stride: number;
	/** Bounds of the window at `from`, as in WindowPlan. */
	readonly lo: number;
	readonly hi: number;
}

export const NO_STEADY_STEPS: SteadySteps = { from: 0, to: 0, stride: 0, lo: 0, hi: 0 };

/** Windows (end - range, end], one for each step; the end of the first is counted from the first row of a column. */
export interface WindowRow {
	readonly end: Duration;
	readonly range: Duration;
	readonly step: Duration;
	readonly count: number;
}

/** For fewer steps it is not worth to look at all times of a column. */
const WORTH_A_LOOK = 16;

/**
 * Finds the steps that are steady because rows [start, end) are evenly apart, and the steps by a multiple of that. All must be
 * whole milliseconds, so that what is computed is what comparing times would give.
 */
export function findSteadySteps(
	times: Float64Array,
	start: number,
	end: number,
	windows: WindowRow
): SteadySteps {
	const { range, step, count } = windows;
	if (count < WORTH_A_LOOK || end - start < 2) return NO_STEADY_STEPS;
	const distance = (times[start + 1] as number) - (times[start] as number);
	const stride = step / distance;
	if (![stride, distance, range, windows.end].every(Number.isInteger)) return NO_STEADY_STEPS;
	if (!isEven(times, start, end, distance)) return NO_STEADY_STEPS;
	// From where no window begins more than a distance before the first row, to where one ends a distance after the last.
	const from = Math.max(0, Math.ceil((range - distance - windows.end) / step));
	const to = Math.min(count, Math.ceil(((end - start) * distance - windows.end) / step));
	const firstEnd = windows.end + from * step;
	const lo = start + Math.floor((firstEnd - range) / distance) + 1;
	const hi = start + Math.floor(firstEnd / distance) + 1;
	return to > from && hi > lo ? { from, to, stride, lo, hi } : NO_STEADY_STEPS;
}

function isEven(times: Float64Array, start: number, end: number, distance: number): boolean {
	let expected = times[start] as number;
	for (let row = start; row < end; row++) {
		if (times[row] !== expected) return false;
		expected += distance;
	}
	return true;
}
