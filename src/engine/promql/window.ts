import {
	SAMPLE,
	type Duration,
	type FloatHistogram,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';
import { stepTime } from './evaluation.ts';
import { findSteadySteps, NO_STEADY_STEPS, type SteadySteps } from './steady-steps.ts';
import type { StepBuffer } from './step-buffers.ts';
import type { StepGrid } from './value.ts';

/**
 * Which rows of a column of times each step looks at: lo[i] <= row < hi[i]. Windows are open on the left and closed on the
 * right, so with a range of r and a step at t they hold the rows in (t - r, t].
 *
 * A plan depends only on the times, not on the values, so it is made once for each column and shared by all series of a target.
 */
export interface WindowPlan {
	readonly lo: Int32Array;
	readonly hi: Int32Array;
	/** Steps whose window holds a row. */
	readonly filled: number;
	/** Times of the column, for what derives more from them. */
	readonly times: Float64Array;
	/** Steps whose windows look alike, when there are such. */
	readonly steady: SteadySteps;
}

/** Marks the steps whose window holds a row, and returns how many do. */
export function markFilled({ lo, hi, filled }: WindowPlan, { present }: StepBuffer): number {
	if (filled === lo.length) {
		present.fill(1);
		return filled;
	}
	for (let i = 0; i < lo.length; i++) present[i] = (hi[i] as number) > (lo[i] as number) ? 1 : 0;
	return filled;
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

export function createWindowPlanner(shape: WindowShape): WindowPlanner {
	// Weak, because series with gaps of their own bring columns that nobody needs after them.
	const byTimes = new WeakMap<Float64Array, Map<string, WindowPlan>>();
	let lastColumns: SeriesColumns | undefined;
	let lastPlan: WindowPlan | undefined;
	function planFor(columns: SeriesColumns): WindowPlan {
		let plans = byTimes.get(columns.times);
		if (!plans) byTimes.set(columns.times, (plans = new Map()));
		const key = `${columns.start} ${columns.end}`;
		let plan = plans.get(key);
		if (!plan) plans.set(key, (plan = planWindows(columns, shape)));
		return plan;
	}
	return {
		shape,
		plan(columns) {
			// Series of one target come one after the other, so the last plan is nearly always the right one. Targets, too, may have
			// been scraped at the same times, as after a backfill.
			const isLast = lastColumns !== undefined && haveSameTimes(columns, lastColumns);
			lastColumns = columns;
			if (isLast && lastPlan) return lastPlan;
			lastPlan = planFor(columns);
			return lastPlan;
		}
	};
}

function sameRows(a: SeriesColumns, b: SeriesColumns): boolean {
	return a.times === b.times && a.start === b.start && a.end === b.end;
}

function haveSameTimes(a: SeriesColumns, b: SeriesColumns): boolean {
	if (sameRows(a, b)) return true;
	if (a.start !== b.start || a.end !== b.end) return false;
	const { times, start, end } = a;
	const others = b.times;
	for (let row = start; row < end; row++) if (times[row] !== others[row]) return false;
	return true;
}

function planWindows({ times, start, end }: SeriesColumns, shape: WindowShape): WindowPlan {
	const { count } = shape.grid;
	const lo = new Int32Array(count);
	const hi = new Int32Array(count);
	const steady = steadySteps(times, start, end, shape);
	const before = walkWindows(times, start, end, shape, 0, steady.from, lo, hi);
	followSteady(steady, lo, hi);
	const after = walkWindows(times, start, end, shape, steady.to, count, lo, hi);
	return { lo, hi, filled: before + (steady.to - steady.from) + after, times, steady };
}

function steadySteps(
	times: Float64Array,
	start: number,
	end: number,
	shape: WindowShape
): SteadySteps {
	// Windows that all end at the same moment do not move.
	if (shape.at !== undefined) return NO_STEADY_STEPS;
	const { grid, range } = shape;
	const firstEnd = windowEnd(shape, 0) - (times[start] as number);
	return findSteadySteps(times, start, end, { ...grid, end: firstEnd, range });
}

/**
 * Finds the windows of the steps [from, to), and returns how many of them hold a row. Both ends of a window only ever move
 * on, so one pass over the rows finds them all.
 */
function walkWindows(
	times: Float64Array,
	start: number,
	end: number,
	shape: WindowShape,
	from: number,
	to: number,
	lo: Int32Array,
	hi: Int32Array
): number {
	let filled = 0;
	let l = from > 0 ? (lo[from - 1] as number) : start;
	let h = from > 0 ? (hi[from - 1] as number) : start;
	for (let i = from; i < to; i++) {
		const last = windowEnd(shape, i);
		const before = last - shape.range;
		while (h < end && (times[h] as number) <= last) h++;
		while (l < h && (times[l] as number) <= before) l++;
		lo[i] = l;
		hi[i] = h;
		if (h > l) filled++;
	}
	return filled;
}

function followSteady(
	{ from, to, stride, lo: firstLo, hi: firstHi }: SteadySteps,
	lo: Int32Array,
	hi: Int32Array
): void {
	const size = firstHi - firstLo;
	let l = firstLo;
	for (let i = from; i < to; i++) {
		lo[i] = l;
		hi[i] = l + size;
		l += stride;
	}
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
