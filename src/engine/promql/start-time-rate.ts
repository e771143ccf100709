import type { Timestamp } from '#engine/model';
import {
	extrapolateBothWays,
	extrapolateFromStartTime,
	factorOf,
	secondsSinceZero,
	type Extrapolation,
	type WindowTimes
} from './extrapolation.ts';
import { goSeconds } from './go-number.ts';
import type { RateKind } from './rate-kind.ts';
import type { WindowKernel } from './range-vector.ts';
import { beginsInside, isStartTimeReset, startTimesOverlap } from './start-time.ts';
import type { SayNotes } from './window-notes.ts';
import { windowEnd, type WindowShape } from './window.ts';

/**
 * rate and increase of float counters whose samples say when they began to count (promql/functions.go, extrapolatedRate): a start
 * time tells of resets that the values hide, and stands for a sample of zero where it lies inside the window.
 */

/** The samples of one window, ascending in time. */
export interface CountedWindow {
	readonly times: Float64Array;
	readonly values: Float64Array;
	readonly startTimes: Float64Array;
	/** Rows of the window: start <= row < end; at least one. */
	readonly start: number;
	readonly end: number;
	/** Bounds of the window: open on the left, closed on the right. */
	readonly windowStart: Timestamp;
	readonly windowEnd: Timestamp;
}

/** What a counter with start times did in a window. */
export interface CountedIncrease {
	/** Rows before which it was reset, by its value or by its start time. */
	readonly resets: readonly number[];
	/** When it is known to have begun at zero inside of the window. */
	readonly began: Timestamp | undefined;
	/** Resets made up for, and what it had counted in the window before its first sample there. */
	readonly increase: number;
	readonly extrapolation: Extrapolation;
}

/** Measures one window; undefined with one sample alone of which the start is not known. */
export function countedIncrease(window: CountedWindow): CountedIncrease | undefined {
	const { values, start, end } = window;
	const first = values[start] as number;
	const began = startInside(window);
	if (began === undefined && end - start < 2) return undefined;
	const resets = resetRows(window);
	let increase = (values[end - 1] as number) - first;
	for (const row of resets) increase += values[row - 1] as number;
	if (began !== undefined) increase += first;
	const extrapolation =
		began === undefined
			? extrapolateBothWays(timesOf(window), (sampled) =>
					secondsSinceZero(first, increase, sampled)
				)
			: extrapolateFromStartTime(timesOf(window), began);
	return { resets, began, increase, extrapolation };
}

function startInside({ times, startTimes, start, windowStart }: CountedWindow) {
	const began = startTimes[start] as number;
	return beginsInside(began, windowStart, times[start] as number) ? began : undefined;
}

function timesOf({ times, start, end, windowStart, windowEnd }: CountedWindow): WindowTimes {
	return {
		samples: end - start,
		first: times[start] as number,
		last: times[end - 1] as number,
		start: windowStart,
		end: windowEnd
	};
}

/** Rows of a window before which the counter was reset, by its value or by its start time. */
export function resetRows({ times, values, startTimes, start, end }: CountedWindow): number[] {
	const rows: number[] = [];
	for (let row = start + 1; row < end; row++) {
		if (
			(values[row] as number) < (values[row - 1] as number) ||
			isResetByStartTime(times, startTimes, row)
		) {
			rows.push(row);
		}
	}
	return rows;
}

/** Whether the start times of a row and the one before it tell of a reset in between. */
export function isResetByStartTime(
	times: Float64Array,
	startTimes: Float64Array,
	row: number
): boolean {
	return isStartTimeReset(
		startTimes[row - 1] as number,
		times[row - 1] as number,
		startTimes[row] as number,
		times[row] as number
	);
}

/** Whether some sample of the rows [start, end) claims to have counted what an earlier one had counted already. */
export function hasStartTimeOverlap(
	times: Float64Array,
	startTimes: Float64Array,
	start: number,
	end: number
): boolean {
	for (let row = start + 1; row < end; row++) {
		const overlaps = startTimesOverlap(
			startTimes[row - 1] as number,
			times[row - 1] as number,
			startTimes[row] as number
		);
		if (overlaps) return true;
	}
	return false;
}

/** rate or increase of float series with start times. `say` is told of start times that contradict samples. */
export function startTimeRateKernel(
	kind: RateKind,
	shape: WindowShape,
	say: SayNotes
): WindowKernel {
	const perSeconds = kind.perSecond ? goSeconds(shape.range) : 1;
	return ({ labels, times, values, startTimes, plan: { lo, hi } }, out) => {
		if (!startTimes) throw new Error('a series without start times');
		let found = 0;
		for (let i = 0; i < lo.length; i++) {
			const start = lo[i] as number;
			const end = hi[i] as number;
			out.present[i] = 0;
			if (end <= start) continue;
			if (hasStartTimeOverlap(times, startTimes, start, end)) {
				say(['start times overlap'], labels);
			}
			const bounds = {
				windowStart: windowEnd(shape, i) - shape.range,
				windowEnd: windowEnd(shape, i)
			};
			const counted = countedIncrease({ times, values, startTimes, start, end, ...bounds });
			if (!counted) continue;
			out.values[i] = counted.increase * factorOf(counted.extrapolation, perSeconds);
			out.present[i] = 1;
			found++;
		}
		return found;
	};
}
