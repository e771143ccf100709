import type { SeriesColumns, Timestamp } from '#engine/model';
import { extendedIncrease } from './extended-rate.ts';
import { boundaryRows } from './window-bounds.ts';
import type { Extension } from './window-extension.ts';

/**
 * The samples of an extended window as they are shown: the values at its bounds, as if they were samples there, and the samples
 * between them (promql/engine.go, extendFloats). Without a sample after the window's start there are none.
 */
export function extendedSamples(
	columns: SeriesColumns,
	extension: Extension,
	windowStart: Timestamp,
	windowEnd: Timestamp
): SeriesColumns {
	const { labels, times, values, start, end } = columns;
	const samples = { times, values, start, end, windowStart, windowEnd };
	const rows = end > start ? boundaryRows(samples, extension) : undefined;
	if (!rows) return { ...columns, end: start };
	const { left, right } = extendedIncrease(samples, rows, false, extension);
	const from = (times[rows.first] as number) <= windowStart ? rows.first + 1 : rows.first;
	const to = (times[rows.last] as number) >= windowEnd ? rows.last : rows.last + 1;
	const shown = (column: Float64Array, atStart: number, atEnd: number) => {
		const inner = column.subarray(from, Math.max(from, to));
		const all = new Float64Array(inner.length + 2);
		all[0] = atStart;
		all.set(inner, 1);
		all[inner.length + 1] = atEnd;
		return all;
	};
	const shownTimes = shown(times, windowStart, windowEnd);
	return {
		labels,
		times: shownTimes,
		values: shown(values, left, right),
		start: 0,
		end: shownTimes.length
	};
}
