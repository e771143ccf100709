import type { Duration, Timestamp } from '#engine/model';
import type { WindowFunction, WindowKernel } from './range-vector.ts';
import { windowEnd, type WindowPlan, type WindowShape } from './window.ts';

/**
 * rate, increase and delta. A window holds samples from some moment after its start to some moment before its end; what
 * the counter did in the gaps is extrapolated (promql/functions.go, extrapolatedRate). The three functions below are that
 * policy; the kernels and `windowRate` are both made of them.
 */

/**
 * How far beyond the first or last sample to extrapolate, in seconds: the whole gap to the end of the window if it is under
 * 1.1 times the average distance between samples; else the series is taken to begin or end there, half a distance away.
 */
export function reach(gap: number, averageDistance: number): number {
	return gap >= averageDistance * 1.1 ? averageDistance / 2 : gap;
}

/**
 * How many seconds before its first sample a counter would have been zero, had it always risen as it did in the window.
 * Extrapolating further back would make it negative. Infinite when it did not rise, or was negative.
 */
export function secondsSinceZero(first: number, increase: number, sampled: number): number {
	return increase > 0 && first >= 0 ? sampled * (first / increase) : Infinity;
}

/** By what the increase between the samples is multiplied to stand for the window; divided by its seconds for a rate. */
function extrapolationFactor(
	sampled: number,
	toStart: number,
	toEnd: number,
	perSeconds: number
): number {
	return (sampled + toStart + toEnd) / sampled / perSeconds;
}

/** What of extrapolation depends on times alone: made once for each plan, for each step. */
interface Reaches {
	/** First and last row of the window; 0 at steps with fewer than two samples, whose results do not count. */
	readonly first: Int32Array;
	readonly last: Int32Array;
	/** The factor while the zero point does not matter. */
	readonly factor: Float64Array;
	/** When first < increase * zeroMatters, the zero point has to be looked at: a bound that saves the division. NaN for gauges. */
	readonly zeroMatters: Float64Array;
	/** 1 for steps with at least two samples. */
	readonly present: Uint8Array;
	readonly found: number;
}

interface RateKind {
	readonly isCounter: boolean;
	readonly perSecond: boolean;
}

/** rate(): per-second increase of a counter. */
export const rate: WindowFunction = (_call, _evaluation, shape) =>
	rateKernel({ isCounter: true, perSecond: true }, shape);

/** increase(): increase of a counter over the range. */
export const increase: WindowFunction = (_call, _evaluation, shape) =>
	rateKernel({ isCounter: true, perSecond: false }, shape);

/** delta(): difference of a gauge over the range. */
export const delta: WindowFunction = (_call, _evaluation, shape) =>
	rateKernel({ isCounter: false, perSecond: false }, shape);

function rateKernel(kind: RateKind, shape: WindowShape): WindowKernel {
	const byPlan = new WeakMap<WindowPlan, Reaches>();
	const perSeconds = kind.perSecond ? shape.range / 1000 : 1;
	let rows = new Int32Array(0);
	return ({ values, start, end, plan }, out) => {
		let reaches = byPlan.get(plan);
		if (!reaches) byPlan.set(plan, (reaches = planReaches(plan, shape, kind)));
		out.present.set(reaches.present);
		if (reaches.found === 0) return 0;
		if (rows.length < end - start) rows = new Int32Array(end - start);
		const count = kind.isCounter ? findResets(values, start, end, rows) : 0;
		const resets = rows.subarray(0, count);
		const clamped = (i: number, increase: number) =>
			clampedAtZero(values, increase, plan, shape, i, perSeconds);
		if (count === 0) extrapolate(values, reaches, clamped, out.values);
		else extrapolateWithResets(values, reaches, resets, clamped, out.values);
		return reaches.found;
	};
}

function planReaches(plan: WindowPlan, shape: WindowShape, kind: RateKind): Reaches {
	const { count } = shape.grid;
	const perSeconds = kind.perSecond ? shape.range / 1000 : 1;
	const first = new Int32Array(count);
	const last = new Int32Array(count);
	const factor = new Float64Array(count);
	const zeroMatters = new Float64Array(count);
	const present = new Uint8Array(count);
	let found = 0;
	for (let i = 0; i < count; i++) {
		const lo = plan.lo[i] as number;
		const hi = plan.hi[i] as number;
		if (hi - lo < 2) continue;
		const firstTime = plan.times[lo] as number;
		const lastTime = plan.times[hi - 1] as number;
		const end = windowEnd(shape, i);
		const sampled = (lastTime - firstTime) / 1000;
		const average = sampled / (hi - lo - 1);
		const toStart = reach((firstTime - (end - shape.range)) / 1000, average);
		const toEnd = reach((end - lastTime) / 1000, average);
		first[i] = lo;
		last[i] = hi - 1;
		factor[i] = extrapolationFactor(sampled, toStart, toEnd, perSeconds);
		// A little generous, so that rounding here can never skip a zero point that matters.
		zeroMatters[i] = kind.isCounter ? (toStart / sampled) * (1 + 1e-9) : NaN;
		present[i] = 1;
		found++;
	}
	return { first, last, factor, zeroMatters, present, found };
}

/**
 * Finds the rows at which a counter is lower than before: it was reset in between. NaN is neither lower nor higher.
 * Writes them into `rows`, which must have room for all rows of the series, and returns how many they are.
 */
