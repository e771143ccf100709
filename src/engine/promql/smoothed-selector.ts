import { hasCustomBuckets, type FloatHistogram, type SeriesColumns } from '#engine/model';
import { interpolate } from './extended-rate.ts';
import { kindOfRows } from './row-kinds.ts';
import { interpolateHistogram, timedHistogram, type NotedHistogram } from './smoothed-histogram.ts';
import type { StepBuffer } from './step-buffers.ts';
import type { WindowNote } from './window-notes.ts';
import { windowEnd, type WindowPlan, type WindowShape } from './window.ts';

/**
 * Smoothed instant selectors: at each step the value of the straight line between the samples before and after it; beyond the
 * last sample its value, before the first one nothing (promql/engine.go, smoothSeries). Of a series they see what lies within a
 * lookback of the step on either side, and no staleness marker.
 */

/** Where a smoothed selector writes; it sets `histograms` when some of its results are histograms. */
export interface SmoothedOutput extends StepBuffer {
	histograms?: (FloatHistogram | undefined)[];
}

/**
 * Smooths a series whose rows are all samples. `shape` tells the moments asked for, `plan` the rows around them. Returns how many
 * steps have a value.
 */
export function smoothSeries(
	columns: SeriesColumns,
	plan: WindowPlan,
	shape: WindowShape,
	out: SmoothedOutput,
	say: (notes: readonly WindowNote[]) => void
): number {
	let found = 0;
	for (let i = 0; i < out.present.length; i++) {
		const lo = plan.lo[i] as number;
		const hi = plan.hi[i] as number;
		const time = windowEnd(shape, i);
		out.present[i] = 0;
		if (hi <= lo) continue;
		const kind = kindOfRows(columns, lo, hi);
		if (kind === 'mixed') {
			say(['mixed samples']);
			continue;
		}
		const row = rowFrom(columns.times, lo, hi, time);
		const isExact = row < hi && columns.times[row] === time;
		if (row === lo && !isExact) continue;
		if (kind === 'floats') {
			out.values[i] = smoothedValue(columns, row, hi, time, isExact);
		} else {
			const { histogram, notes } = smoothedHistogram(columns, row, hi, time, isExact);
			say(notes);
			if (!histogram) continue;
			out.histograms ??= new Array<FloatHistogram | undefined>(out.present.length).fill(undefined);
			out.histograms[i] = histogram;
		}
		out.present[i] = 1;
		found++;
	}
	return found;
}

/** The first row at or after a time; `hi` if there is none. */
function rowFrom(times: Float64Array, lo: number, hi: number, time: number): number {
	let row = lo;
	while (row < hi && (times[row] as number) < time) row++;
	return row;
}

function smoothedValue(
	columns: SeriesColumns,
	row: number,
	hi: number,
	time: number,
	isExact: boolean
): number {
	if (isExact) return columns.values[row] as number;
	if (row === hi) return columns.values[row - 1] as number;
	return interpolate(columns, row - 1, time, false);
}

/** Of histograms it is known whether they are counters: they are, unless both say that they are gauges. */
function smoothedHistogram(
	columns: SeriesColumns,
	row: number,
	hi: number,
	time: number,
	isExact: boolean
): NotedHistogram {
	if (isExact) return { histogram: timedHistogram(columns, row).histogram, notes: [] };
	const before = timedHistogram(columns, row - 1);
	if (row === hi) {
		return { histogram: { ...before.histogram, counterReset: 'unknown' }, notes: [] };
	}
	const after = timedHistogram(columns, row);
	if (hasCustomBuckets(before.histogram) !== hasCustomBuckets(after.histogram)) {
		return { histogram: undefined, notes: ['mixed schemas'] };
	}
	const isCounter =
		before.histogram.counterReset !== 'gauge' || after.histogram.counterReset !== 'gauge';
	return interpolateHistogram(before, after, time, isCounter);
}
