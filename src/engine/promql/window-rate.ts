import type { FloatHistogram, Timestamp } from '#engine/model';
import { extendedHistogramRate } from './extended-rate-histogram.ts';
import { extendedIncrease } from './extended-rate.ts';
import { factorOf, reach, threshold, type Extrapolation } from './extrapolation.ts';
import { floatIncrease, resetRows } from './float-increase.ts';
import { goSeconds } from './go-number.ts';
import { histogramRate, resetRowsOfHistograms } from './rate-histogram.ts';
import type { RateKind } from './rate-kind.ts';
import { kindOfRows } from './row-kinds.ts';
import { measuredRows, type BoundaryRows } from './window-bounds.ts';
import type { Extension } from './window-extension.ts';
import type { WindowNote } from './window-notes.ts';
import type { WindowRows } from './window-samples.ts';

/** The samples of one window: floats, or rows of native histograms, where `values` means nothing. */
export interface WindowSamples extends WindowRows {
	readonly values: Float64Array;
	readonly histograms?: readonly (FloatHistogram | undefined)[];
	/** When each sample began to count; undefined when that is not to be looked at. */
	readonly startTimes?: Float64Array;
	/** How the window's bounds are met. The rows of an extended window reach beyond them. */
	readonly extension?: Extension;
}

/**
 * How the rate, increase or delta of one window comes about. Times in seconds. Of native histograms it says how their count does;
 * every bucket goes the same way.
 */
export interface WindowRate {
	/** Extrapolated from the samples, or measured at the bounds of an anchored or smoothed window. */
	readonly method: 'extrapolated' | Extension;
	/** Rows of the samples it is measured between: first and last in the window, or what stands for its bounds. */
	readonly firstRow: number;
	readonly lastRow: number;
	/** Rows before which the counter was reset: it is lower than before, or began to count in between. */
	readonly resets: readonly number[];
	/** Between the first and last sample or the bounds, resets made up for. */
	readonly increase: number;
	/** From the first sample, or when the counter began, to the last; the whole range when it is measured at the bounds. */
	readonly sampled: number;
	/** 0 for a single sample. */
	readonly averageDistance: number;
	/** From the window's bounds to the first and last sample. */
	readonly gapToStart: number;
	readonly gapToEnd: number;
	/** A gap that is at least this long is not extrapolated over whole; 0 when nothing is extrapolated. */
	readonly threshold: number;
	/** How far to the start it would have been, if the counter could have been below zero. */
	readonly reachToStart: number;
	/** How far is extrapolated, and why not over the whole gap. */
	readonly toStart: number;
	readonly toEnd: number;
	readonly startLimit: 'none' | 'series begins' | 'counter was zero' | 'counter began';
	readonly endLimit: 'none' | 'series ends';
	readonly factor: number;
	readonly result: number;
	/** When the counter is known to have begun, at zero, inside of the window. */
	readonly began?: Timestamp;
	/** The values at the bounds of an anchored or smoothed window. */
	readonly bounds?: { readonly left: number; readonly right: number };
	/** The result for native histograms. */
	readonly histogram?: FloatHistogram;
	/** What there is to say about native histograms. */
	readonly notes?: readonly WindowNote[];
}

/** Explains one window of rate, increase or delta. Undefined when it has no result. */
export function windowRate(window: WindowSamples, kind: RateKind): WindowRate | undefined {
	const { start, end } = window;
	if (end <= start) return undefined;
	const rows = kindOfRows(window, start, end);
	if (rows === 'mixed') return undefined;
	if (window.extension) return extendedRate(window, window.extension, kind);
	return rows === 'floats' ? rateOfFloats(window, kind) : rateOfHistograms(window, kind);
}

function rateOfFloats(window: WindowSamples, kind: RateKind): WindowRate | undefined {
	const measured = floatIncrease(window, kind.isCounter);
	if (!measured) return undefined;
	const { increase, resets, began, extrapolation } = measured;
	const factor = factorOf(extrapolation, secondsOf(window, kind));
	const result = increase * factor;
	return { ...explained(window, extrapolation, began), resets, increase, factor, result };
}

