import {
	addHistograms,
	compact,
	detectReset,
	emptyHistogram,
	hasCustomBuckets,
	multiplyHistogram,
	subtractHistograms,
	toSchema,
	type FloatHistogram,
	type Timestamp
} from '#engine/model';
import {
	extrapolateBothWays,
	extrapolateFromStartTime,
	factorOf,
	secondsSinceZero,
	type Extrapolation
} from './extrapolation.ts';
import { goSeconds } from './go-number.ts';
import type { HistogramWindow } from './histogram-windows.ts';
import type { RateKind } from './rate-kind.ts';
import type { NotedHistogram } from './smoothed-histogram.ts';
import { beginsInside, hasStartTimeOverlap, isResetByStartTime } from './start-time.ts';
import type { WindowNote } from './window-notes.ts';
import { timesOf, type WindowRows } from './window-samples.ts';
import { windowEnd, type WindowShape } from './window.ts';

/**
 * rate, increase and delta of native histograms: the difference between the last one and the first one, bucket by bucket, what was
 * counted before resets added, extrapolated as the total count is (promql/functions.go, histogramRate).
 */

/** The samples of one window, all of them histograms. */
export interface HistogramSamples extends WindowRows {
	readonly histograms: readonly (FloatHistogram | undefined)[];
	readonly startTimes?: Float64Array;
}

/** How the rate, increase or delta of a window of histograms comes about. */
export interface HistogramRate extends NotedHistogram {
	/** Between first and last sample, before extrapolation. */
	readonly increase?: FloatHistogram;
	readonly extrapolation?: Extrapolation;
	/** When the counter is known to have begun at zero inside of the window. */
	readonly began?: Timestamp;
}

/** rate, increase or delta of the windows of histograms of a series. */
export function histogramRateWindow(kind: RateKind, shape: WindowShape): HistogramWindow {
	const perSeconds = kind.perSecond ? goSeconds(shape.range) : 1;
	return ({ times, histograms = [], startTimes }, start, end, i) => {
		const bounds = {
			windowStart: windowEnd(shape, i) - shape.range,
			windowEnd: windowEnd(shape, i)
		};
		const samples = { times, histograms, startTimes, start, end, ...bounds };
		return histogramRate(samples, kind, perSeconds);
	};
}

/** Computes one window of rate, increase or delta; `perSeconds` are the seconds of the range for a rate, else 1. */
export function histogramRate(
	samples: HistogramSamples,
	kind: RateKind,
	perSeconds: number
): HistogramRate {
	const { start, end } = samples;
	const began = kind.isCounter ? startInside(samples) : undefined;
	if (end - start < 2) {
		if (began === undefined) return { histogram: undefined, notes: [] };
		return extrapolated(samples, histogramAt(samples, start), [], began, kind, perSeconds);
	}
	const { histogram: between, notes } = histogramIncrease(samples, kind.isCounter);
	if (!between) return { histogram: undefined, notes };
	if (began === undefined) {
		return extrapolated(samples, between, notes, undefined, kind, perSeconds);
	}
	const whole = addHistograms(between, histogramAt(samples, start));
	if (whole === 'incompatible schemas') {
		return { histogram: undefined, notes: [...notes, 'mixed schemas'] };
	}
	const said: readonly WindowNote[] = whole.boundsReconciled
		? [...notes, 'bounds reconciled in addition']
		: notes;
	return extrapolated(samples, whole.histogram, said, began, kind, perSeconds);
}

function startInside({ times, startTimes, start, windowStart }: HistogramSamples) {
	const began = startTimes?.[start] ?? 0;
	return beginsInside(began, windowStart, times[start] as number) ? began : undefined;
}

function extrapolated(
	samples: HistogramSamples,
	increase: FloatHistogram,
	notes: readonly WindowNote[],
	began: Timestamp | undefined,
	{ isCounter }: RateKind,
	perSeconds: number
): HistogramRate {
	const { count } = histogramAt(samples, samples.start);
	const extrapolation =
		began === undefined
			? extrapolateBothWays(timesOf(samples), (sampled) =>
					isCounter ? secondsSinceZero(count, increase.count, sampled) : Infinity
				)
			: extrapolateFromStartTime(timesOf(samples), began);
	const histogram = multiplyHistogram(increase, factorOf(extrapolation, perSeconds));
	return { histogram, notes, increase, extrapolation, began };
}

