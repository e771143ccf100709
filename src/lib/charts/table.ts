import type { Timestamp } from '#engine/model';
import { indexRange, valueNear } from './lookup.ts';
import { formatValue, type Unit } from './numbers.ts';
import type { NamedSeries, TimeRange } from './series.ts';
import { formatTime } from './time-axis.ts';

/** A chart as a table: a row for a time, a cell for each series; a gap is an empty cell. */
export interface ChartTable {
	readonly header: readonly string[];
	readonly rows: readonly { readonly time: string; readonly cells: readonly string[] }[];
	/** Every how many-th time is a row; 1 when all are. */
	readonly stride: number;
}

/**
 * The values of the series at the given times within a range, with at most `limit` rows: then only every n-th time,
 * counted from the last, so that the newest is always there.
 */
export function chartTable(
	series: readonly NamedSeries[],
	times: Float64Array,
	range: TimeRange,
	options: { readonly unit: Unit; readonly limit: number }
): ChartTable {
	const shown = times.subarray(...indexRange(times, range));
	const stride = Math.max(1, Math.ceil(shown.length / options.limit));
	const step = (times[1] ?? 0) - (times[0] ?? 0);
	const picked = [...shown].filter((_, i) => (shown.length - 1 - i) % stride === 0);
	return {
		header: series.map((one) => one.label),
		rows: picked.map((at) => ({
			time: formatTime(at),
			cells: series.map((one) => cell(one, at, step / 2, options.unit))
		})),
		stride
	};
}

function cell(series: NamedSeries, at: Timestamp, tolerance: number, unit: Unit): string {
	const value = valueNear(series, at, tolerance);
	return value === undefined ? '' : formatValue(value, unit);
}
