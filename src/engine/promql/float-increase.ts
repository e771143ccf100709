import type { Timestamp } from '#engine/model';
import {
	extrapolateBothWays,
	extrapolateFromStartTime,
	secondsSinceZero,
	type Extrapolation
} from './extrapolation.ts';
import { beginsInside, isResetByStartTime } from './start-time.ts';
import { timesOf, type WindowRows } from './window-samples.ts';

/** The samples of one window, all of them floats. */
export interface FloatSamples extends WindowRows {
	readonly values: Float64Array;
	/** When each sample began to count; undefined when that is not to be looked at. */
	readonly startTimes?: Float64Array;
}

/** What a counter or gauge did in a window. */
export interface FloatIncrease {
	/** Rows before which a counter was reset, by its value or by its start time. */
	readonly resets: readonly number[];
	/** When the counter is known to have begun at zero inside of the window. */
	readonly began: Timestamp | undefined;
	/** Resets made up for, and what had been counted in the window before its first sample there. */
	readonly increase: number;
	readonly extrapolation: Extrapolation;
}

/**
 * Measures one window (promql/functions.go, extrapolatedRate). A start time tells of resets that the values hide, and stands for a
 * sample of zero where it lies inside the window. Undefined with one sample alone, unless it is known when that began to count.
 */
export function floatIncrease(
	samples: FloatSamples,
	isCounter: boolean
): FloatIncrease | undefined {
	const { values, start, end } = samples;
	const first = values[start] as number;
	const began = isCounter ? startInside(samples) : undefined;
	if (began === undefined && end - start < 2) return undefined;
	const resets = isCounter ? resetRows(samples) : [];
	let increase = (values[end - 1] as number) - first;
	for (const row of resets) increase += values[row - 1] as number;
	if (began !== undefined) increase += first;
	const sinceZero = (sampled: number) =>
		isCounter ? secondsSinceZero(first, increase, sampled) : Infinity;
	const extrapolation =
		began === undefined
			? extrapolateBothWays(timesOf(samples), sinceZero)
			: extrapolateFromStartTime(timesOf(samples), began);
	return { resets, began, increase, extrapolation };
}

function startInside({ times, startTimes, start, windowStart }: FloatSamples) {
	const began = startTimes?.[start] ?? 0;
	return beginsInside(began, windowStart, times[start] as number) ? began : undefined;
}

/** Rows of a window before which a counter was reset. */
export function resetRows({ times, values, startTimes, start, end }: FloatSamples): number[] {
	const rows: number[] = [];
	for (let row = start + 1; row < end; row++) {
		const isLower = (values[row] as number) < (values[row - 1] as number);
		if (isLower || (startTimes && isResetByStartTime(times, startTimes, row))) rows.push(row);
	}
	return rows;
}
