import type { SeriesColumns, Timestamp } from '#engine/model';
import { extendedIncrease } from './extended-rate.ts';
import type { Extension } from './window-extension.ts';

/**
 * The samples of an extended window as they are shown: the values at its bounds, as if they were samples there, and the samples
 * between them (promql/engine.go, extendFloats). Without a sample after the window's start there are none.
 */
export function extendedSamples(
	columns: SeriesColumns,
	extension: Extension,
	start: Timestamp,
	end: Timestamp
): SeriesColumns {
	const { labels, times, values } = columns;
	const last = lastRow(times, extension, end);
	if (last < 0 || (times[last] as number) <= start) return { ...columns, end: 0 };
	const first = firstRow(times, start);
	const window = { times, values, first, last, start, end };
	const { left, right } = extendedIncrease(window, false, extension);
	const from = (times[first] as number) <= start ? first + 1 : first;
	const to = (times[last] as number) >= end ? last : last + 1;
	const inner = Math.max(0, to - from);
	const shownTimes = new Float64Array(inner + 2);
	const shownValues = new Float64Array(inner + 2);
	shownTimes.set([start]);
	shownTimes.set(times.subarray(from, from + inner), 1);
	shownTimes.set([end], inner + 1);
	shownValues.set([left]);
	shownValues.set(values.subarray(from, from + inner), 1);
	shownValues.set([right], inner + 1);
	return { labels, times: shownTimes, values: shownValues, start: 0, end: inner + 2 };
}

/** The last row at or before the start, or the first one there is. */
function firstRow(times: Float64Array, start: Timestamp): number {
	return Math.max(
		0,
		times.findLastIndex((time) => time <= start)
	);
}

/** The first row at or after the end, if values there are interpolated; or the last one there is. */
function lastRow(times: Float64Array, extension: Extension, end: Timestamp): number {
	const after = extension === 'smoothed' ? times.findIndex((time) => time >= end) : -1;
	return after < 0 ? times.length - 1 : after;
}
