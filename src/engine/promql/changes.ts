import { detectReset, equalHistograms } from '#engine/model';
import { rangeArgument } from './arguments.ts';
import type { WindowFunction, WindowedSeries } from './range-vector.ts';
import { findResets } from './resets.ts';
import { isResetByStartTime } from './start-time.ts';
import { createAnchor, extensionOf } from './window-extension.ts';

/**
 * changes and resets: how often something happens between one row and the next. It is found out once for each row of a series;
 * a window then only subtracts.
 */

/** Writes into counts[row], from `start` on, how often it has happened up to that row. */
type Counter = (series: WindowedSeries, counts: Int32Array) => void;

/** changes(): how often the value is not the one before; from NaN to NaN is no change. */
export const changes: WindowFunction = countingFunction(() => (series, counts) => {
	if (series.histograms) countWhere(series, counts, isHistogramChange);
	else countChanges(series, counts);
});

/** resets(): how often a counter is lower than before, or is known to have begun anew. */
export const resets: WindowFunction = countingFunction(() => {
	const room = createRowCounter();
	return (series, counts) => {
		if (series.histograms || series.startTimes) countWhere(series, counts, isReset);
		else countResets(series, room(series.end), counts);
	};
});

function countingFunction(createCounter: () => Counter): WindowFunction {
	return (call, _evaluation, shape) => {
		const count = createCounter();
		const room = createRowCounter();
		const anchor = extensionOf(rangeArgument(call)) ? createAnchor(shape) : undefined;
		return (series, { values: out, present }) => {
			const { lo, hi, filled } = anchor ? anchor(series.plan) : series.plan;
			const counts = room(series.end);
			count(series, counts);
			differences(counts, lo, hi, out, present);
			return filled;
		};
	};
}

function countChanges({ values, start, end }: WindowedSeries, counts: Int32Array): void {
	let count = 0;
	for (let row = start; row < end; row++) {
		const value = values[row] as number;
		const previous = values[row - 1] as number;
		if (row > start && value !== previous && !(value !== value && previous !== previous)) count++;
		counts[row] = count;
	}
}

function countResets(
	{ values, start, end }: WindowedSeries,
	rows: Int32Array,
	counts: Int32Array
): void {
	const total = findResets(values, start, end, rows);
	let next = 0;
	for (let row = start; row < end; row++) {
		if (next < total && rows[next] === row) next++;
		counts[row] = next;
	}
}

/** Counts rows, but not the first one, for which something holds. */
function countWhere(
	series: WindowedSeries,
	counts: Int32Array,
	holds: (series: WindowedSeries, row: number) => boolean
): void {
	let count = 0;
	for (let row = series.start; row < series.end; row++) {
		if (row > series.start && holds(series, row)) count++;
		counts[row] = count;
	}
}

/** From a float to a histogram and back is a change. */
function isHistogramChange({ values, histograms = [] }: WindowedSeries, row: number): boolean {
	const current = histograms[row];
	const previous = histograms[row - 1];
	if (current && previous) return !equalHistograms(current, previous);
	return current !== previous || isChange(values, row);
}

function isChange(values: Float64Array, row: number): boolean {
	const value = values[row] as number;
	const previous = values[row - 1] as number;
	return value !== previous && !(Number.isNaN(value) && Number.isNaN(previous));
}

/** From a float to a histogram and back is a reset. */
function isReset(series: WindowedSeries, row: number): boolean {
	const { times, values, histograms = [], startTimes } = series;
	const current = histograms[row];
	const previous = histograms[row - 1];
	if (!current !== !previous) return true;
	if (startTimes && isResetByStartTime(times, startTimes, row)) return true;
	if (current && previous) return detectReset(current, previous);
	return (values[row] as number) < (values[row - 1] as number);
}

/** A column of integers that is as long as the longest series so far. */
function createRowCounter(): (length: number) => Int32Array {
	let counts = new Int32Array(0);
	return (length) => {
		if (counts.length < length) counts = new Int32Array(length);
		return counts;
	};
}

/** What was counted between the first and the last row of each window. */
function differences(
	counts: Int32Array,
	lo: Int32Array,
	hi: Int32Array,
	out: Float64Array,
	present: Uint8Array
): void {
	for (let i = 0; i < lo.length; i++) {
		const begin = lo[i] as number;
		const end = hi[i] as number;
		present[i] = end > begin ? 1 : 0;
		if (end > begin) out[i] = (counts[end - 1] as number) - (counts[begin] as number);
	}
}
