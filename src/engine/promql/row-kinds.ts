import type { FloatHistogram } from '#engine/model';
import type { WindowedSeries } from './range-vector.ts';
import { NO_STEADY_STEPS } from './steady-steps.ts';
import type { WindowPlan } from './window.ts';

/** What the rows of a window hold. */
export type RowKind = 'floats' | 'histograms' | 'mixed';

/** What the rows [lo, hi), at least one, hold. */
export function kindOfRows(
	{ histograms }: { readonly histograms?: readonly (FloatHistogram | undefined)[] },
	lo: number,
	hi: number
): RowKind {
	if (!histograms) return 'floats';
	let count = 0;
	for (let row = lo; row < hi; row++) if (histograms[row]) count++;
	if (count === 0) return 'floats';
	return count === hi - lo ? 'histograms' : 'mixed';
}

/** What each window of a series holds; undefined where it is empty. */
export function kindsOfWindows(series: WindowedSeries): (RowKind | undefined)[] {
	const { lo, hi } = series.plan;
	const floats = floatsBefore(series);
	return Array.from(lo, (begin, i) => {
		const end = hi[i] as number;
		if (end <= begin) return undefined;
		const count = (floats[end - series.start] as number) - (floats[begin - series.start] as number);
		if (count === 0) return 'histograms';
		return count === end - begin ? 'floats' : 'mixed';
	});
}

/** How many of the rows before each row, counted from the first one of the series, are floats. */
function floatsBefore({ histograms, start, end }: WindowedSeries): Int32Array {
	const floats = new Int32Array(end - start + 1);
	for (let row = start; row < end; row++) {
		const before = floats[row - start] as number;
		floats[row - start + 1] = histograms?.[row] ? before : before + 1;
	}
	return floats;
}

/**
 * The series without its histograms, for functions of floats. Its windows hold the floats of the windows there were; those for
 * which `keeps` is false are empty.
 */
export function floatRows(
	series: WindowedSeries,
	keeps: (window: number) => boolean = () => true
): WindowedSeries {
	const { labels, histograms, start, end, dropName } = series;
	const floats = floatsBefore(series);
	const rows: number[] = [];
	for (let row = start; row < end; row++) if (!histograms?.[row]) rows.push(row);
	const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row] as number);
	const times = pick(series.times);
	return {
		labels,
		times,
		values: pick(series.values),
		startTimes: series.startTimes && pick(series.startTimes),
		start: 0,
		end: rows.length,
		plan: floatWindows(series, floats, times, keeps),
		dropName
	};
}

function floatWindows(
	{ plan, start }: WindowedSeries,
	floats: Int32Array,
	times: Float64Array,
	keeps: (window: number) => boolean
): WindowPlan {
	const lo = plan.lo.map((row) => floats[row - start] as number);
	const hi = plan.hi.map((row, i) => (keeps(i) ? (floats[row - start] as number) : 0));
	let filled = 0;
	for (let i = 0; i < lo.length; i++) {
		if ((hi[i] as number) > (lo[i] as number)) filled++;
		else hi[i] = lo[i] as number;
	}
	return { lo, hi, filled, times, steady: NO_STEADY_STEPS };
}
