import type { Duration, Timestamp } from '#engine/model';
import { rangeArgument } from './arguments.ts';
import { extendedHistogramWindow } from './extended-rate-histogram.ts';
import { extendedRateKernel } from './extended-rate.ts';
import { extrapolationFactor, reach, secondsSinceZero } from './extrapolation.ts';
import { goSeconds } from './go-number.ts';
import { forEachKind } from './histogram-windows.ts';
import type { WindowFunction, WindowKernel } from './range-vector.ts';
import { histogramRateWindow } from './rate-histogram.ts';
import { floatRateKernel } from './rate-kernel.ts';
import { DELTA, INCREASE, RATE, type RateKind } from './rate-kind.ts';
import { findResets } from './resets.ts';
import { startTimeRateKernel } from './start-time-rate.ts';
import { extensionOf } from './window-extension.ts';
import { notesOnCall } from './window-notes.ts';

/** rate(): per-second increase of a counter. */
export const rate: WindowFunction = rateFunction(RATE);

/** increase(): increase of a counter over the range. */
export const increase: WindowFunction = rateFunction(INCREASE);

/** delta(): difference of a gauge over the range. */
export const delta: WindowFunction = rateFunction(DELTA);

function rateFunction(kind: RateKind): WindowFunction {
	return (call, { scope }, shape) => {
		const say = notesOnCall(call, scope.annotations);
		const extension = extensionOf(rangeArgument(call));
		if (extension) {
			return forEachKind(
				extendedRateKernel(kind, extension, shape),
				extendedHistogramWindow(kind, extension, shape),
				say
			);
		}
		const ofFloats = floatRateKernel(kind, shape);
		const ofHistograms = histogramRateWindow(kind, shape);
		if (!kind.isCounter) return forEachKind(ofFloats, ofHistograms, say);
		const ofCounted = startTimeRateKernel(kind, shape, say);
		const kernel: WindowKernel = (series, out) =>
			series.startTimes ? ofCounted(series, out) : ofFloats(series, out);
		return forEachKind(kernel, ofHistograms, say);
	};
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
	const factor = extrapolationFactor(sampled, toStart, toEnd, kind.perSecond ? goSeconds(range) : 1);
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