export function findResets(
	values: Float64Array,
	start: number,
	end: number,
	rows: Int32Array
): number {
	let count = 0;
	let previous = -Infinity;
	for (let row = start; row < end; row++) {
		const value = values[row] as number;
		if (value < previous) rows[count++] = row;
		previous = value;
	}
	return count;
}

type Clamp = (i: number, increase: number) => number;

function extrapolate(
	values: Float64Array,
	{ first, last, factor, zeroMatters }: Reaches,
	clamped: Clamp,
	out: Float64Array
): void {
	for (let i = 0; i < out.length; i++) {
		const start = values[first[i] as number] as number;
		const increase = (values[last[i] as number] as number) - start;
		out[i] =
			start < increase * (zeroMatters[i] as number)
				? clamped(i, increase)
				: increase * (factor[i] as number);
	}
}

/** As `extrapolate`, for a series with resets: what the counter had reached before each one in the window is added, in order. */
function extrapolateWithResets(
	values: Float64Array,
	{ first, last, factor, zeroMatters }: Reaches,
	resets: Int32Array,
	clamped: Clamp,
	out: Float64Array
): void {
	let next = 0;
	for (let i = 0; i < out.length; i++) {
		const begin = first[i] as number;
		const end = last[i] as number;
		const start = values[begin] as number;
		let increase = (values[end] as number) - start;
		while (next < resets.length && (resets[next] as number) <= begin) next++;
		for (let k = next; k < resets.length && (resets[k] as number) <= end; k++) {
			increase += values[(resets[k] as number) - 1] as number;
		}
		out[i] =
			start < increase * (zeroMatters[i] as number)
				? clamped(i, increase)
				: increase * (factor[i] as number);
	}
}

/** The rate of the window at step i of a counter that may have been zero inside of it. */
function clampedAtZero(
	values: Float64Array,
	increase: number,
	{ lo, hi, times }: WindowPlan,
	shape: WindowShape,
	i: number,
	perSeconds: number
): number {
	const first = lo[i] as number;
	const last = (hi[i] as number) - 1;
	const firstTime = times[first] as number;
	const lastTime = times[last] as number;
	const end = windowEnd(shape, i);
	const sampled = (lastTime - firstTime) / 1000;
	const average = sampled / (last - first);
	const toStart = Math.min(
		reach((firstTime - (end - shape.range)) / 1000, average),
		secondsSinceZero(values[first] as number, increase, sampled)
	);
	const toEnd = reach((end - lastTime) / 1000, average);
	return increase * extrapolationFactor(sampled, toStart, toEnd, perSeconds);
}

/** How the rate, increase or delta of one window comes about. Times in seconds. */
export interface WindowRate {
	/** Rows of the first and last sample in the window. */
	readonly firstRow: number;
	readonly lastRow: number;
	/** Rows that are lower than the one before: resets. */
	readonly resets: readonly number[];
	/** Between first and last sample, resets made up for. */
	readonly increase: number;
	readonly sampled: number;
	readonly averageDistance: number;
	/** From the window's bounds to the first and last sample. */
	readonly gapToStart: number;
	readonly gapToEnd: number;
	/** How far is extrapolated, and why not over the whole gap. */
	readonly toStart: number;
	readonly toEnd: number;
	readonly startLimit: 'none' | 'series begins' | 'counter was zero';
	readonly endLimit: 'none' | 'series ends';
	readonly factor: number;
	readonly result: number;
}

/** The samples of one window, ascending in time. */
export interface WindowSamples {
	readonly times: Float64Array;
	readonly values: Float64Array;
	readonly start: number;
	readonly end: number;
	/** Bounds of the window: open on the left, closed on the right. */
	readonly windowStart: Timestamp;
	readonly windowEnd: Timestamp;
}

/** Explains one window of rate, increase (`perSecond: false`) or delta. Undefined with fewer than two samples. */
export function windowRate(window: WindowSamples, kind: RateKind): WindowRate | undefined {
	const { times, values, start, end } = window;
	if (end - start < 2) return undefined;
	const first = values[start] as number;
	const firstTime = times[start] as number;
	const lastTime = times[end - 1] as number;
	const rows = new Int32Array(end - start);
	const count = kind.isCounter ? findResets(values, start, end, rows) : 0;
	const resets = Array.from(rows.subarray(0, count));
	const increase = resets.reduce(
		(sum, row) => sum + (values[row - 1] as number),
		(values[end - 1] as number) - first
	);
	const sampled = (lastTime - firstTime) / 1000;
	const averageDistance = sampled / (end - start - 1);
	const gapToStart = (firstTime - window.windowStart) / 1000;
	const gapToEnd = (window.windowEnd - lastTime) / 1000;
	const reachToStart = reach(gapToStart, averageDistance);
	const sinceZero = kind.isCounter ? secondsSinceZero(first, increase, sampled) : Infinity;
	const toStart = Math.min(reachToStart, sinceZero);
	const toEnd = reach(gapToEnd, averageDistance);
	const range: Duration = window.windowEnd - window.windowStart;
	const factor = extrapolationFactor(sampled, toStart, toEnd, kind.perSecond ? range / 1000 : 1);
	return {
		firstRow: start,
		lastRow: end - 1,
		resets,
		increase,
		sampled,
		averageDistance,
		gapToStart,
		gapToEnd,
		toStart,
		toEnd,
		startLimit:
			toStart < reachToStart
				? 'counter was zero'
				: reachToStart < gapToStart
					? 'series begins'
					: 'none',
		endLimit: toEnd < gapToEnd ? 'series ends' : 'none',
		factor,
		result: increase * factor
	};
}
