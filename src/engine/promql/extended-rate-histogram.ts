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
import { createBoundaries, type BoundaryRows } from './extended-rate.ts';
import { goSeconds } from './go-number.ts';
import type { HistogramWindow } from './histogram-windows.ts';
import type { RateKind } from './rate-kind.ts';
import {
	interpolateHistogram,
	type NotedHistogram,
	type TimedHistogram
} from './smoothed-histogram.ts';
import type { Extension } from './window-extension.ts';
import type { WindowNote } from './window-notes.ts';
import { windowEnd, type WindowShape } from './window.ts';

/**
 * rate, increase and delta of native histograms in anchored and smoothed windows: the difference between the histograms at both
 * bounds, without extrapolation (promql/functions.go, extendedHistogramRate).
 */

/** One extended window of a series, all of it histograms. */
export interface ExtendedHistogramWindow extends BoundaryRows {
	readonly times: Float64Array;
	readonly histograms: readonly (FloatHistogram | undefined)[];
	readonly start: Timestamp;
	readonly end: Timestamp;
}

/** rate, increase or delta of the extended windows of histograms of a series. */
export function extendedHistogramWindow(
	kind: RateKind,
	extension: Extension,
	shape: WindowShape
): HistogramWindow {
	const boundaries = createBoundaries(shape, extension);
	const perSeconds = kind.perSecond ? goSeconds(shape.range) : 1;
	return ({ times, histograms = [], plan }, _lo, _hi, i) => {
		const { first, last, present } = boundaries(plan);
		if (!present[i]) return { histogram: undefined, notes: [] };
		const end = windowEnd(shape, i);
		const rows = { first: first[i] as number, last: last[i] as number };
		const window = { times, histograms, ...rows, start: end - shape.range, end };
		const { histogram, notes } = extendedHistogramIncrease(window, kind.isCounter, extension);
		if (!histogram) return { histogram, notes };
		const result = kind.perSecond ? divideHistogram(histogram, perSeconds) : histogram;
		return { histogram: compact({ ...result, counterReset: 'gauge' }), notes };
	};
}

/** What was observed in one extended window, which must have something to measure. */
export function extendedHistogramIncrease(
	window: ExtendedHistogramWindow,
	isCounter: boolean,
	extension: Extension
): NotedHistogram {
	const notes: WindowNote[] = [];
	if (!checkRows(window, isCounter, notes)) return { histogram: undefined, notes };
	const left = histogramAtStart(window, extension, isCounter);
	const right = left.histogram && histogramAtEnd(window, extension, isCounter);
	notes.push(...left.notes, ...(right?.notes ?? []));
	if (!left.histogram || !right?.histogram) return { histogram: undefined, notes };
	if (!isCounter && (!isGauge(left.histogram) || !isGauge(right.histogram))) {
		notes.push('not a gauge');
	}
	const difference = subtractHistograms(right.histogram, left.histogram);
	if (difference === 'incompatible schemas') {
		return { histogram: undefined, notes: [...notes, 'mixed schemas'] };
	}
	if (difference.boundsReconciled) notes.push('bounds reconciled in subtraction');
	if (!isCounter) return { histogram: difference.histogram, notes };
	const correction = countedBeforeResets(window, extension, left.histogram, right.histogram, notes);
	if (correction === 'nothing') return { histogram: difference.histogram, notes };
	return { histogram: correction && add(difference.histogram, correction, notes), notes };
}

function isGauge({ counterReset }: FloatHistogram): boolean {
	return counterReset === 'gauge';
}

/** Whether all rows have the same kind of schema; notes what else is odd about them. */
function checkRows(
	window: ExtendedHistogramWindow,
	isCounter: boolean,
	notes: WindowNote[]
): boolean {
	const isCustom = hasCustomBuckets(at(window, window.first).histogram);
	for (let row = window.first; row <= window.last; row++) {
		const { histogram } = at(window, row);
		if (hasCustomBuckets(histogram) !== isCustom) {
			notes.push('mixed schemas');
			return false;
		}
		if (isCounter && isGauge(histogram)) notes.push('not a counter');
	}
	return true;
}

function at({ times, histograms }: ExtendedHistogramWindow, row: number): TimedHistogram {
	const histogram = histograms[row];
	if (!histogram) throw new Error(`no histogram in row ${row}`);
	return { time: times[row] as number, histogram };
}

function histogramAtStart(
	window: ExtendedHistogramWindow,
	extension: Extension,
	isCounter: boolean
): NotedHistogram {
	const first = at(window, window.first);
	if (!crossesStart(window, extension)) return { histogram: first.histogram, notes: [] };
	return interpolateHistogram(first, at(window, window.first + 1), window.start, isCounter);
}

function crossesStart({ times, first, start }: ExtendedHistogramWindow, extension: Extension) {
	return extension === 'smoothed' && (times[first] as number) < start;
}

function histogramAtEnd(
	window: ExtendedHistogramWindow,
	extension: Extension,
	isCounter: boolean
): NotedHistogram {
	const last = at(window, window.last);
	if (extension !== 'smoothed' || last.time <= window.end) {
		return { histogram: last.histogram, notes: [] };
	}
	return interpolateHistogram(at(window, window.last - 1), last, window.end, isCounter);
}

/**
 * What was counted before the resets between both bounds; undefined if it cannot be added up. Where the left bound was
 * interpolated across a reset, that one has been accounted for. The last row is left out, because the right bound is made of it
 * and has its hint (promql/functions.go, correctForCounterResetsHistogram).
 */
function countedBeforeResets(
	window: ExtendedHistogramWindow,
	extension: Extension,
	left: FloatHistogram,
	right: FloatHistogram,
	notes: WindowNote[]
): FloatHistogram | undefined | 'nothing' {
	const { first, last } = window;
	const second = first < last ? at(window, first + 1).histogram : undefined;
	const isCounted =
		second && crossesStart(window, extension) && detectReset(second, at(window, first).histogram);
	const from = isCounted ? first + 2 : first + 1;
	if (from > last) return 'nothing';
	let previous = isCounted ? second : left;
	let total: FloatHistogram | 'nothing' = 'nothing';
	for (let row = from; row <= last; row++) {
		const current = row < last ? at(window, row).histogram : right;
		if (detectReset(current, previous)) {
			const sum: FloatHistogram | undefined =
				total === 'nothing' ? previous : add(total, previous, notes);
			if (!sum) return undefined;
			total = sum;
		}
		previous = current;
	}
	return total;
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