/** The histogram in a row, which must hold one. */
export function histogramAt({ histograms }: Pick<HistogramSamples, 'histograms'>, row: number) {
	const histogram = histograms[row];
	if (!histogram) throw new Error(`no histogram in row ${row}`);
	return histogram;
}

/**
 * What was observed between the first and the last of at least two samples. The layout of a first sample before a reset does not
 * matter: nothing is taken from it.
 */
function histogramIncrease(samples: HistogramSamples, isCounter: boolean): NotedHistogram {
	const { start, end } = samples;
	const first = histogramAt(samples, start);
	const last = histogramAt(samples, end - 1);
	const base = isCounter && isReset(samples, start + 1, first) ? nothingBefore(samples) : first;
	const notes: WindowNote[] = [];
	const ends = [first, last];
	if (isCounter && ends.some(isGauge)) notes.push('not a counter');
	if (hasCustomBuckets(last) !== hasCustomBuckets(base)) {
		return { histogram: undefined, notes: [...notes, 'mixed schemas'] };
	}
	const schema = coarsestSchema(samples, base, isCounter, notes);
	if (schema === undefined) return MIXED;
	const difference = subtractHistograms(toSchema(last, schema), base);
	if (difference === 'incompatible schemas') return MIXED;
	if (difference.boundsReconciled) notes.push('bounds reconciled in subtraction');
	let result: FloatHistogram | undefined = difference.histogram;
	if (isCounter) result = addResets(samples, result, base, notes);
	else if (!ends.every(isGauge)) notes.push('not a gauge');
	if (!result) return MIXED;
	return { histogram: compact({ ...result, counterReset: 'gauge' }), notes };
}

/** Of histograms that do not go together that is all there is to say. */
const MIXED: NotedHistogram = { histogram: undefined, notes: ['mixed schemas'] };

function isGauge({ counterReset }: FloatHistogram): boolean {
	return counterReset === 'gauge';
}

function nothingBefore(samples: HistogramSamples): FloatHistogram {
	const { schema, customValues } = histogramAt(samples, samples.start + 1);
	return emptyHistogram({ schema, customValues });
}

/** Whether the counter was reset between a row and what came before it. */
function isReset(samples: HistogramSamples, row: number, previous: FloatHistogram): boolean {
	const { times, startTimes } = samples;
	if (startTimes && isResetByStartTime(times, startTimes, row)) return true;
	return detectReset(histogramAt(samples, row), previous);
}

/** The coarsest schema of a counter's samples; undefined if some have custom buckets and others have not. */
function coarsestSchema(
	samples: HistogramSamples,
	base: FloatHistogram,
	isCounter: boolean,
	notes: WindowNote[]
): number | undefined {
	const { start, end } = samples;
	let coarsest = Math.min(base.schema, histogramAt(samples, end - 1).schema);
	if (!isCounter) return coarsest;
	for (let row = start + 1; row < end - 1; row++) {
		const histogram = histogramAt(samples, row);
		if (isGauge(histogram)) notes.push('not a counter');
		coarsest = Math.min(coarsest, histogram.schema);
		if (hasCustomBuckets(histogram) !== hasCustomBuckets(base)) return undefined;
	}
	return coarsest;
}

/** Adds what was counted before each reset. Conflicting hints do not matter here: resets are looked at one by one. */
function addResets(
	samples: HistogramSamples,
	difference: FloatHistogram,
	base: FloatHistogram,
	notes: WindowNote[]
): FloatHistogram | undefined {
	const { times, startTimes, start, end } = samples;
	if (startTimes && hasStartTimeOverlap(times, startTimes, start, end)) {
		notes.push('start times overlap');
	}
	let result = difference;
	let previous = base;
	for (let row = start + 1; row < end; row++) {
		if (isReset(samples, row, previous)) {
			const sum = addHistograms(result, previous);
			if (sum === 'incompatible schemas') return undefined;
			if (sum.boundsReconciled) notes.push('bounds reconciled in addition');
			result = sum.histogram;
		}
		previous = histogramAt(samples, row);
	}
	return result;
}

/** Rows of a window before which a counter was reset, of histograms. */
export function resetRowsOfHistograms(samples: HistogramSamples): number[] {
	const rows: number[] = [];
	for (let row = samples.start + 1; row < samples.end; row++) {
		if (isReset(samples, row, histogramAt(samples, row - 1))) rows.push(row);
	}
	return rows;
}
