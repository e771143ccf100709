import {
	addHistograms,
	compact,
	detectReset,
	divideHistogram,
	hasCustomBuckets,
	subtractHistograms,
	type FloatHistogram,
	type Timestamp
} from '#engine/model';
import { goSeconds } from './go-number.ts';
import type { HistogramWindow } from './histogram-windows.ts';
import { histogramAt, type HistogramSamples } from './rate-histogram.ts';
import type { RateKind } from './rate-kind.ts';
import { interpolateHistogram, timedHistogram, type NotedHistogram } from './smoothed-histogram.ts';
import { crossesEnd, crossesStart, measuredRows, type BoundaryRows } from './window-bounds.ts';
import type { Extension } from './window-extension.ts';
import type { WindowNote } from './window-notes.ts';
import { windowEnd, type WindowShape } from './window.ts';

/**
 * rate, increase and delta of native histograms in anchored and smoothed windows: the difference between the histograms at both
 * bounds, without extrapolation (promql/functions.go, extendedHistogramRate).
 */

/** rate, increase or delta of the extended windows of histograms of a series. */
export function extendedHistogramWindow(
	kind: RateKind,
	extension: Extension,
	shape: WindowShape
): HistogramWindow {
	const perSeconds = kind.perSecond ? goSeconds(shape.range) : 1;
	return ({ times, histograms = [] }, start, end, i) => {
		const until = windowEnd(shape, i);
		const bounds = { windowStart: until - shape.range, windowEnd: until };
		const samples = { times, histograms, start, end, ...bounds };
		const rows = measuredRows(samples, extension);
		if (!rows) return { histogram: undefined, notes: [] };
		return extendedHistogramRate(samples, rows, kind, extension, perSeconds);
	};
}

/** How the rate, increase or delta of an extended window of histograms comes about. */
export interface ExtendedHistogramRate extends NotedHistogram {
	/** The histograms at the bounds. */
	readonly left?: FloatHistogram;
	readonly right?: FloatHistogram;
	/** From left to right, resets made up for. */
	readonly increase?: FloatHistogram;
}

/** Computes one extended window; `perSeconds` are the seconds of the range for a rate, else 1. */
export function extendedHistogramRate(
	samples: HistogramSamples,
	rows: BoundaryRows,
	kind: RateKind,
	extension: Extension,
	perSeconds: number
): ExtendedHistogramRate {
	const measured = extendedIncrease(samples, rows, kind.isCounter, extension);
	const { increase } = measured;
	if (!increase) return measured;
	const result = kind.perSecond ? divideHistogram(increase, perSeconds) : increase;
	return { ...measured, histogram: compact({ ...result, counterReset: 'gauge' }) };
}

function extendedIncrease(
	samples: HistogramSamples,
	rows: BoundaryRows,
	isCounter: boolean,
	extension: Extension
): ExtendedHistogramRate {
	const notes: WindowNote[] = [];
	const nothing = { histogram: undefined, notes };
	if (!checkRows(samples, rows, isCounter, notes)) return nothing;
	const [left, right] = histogramsAtBounds(samples, rows, isCounter, extension, notes);
	if (!left || !right) return nothing;
	if (!isCounter && !(isGauge(left) && isGauge(right))) notes.push('not a gauge');
	const difference = subtractHistograms(right, left);
	if (difference === 'incompatible schemas') {
		notes.push('mixed schemas');
		return nothing;
	}
	if (difference.boundsReconciled) notes.push('bounds reconciled in subtraction');
	const increase = isCounter
		? withResets(difference.histogram, { samples, rows, left, right, extension }, notes)
		: difference.histogram;
	return { histogram: undefined, notes, left, right, increase };
}

function isGauge({ counterReset }: FloatHistogram): boolean {
	return counterReset === 'gauge';
}

/** Whether all rows have the same kind of schema; notes what else is odd about them. */
function checkRows(
	samples: HistogramSamples,
	{ first, last }: BoundaryRows,
	isCounter: boolean,
	notes: WindowNote[]
): boolean {
	const isCustom = hasCustomBuckets(histogramAt(samples, first));
	for (let row = first; row <= last; row++) {
		const histogram = histogramAt(samples, row);
		if (hasCustomBuckets(histogram) !== isCustom) {
			notes.push('mixed schemas');
			return false;
		}
		if (isCounter && isGauge(histogram)) notes.push('not a counter');
	}
	return true;
}

function histogramsAtBounds(
	samples: HistogramSamples,
	rows: BoundaryRows,
	isCounter: boolean,
	extension: Extension,
	notes: WindowNote[]
): readonly (FloatHistogram | undefined)[] {
	const { windowStart, windowEnd } = samples;
	const between = (row: number, time: Timestamp) => {
		const [before, after] = [timedHistogram(samples, row), timedHistogram(samples, row + 1)];
		const interpolated = interpolateHistogram(before, after, time, isCounter);
		notes.push(...interpolated.notes);
		return interpolated.histogram;
	};
	const left = crossesStart(samples, rows, extension)
		? between(rows.first, windowStart)
		: histogramAt(samples, rows.first);
	if (!left) return [];
	const right = crossesEnd(samples, rows, extension)
		? between(rows.last - 1, windowEnd)
		: histogramAt(samples, rows.last);
	return [left, right];
}

/** A window and the histograms at its bounds. */
interface MeasuredWindow {
	readonly samples: HistogramSamples;
	readonly rows: BoundaryRows;
	readonly left: FloatHistogram;
	readonly right: FloatHistogram;
	readonly extension: Extension;
}

/** Adds what was counted before the resets between both bounds; undefined if it cannot be added up. */
function withResets(
	difference: FloatHistogram,
	window: MeasuredWindow,
	notes: WindowNote[]
): FloatHistogram | undefined {
	let total: FloatHistogram | undefined;
	for (const before of histogramsBeforeResets(window)) {
		total = total ? add(total, before, notes) : before;
		if (!total) return undefined;
	}
	return total ? add(difference, total, notes) : difference;
}

/**
 * What was reached before each reset. Where the left bound was interpolated across a reset, that one has been accounted for. The
 * last row is left out, because the right bound is made of it and has its hint (promql/functions.go,
 * correctForCounterResetsHistogram).
 */
function histogramsBeforeResets(window: MeasuredWindow): FloatHistogram[] {
	const { samples, rows, left, right, extension } = window;
	const { first, last } = rows;
	const second = first < last ? histogramAt(samples, first + 1) : undefined;
	const isCounted =
		second &&
		crossesStart(samples, rows, extension) &&
		detectReset(second, histogramAt(samples, first));
	const found: FloatHistogram[] = [];
	let previous = isCounted ? second : left;
	for (let row = isCounted ? first + 2 : first + 1; row <= last; row++) {
		const current = row < last ? histogramAt(samples, row) : right;
		if (detectReset(current, previous)) found.push(previous);
		previous = current;
	}
	return found;
}

function add(
	a: FloatHistogram,
	b: FloatHistogram,
	notes: WindowNote[]
): FloatHistogram | undefined {
	const sum = addHistograms(a, b);
	if (sum === 'incompatible schemas') {
		notes.push('mixed schemas');
		return undefined;
	}
	if (sum.boundsReconciled) notes.push('bounds reconciled in addition');
	return sum.histogram;
}
