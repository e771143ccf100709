import {
	compact,
	detectReset,
	divideHistogram,
	subtractHistograms,
	type FloatHistogram
} from '#engine/model';
import { putHistogram } from './histogram-windows.ts';
import type { WindowFunction, WindowKernel, WindowOutput, WindowedSeries } from './range-vector.ts';
import { kindOfRows } from './row-kinds.ts';
import type { NotedHistogram } from './smoothed-histogram.ts';
import { isResetByStartTime } from './start-time.ts';
import { notesOnCall, type SayNotes, type WindowNote } from './window-notes.ts';

/** irate(): per-second increase between the last two samples; after a reset the last value stands for it. */
export const irate: WindowFunction = (call, { scope }) =>
	lastTwo(true, notesOnCall(call, scope.annotations));

/** idelta(): difference between the last two samples. */
export const idelta: WindowFunction = (call, { scope }) =>
	lastTwo(false, notesOnCall(call, scope.annotations));

/** promql/functions.go, instantValue. */
function lastTwo(isRate: boolean, say: SayNotes): WindowKernel {
	return (series, out) =>
		series.histograms || series.startTimes
			? lastTwoOfAnyKind(series, out, isRate, say)
			: lastTwoFloats(series, out, isRate);
}

function lastTwoFloats(
	{ times, values, plan: { lo, hi } }: WindowedSeries,
	{ values: out, present }: WindowOutput,
	isRate: boolean
): number {
	let found = 0;
	for (let i = 0; i < lo.length; i++) {
		const last = (hi[i] as number) - 1;
		if (last - (lo[i] as number) < 1) {
			present[i] = 0;
			continue;
		}
		const value = values[last] as number;
		const previous = values[last - 1] as number;
		const seconds = ((times[last] as number) - (times[last - 1] as number)) / 1000;
		const difference = isRate && value < previous ? value : value - previous;
		out[i] = isRate ? difference / seconds : difference;
		present[i] = 1;
		found++;
	}
	return found;
}

function lastTwoOfAnyKind(
	series: WindowedSeries,
	out: WindowOutput,
	isRate: boolean,
	say: SayNotes
): number {
	const { lo, hi } = series.plan;
	let found = 0;
	for (let i = 0; i < lo.length; i++) {
		const last = (hi[i] as number) - 1;
		out.present[i] = 0;
		if (last - (lo[i] as number) < 1) continue;
		const kind = kindOfRows(series, last - 1, last + 1);
		if (kind === 'mixed') {
			say(['mixed samples'], series.labels);
			continue;
		}
		if (kind === 'floats') {
			out.values[i] = difference(series, last, isRate);
			out.present[i] = 1;
		} else {
			const { histogram, notes } = histogramDifference(series, last, isRate);
			say(notes, series.labels);
			if (histogram) putHistogram(out, i, histogram);
		}
		found += out.present[i] as number;
	}
	return found;
}

function difference(series: WindowedSeries, row: number, isRate: boolean): number {
	const { times, values } = series;
	const value = values[row] as number;
	const fallen = value - (values[row - 1] as number);
	if (!isRate) return fallen;
	return (isResetBefore(series, row) ? value : fallen) / secondsBefore(times, row);
}

/** Whether a counter was reset between a row and the one before it, both of them floats. */
export function isResetBefore(
	{ times, values, startTimes }: Pick<WindowedSeries, 'times' | 'values' | 'startTimes'>,
	row: number
): boolean {
	if ((values[row] as number) < (values[row - 1] as number)) return true;
	return startTimes !== undefined && isResetByStartTime(times, startTimes, row);
}

function secondsBefore(times: Float64Array, row: number): number {
	return ((times[row] as number) - (times[row - 1] as number)) / 1000;
}

function histogramDifference(
	{ times, histograms = [], startTimes }: WindowedSeries,
	row: number,
	isRate: boolean
): NotedHistogram {
	const last = histograms[row] as FloatHistogram;
	const previous = histograms[row - 1] as FloatHistogram;
	const gauges = [last, previous].filter(({ counterReset }) => counterReset === 'gauge').length;
	const notes: WindowNote[] = [];
	if (isRate && gauges > 0) notes.push('not a counter');
	if (!isRate && gauges < 2) notes.push('not a gauge');
	const isReset =
		isRate &&
		((startTimes && isResetByStartTime(times, startTimes, row)) || detectReset(last, previous));
	if (isReset) return { histogram: asResult(last, times, row, isRate), notes };
	const fallen = subtractHistograms(last, previous);
	if (fallen === 'incompatible schemas') {
		return { histogram: undefined, notes: [...notes, 'mixed schemas'] };
	}
	if (fallen.boundsReconciled) notes.push('bounds reconciled in subtraction');
	return { histogram: asResult(fallen.histogram, times, row, isRate), notes };
}

function asResult(
	histogram: FloatHistogram,
	times: Float64Array,
	row: number,
	isRate: boolean
): FloatHistogram {
	const gauge = compact({ ...histogram, counterReset: 'gauge' });
	return isRate ? divideHistogram(gauge, secondsBefore(times, row)) : gauge;
}
