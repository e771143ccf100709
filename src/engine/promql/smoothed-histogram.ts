import {
	addHistograms,
	detectReset,
	multiplyHistogram,
	subtractHistograms,
	type FloatHistogram,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';
import type { WindowNote } from './window-notes.ts';

/** A histogram, and what there is to say about how it came about. Without a histogram, that is why there is none. */
export interface NotedHistogram {
	readonly histogram: FloatHistogram | undefined;
	readonly notes: readonly WindowNote[];
}

/** One histogram of a series, and its time. */
export interface TimedHistogram {
	readonly time: Timestamp;
	readonly histogram: FloatHistogram;
}

/**
 * The histogram between two others, every number on a straight line. A counter that was reset in between rises from zero
 * (promql/functions.go, interpolateHistograms).
 */
export function interpolateHistogram(
	before: TimedHistogram,
	after: TimedHistogram,
	time: Timestamp,
	isCounter: boolean
): NotedHistogram {
	if (time === before.time) return { histogram: before.histogram, notes: [] };
	if (time === after.time) return { histogram: after.histogram, notes: [] };
	const fraction = (time - before.time) / (after.time - before.time);
	if (isCounter && detectReset(after.histogram, before.histogram)) {
		return { histogram: multiplyHistogram(after.histogram, fraction), notes: [] };
	}
	const difference = subtractHistograms(after.histogram, before.histogram);
	if (difference === 'incompatible schemas')
		return { histogram: undefined, notes: ['mixed schemas'] };
	const part = multiplyHistogram(difference.histogram, fraction);
	const sum = addHistograms(part, before.histogram);
	if (sum === 'incompatible schemas') throw new Error('a part has the schema of its whole');
	const notes: WindowNote[] = [];
	if (difference.boundsReconciled) notes.push('bounds reconciled in subtraction');
	if (sum.boundsReconciled) notes.push('bounds reconciled in addition');
	return { histogram: sum.histogram, notes };
}

/** The histogram in a row, which must hold one. */
export function timedHistogram(
	{ times, histograms }: Pick<SeriesColumns, 'times' | 'histograms'>,
	row: number
): TimedHistogram {
	const histogram = histograms?.[row];
	if (!histogram) throw new Error(`no histogram in row ${row}`);
	return { time: times[row] as number, histogram };
}
