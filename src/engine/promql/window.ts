import {
	SAMPLE,
	type Duration,
	type FloatHistogram,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';
import { stepTime } from './evaluation.ts';
import {
	boundsOf,
	evenWindows,
	sameBounds,
	type EvenWindows,
	type WindowBounds
} from './even-windows.ts';
import { NO_STEADY_STEPS } from './steady-steps.ts';
import type { StepBuffer } from './step-buffers.ts';
import type { StepGrid } from './value.ts';

/**
 * Which rows of a column of times each step looks at: lo[i] <= row < hi[i]. Windows are open on the left and closed on the
 * right, so with a range of r and a step at t they hold the rows in (t - r, t].
 *
 * A plan depends only on the times, not on the values, so it is made once for each column and shared by all series of a target.
 */
export interface WindowPlan extends WindowBounds {
	/** Times of the column, for what derives more from them. */
	readonly times: Float64Array;
}

/** Marks the steps whose window holds a row, and returns how many do. */
export function markFilled(plan: WindowPlan, { present }: StepBuffer): number {
	present.fill(1);
	if (plan.filled === present.length) return plan.filled;
	unmarkEmpty(plan, present, 0, plan.steady.from);
	unmarkEmpty(plan, present, plan.steady.to, present.length);
	return plan.filled;
}

function unmarkEmpty({ lo, hi }: WindowPlan, present: Uint8Array, from: number, to: number): void {
	for (let i = from; i < to; i++) if (hi[i] === lo[i]) present[i] = 0;
}

/** Whether most rows are in several windows, so that it pays to prepare them; as much can be told from one window. */
export function areRowsShared(
	{ lo, hi, filled }: WindowPlan,
	rows: { readonly start: number; readonly end: number }
): boolean {
	const middle = lo.length >> 1;
	return ((hi[middle] as number) - (lo[middle] as number)) * filled > 2 * (rows.end - rows.start);
}

/** Where the windows of a selector are. */
export interface WindowShape {
	readonly grid: StepGrid;
	readonly range: Duration;
	/** Positive looks into the past. */
	readonly offset: Duration;
	/** With `@`: the moment at which every window ends, the offset aside. */
	readonly at: Timestamp | undefined;
}

/** The end of the window at step i, inclusive. */
export function windowEnd(shape: WindowShape, i: number): Timestamp {
	return (shape.at ?? stepTime(shape.grid, i)) - shape.offset;
}

/** Makes plans, the same one for series that share rows and their times. */
export interface WindowPlanner {
	readonly shape: WindowShape;
	plan(columns: SeriesColumns): WindowPlan;
}

/** Plans for windows of one shape. Columns of times that are no longer in use are forgotten together with their plans. */
export function createWindowPlanner(shape: WindowShape): WindowPlanner {
	const make: MakePlan =
		shape.grid.count === 1 ? (columns) => planWindow(columns, shape) : createSharingPlanner(shape);
	let lastColumns: SeriesColumns | undefined;
	let lastPlan: WindowPlan | undefined;
	return {
		shape,
		plan(columns) {
			// Series of one target come one after the other, so the last plan is nearly always the right one.
			if (lastPlan && lastColumns && sameRows(columns, lastColumns)) return lastPlan;
			lastColumns = columns;
			lastPlan = make(columns);
			return lastPlan;
		}
	};
}

function sameRows(a: SeriesColumns, b: SeriesColumns): boolean {
	return a.times === b.times && a.start === b.start && a.end === b.end;
}

/** Plans a single window, which is done sooner than looked up. */
function planWindow({ times, start, end }: SeriesColumns, shape: WindowShape): WindowPlan {
	const last = windowEnd(shape, 0);
	const before = last - shape.range;
	let l = start;
	let h = end;
	// Rows were mostly selected for this very window.
	while (h > l && (times[h - 1] as number) > last) h--;
	while (l < h && (times[l] as number) <= before) l++;
	const lo = new Int32Array(1);
	const hi = new Int32Array(1);
	lo[0] = l;
	hi[0] = h;
	return { lo, hi, filled: h > l ? 1 : 0, times, steady: NO_STEADY_STEPS };
}

type MakePlan = (columns: SeriesColumns) => WindowPlan;

/** Shares plans: those of columns with even times by their bounds, others by their column of times. */
function createSharingPlanner(shape: WindowShape): MakePlan {
	// Weak, because series with gaps of their own bring columns that nobody needs after them.
	const byTimes = new WeakMap<Float64Array, Map<string, WindowPlan>>();
	const planEven = createEvenPlanner(shape);
	return (columns) => {
		const even = columns.interval === undefined ? undefined : planEven(columns);
		if (even) return even;
		let plans = byTimes.get(columns.times);
		if (!plans) byTimes.set(columns.times, (plans = new Map()));
		const key = `${columns.start} ${columns.end}`;
		let plan = plans.get(key);
		if (!plan) plans.set(key, (plan = planUnknown(columns)));
		return plan;
	};
	function planUnknown(columns: SeriesColumns): WindowPlan {
		const unasked = columns.interval === undefined ? planEven(columns) : undefined;
		return unasked ?? planWindows(columns, shape);
	}
}

/** Bounds of windows, and the plans that have them, by how long before the end of a window its last row is. */
interface SharedBounds {
	readonly even: EvenWindows;
	readonly bounds: WindowBounds;
	readonly plans: Map<number, WindowPlan>;
}

/**
 * Makes plans of columns with even times, undefined for others: the same one for targets that were scraped at the same times, and
 * for those that were not, still with the same bounds.
 */
function createEvenPlanner(shape: WindowShape): (columns: SeriesColumns) => WindowPlan | undefined {
	const { grid, range, at } = shape;
	// Windows that all end at the same moment do not move.
	if (at !== undefined) return () => undefined;
	const row = { end: windowEnd(shape, 0), range, step: grid.step, count: grid.count };
	const known = new Map<number, SharedBounds[]>();
	let last: SharedBounds | undefined;
	function sharedBy(even: EvenWindows): SharedBounds {
		// Of those that begin at the same row others differ in where their series begin or end.
		let alike = known.get(even.lo);
		if (!alike) known.set(even.lo, (alike = []));
		let shared = alike.find((other) => sameBounds(other.even, even));
		if (!shared) {
			shared = { even, bounds: boundsOf(even, grid.count), plans: new Map() };
			alike.push(shared);
		}
		return shared;
	}
	return (columns) => {
		const even = evenWindows(columns, row);
		if (!even) return undefined;
		const { bounds, plans } = (last = last && sameBounds(last.even, even) ? last : sharedBy(even));
		let plan = plans.get(even.phase);
		if (!plan) {
			const { lo, hi, filled, steady } = bounds;
			plans.set(even.phase, (plan = { lo, hi, filled, times: columns.times, steady }));
		}
		return plan;
	};
}

/** Both ends of a window only ever move on, so one pass over the rows finds them all. */
function planWindows({ times, start, end }: SeriesColumns, shape: WindowShape): WindowPlan {
	const { count } = shape.grid;
	const lo = new Int32Array(count);
	const hi = new Int32Array(count);
	let filled = 0;
	let l = start;
	let h = start;
	for (let i = 0; i < count; i++) {
		const last = windowEnd(shape, i);
		const before = last - shape.range;
		while (h < end && (times[h] as number) <= last) h++;
		while (l < h && (times[l] as number) <= before) l++;
		lo[i] = l;
		hi[i] = h;
		if (h > l) filled++;
	}
	return { lo, hi, filled, times, steady: NO_STEADY_STEPS };
}

/** Whether some row of the series is not a sample. */
function hasMarks(marks: Uint8Array, start: number, end: number): boolean {
	for (let row = start; row < end; row++) if (marks[row] !== SAMPLE) return true;
	return false;
}

/** Gives series without the rows that are no samples: windows skip holes and staleness markers alike. */
export type MarkedRowFilter = (columns: SeriesColumns) => SeriesColumns;

/**
 * Makes a filter for the series of one selector. What is left of a series has columns of its own; when series of a target have
 * the same gaps, as after lost scrapes, they go on sharing one column of times, and with it the plan.
 */
export function createMarkedRowFilter(): MarkedRowFilter {
	const latest = new WeakMap<
		Float64Array,
		{ readonly from: SeriesColumns; readonly times: Float64Array }
	>();
	return (columns) => {
		const { labels, marks, start, end } = columns;
		if (!marks || !hasMarks(marks, start, end)) return columns;
		const known = latest.get(columns.times);
		const times =
			known && sameRows(known.from, columns) && sameMarks(known.from.marks, columns)
				? known.times
				: sampleRows(columns.times, columns);
		if (times !== known?.times) latest.set(columns.times, { from: columns, times });
		const { histograms, startTimes } = columns;
		return {
			labels,
			times,
			values: sampleRows(columns.values, columns),
			histograms: histograms && sampleHistograms(histograms, columns),
			startTimes: startTimes && sampleRows(startTimes, columns),
			start: 0,
			end: times.length
		};
	};
}

function sameMarks(a: Uint8Array | undefined, { marks, start, end }: SeriesColumns): boolean {
	for (let row = start; row < end; row++) if (a?.[row] !== marks?.[row]) return false;
	return true;
}

/** The rows of a column that are samples. */
function sampleRows(column: Float64Array, { marks, start, end }: SeriesColumns): Float64Array {
	const rows = new Float64Array(end - start);
	let count = 0;
	for (let row = start; row < end; row++) {
		if (marks?.[row] === SAMPLE) rows[count++] = column[row] as number;
	}
	return rows.subarray(0, count);
}

function sampleHistograms(
	column: readonly (FloatHistogram | undefined)[],
	{ marks, start, end }: SeriesColumns
): (FloatHistogram | undefined)[] {
	const rows: (FloatHistogram | undefined)[] = [];
	for (let row = start; row < end; row++) if (marks?.[row] === SAMPLE) rows.push(column[row]);
	return rows;
}
