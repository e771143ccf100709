import type { Timestamp } from '#engine/model';
import { goSeconds } from './go-number.ts';
import type { RateKind } from './rate-kind.ts';
import type { WindowKernel } from './range-vector.ts';
import { createAnchor, type Extension } from './window-extension.ts';
import { windowEnd, type WindowPlan, type WindowShape } from './window.ts';

/**
 * rate, increase and delta of anchored and smoothed windows: the difference between the values at both bounds, without
 * extrapolation (promql/functions.go, extendedRate).
 */

/** The rows that an extended window is measured between; they may lie beyond its bounds. */
export interface BoundaryRows {
	/** The last row at or before the start, else the first row after it. */
	readonly first: number;
	/** Anchored: the last row at or before the end. Smoothed: the first row at or after it, else the last row. */
	readonly last: number;
}

/** Which rows of each window to measure between. */
export interface BoundaryPlan {
	readonly first: Int32Array;
	readonly last: Int32Array;
	/** 1 for windows with something to measure. */
	readonly present: Uint8Array;
	readonly found: number;
}

/** Finds the boundary rows of the plans of one selector, once for each plan. */
export function createBoundaries(
	shape: WindowShape,
	extension: Extension
): (plan: WindowPlan) => BoundaryPlan {
	const anchor = createAnchor(shape);
	const known = new WeakMap<WindowPlan, BoundaryPlan>();
	return (plan) => {
		let boundaries = known.get(plan);
		if (!boundaries) {
			boundaries = planBoundaries(anchor(plan), shape, extension);
			known.set(plan, boundaries);
		}
		return boundaries;
	};
}

function planBoundaries(
	{ times, lo, hi }: WindowPlan,
	shape: WindowShape,
	extension: Extension
): BoundaryPlan {
	const last = new Int32Array(lo.length);
	const present = new Uint8Array(lo.length);
	let found = 0;
	for (let i = 0; i < lo.length; i++) {
		const begin = lo[i] as number;
		let row = (hi[i] as number) - 1;
		if (row < begin) continue;
		if (extension === 'smoothed') {
			const end = windowEnd(shape, i);
			while (row > begin && (times[row - 1] as number) >= end) row--;
			if ((times[begin] as number) > end) continue;
		}
		last[i] = row;
		present[i] = 1;
		found++;
	}
	return { first: lo, last, present, found };
}

/** rate, increase or delta of float series in extended windows. */
export function extendedRateKernel(
	kind: RateKind,
	extension: Extension,
	shape: WindowShape
): WindowKernel {
	const boundaries = createBoundaries(shape, extension);
	const seconds = kind.perSecond ? goSeconds(shape.range) : 1;
	return ({ times, values, plan }, out) => {
		const { first, last, present, found } = boundaries(plan);
		out.present.set(present);
		for (let i = 0; i < present.length; i++) {
			if (present[i] === 0) continue;
			const end = windowEnd(shape, i);
			const window: ExtendedWindow = {
				times,
				values,
				first: first[i] as number,
				last: last[i] as number,
				start: end - shape.range,
				end
			};
			out.values[i] = extendedIncrease(window, kind.isCounter, extension).increase / seconds;
		}
		return found;
	};
}

/** One extended window of a float series. */
export interface ExtendedWindow extends BoundaryRows {
	readonly times: Float64Array;
	readonly values: Float64Array;
	readonly start: Timestamp;
	readonly end: Timestamp;
}

/** What a counter or gauge did in an extended window. */
export interface ExtendedIncrease {
	readonly left: number;
	readonly right: number;
	/** What the counter had reached before its resets. */
	readonly correction: number;
	readonly increase: number;
}

/** Measures one extended window, which must have something to measure. */
export function extendedIncrease(
	window: ExtendedWindow,
	isCounter: boolean,
	extension: Extension
): ExtendedIncrease {
	const smoothed = extension === 'smoothed';
	const left = valueAtStart(window, smoothed, isCounter);
	const right = valueAtEnd(window, smoothed, isCounter);
	if (!isCounter) return { left, right, correction: 0, increase: right - left };
	const correction = resetsBetween(window, left, right);
	return { left, right, correction, increase: right - left + correction };
}

function valueAtStart(window: ExtendedWindow, smoothed: boolean, isCounter: boolean): number {
	const { times, values, first, start } = window;
	return smoothed && (times[first] as number) < start
		? interpolate(window, first, start, isCounter)
		: (values[first] as number);
}

function valueAtEnd(window: ExtendedWindow, smoothed: boolean, isCounter: boolean): number {
	const { times, values, first, last, end } = window;
	return smoothed && last > first && (times[last] as number) > end
		? interpolate(window, last - 1, end, isCounter)
		: (values[last] as number);
}

/** The value between a row and the next one, in a straight line. A counter that was reset in between rises from zero. */
export function interpolate(
	{ times, values }: { readonly times: Float64Array; readonly values: Float64Array },
	row: number,
	time: Timestamp,
	isCounter: boolean
): number {
	const next = values[row + 1] as number;
	const known = values[row] as number;
	const from = isCounter && next < known ? 0 : known;
	const passed = time - (times[row] as number);
	return from + ((next - from) * passed) / ((times[row + 1] as number) - (times[row] as number));
}

/** The rows strictly between the bounds are compared with each other and with the values at the bounds. */
function resetsBetween(
	{ times, values, first, last, start, end }: ExtendedWindow,
	left: number,
	right: number
): number {
	const from = (times[first] as number) <= start ? first + 1 : first;
	const to = (times[last] as number) >= end ? last - 1 : last;
	let correction = 0;
	let previous = left;
	for (let row = from; row <= to; row++) {
		const value = values[row] as number;
		if (value < previous) correction += previous;
		previous = value;
	}
	return right < previous ? correction + previous : correction;
}