function rateOfHistograms(window: WindowSamples, kind: RateKind): WindowRate | undefined {
	const samples = { ...window, histograms: window.histograms ?? [] };
	const perSeconds = secondsOf(window, kind);
	const { histogram, increase, extrapolation, began, notes } = histogramRate(
		samples,
		kind,
		perSeconds
	);
	if (!histogram || !increase || !extrapolation) return undefined;
	return {
		...explained(window, extrapolation, began),
		resets: kind.isCounter ? resetRowsOfHistograms(samples) : [],
		increase: increase.count,
		factor: factorOf(extrapolation, perSeconds),
		result: histogram.count,
		histogram,
		notes
	};
}

function secondsOf({ windowStart, windowEnd }: WindowSamples, { perSecond }: RateKind): number {
	return perSecond ? goSeconds(windowEnd - windowStart) : 1;
}

/** What an extrapolation says, and why it ends where it does. */
function explained(
	{ start, end }: WindowSamples,
	extrapolation: Extrapolation,
	began: Timestamp | undefined
) {
	const { averageDistance, gapToStart, gapToEnd, toStart, toEnd } = extrapolation;
	const reachToStart = reach(gapToStart, averageDistance);
	const limit = toStart < reachToStart ? 'counter was zero' : 'series begins';
	const startLimit = reachToStart < gapToStart || toStart < reachToStart ? limit : 'none';
	return {
		method: 'extrapolated',
		firstRow: start,
		lastRow: end - 1,
		...extrapolation,
		threshold: threshold(averageDistance),
		reachToStart: began === undefined ? reachToStart : 0,
		startLimit: began === undefined ? startLimit : 'counter began',
		endLimit: toEnd < gapToEnd ? 'series ends' : 'none',
		...(began === undefined ? {} : { began })
	} as const;
}

function extendedRate(
	window: WindowSamples,
	extension: Extension,
	kind: RateKind
): WindowRate | undefined {
	const rows = measuredRows(window, extension);
	const measured = rows && measureBounds(window, rows, extension, kind);
	if (!measured) return undefined;
	const { windowStart, windowEnd } = window;
	return {
		...measured,
		method: extension,
		firstRow: rows.first,
		lastRow: rows.last,
		sampled: (windowEnd - windowStart) / 1000,
		averageDistance: 0,
		gapToStart: 0,
		gapToEnd: 0,
		threshold: 0,
		reachToStart: 0,
		toStart: 0,
		toEnd: 0,
		startLimit: 'none',
		endLimit: 'none',
		factor: 1 / secondsOf(window, kind)
	};
}

type Measured = Pick<
	WindowRate,
	'resets' | 'increase' | 'result' | 'bounds' | 'histogram' | 'notes'
>;

function measureBounds(
	window: WindowSamples,
	rows: BoundaryRows,
	extension: Extension,
	kind: RateKind
): Measured | undefined {
	const perSeconds = secondsOf(window, kind);
	const between = { ...window, start: rows.first, end: rows.last + 1, startTimes: undefined };
	if (!window.histograms?.[rows.first]) {
		const { left, right, increase } = extendedIncrease(window, rows, kind.isCounter, extension);
		const resets = kind.isCounter ? resetRows(between) : [];
		return { resets, increase, result: increase / perSeconds, bounds: { left, right } };
	}
	const { histograms = [] } = window;
	const samples = { ...window, histograms };
	const rate = extendedHistogramRate(samples, rows, kind, extension, perSeconds);
	const { left, right, increase, histogram, notes } = rate;
	if (!left || !right || !increase || !histogram) return undefined;
	return {
		resets: kind.isCounter ? resetRowsOfHistograms({ ...between, histograms }) : [],
		increase: increase.count,
		result: histogram.count,
		bounds: { left: left.count, right: right.count },
		histogram,
		notes
	};
}
