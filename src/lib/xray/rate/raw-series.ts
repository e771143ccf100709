import {
	SAMPLE,
	type Duration,
	type Labels,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';

/** The samples of one series as they were stored: floats only, ascending in time, one array as long as the other. */
export interface RawSeries {
	/** With the name of the metric. */
	readonly labels: Labels;
	readonly times: Float64Array;
	readonly values: Float64Array;
}

/** The float samples of a series that a range selector gave. Native histograms are left out, which have no height to draw. */
export function rawSeries({ labels, start, end, ...columns }: SeriesColumns): RawSeries {
	const rows: number[] = [];
	for (let row = start; row < end; row++) {
		const isSample = (columns.marks?.[row] ?? SAMPLE) === SAMPLE;
		if (isSample && !columns.histograms?.[row]) rows.push(row);
	}
	return {
		labels,
		times: Float64Array.from(rows, (row) => columns.times[row] as number),
		values: Float64Array.from(rows, (row) => columns.values[row] as number)
	};
}

/** How many there had truly been, at evenly spaced moments: it knows of no restart and no scrape. NaN where nothing is known. */
export interface TruthCount {
	readonly start: Timestamp;
	readonly step: Duration;
	readonly counts: Float64Array;
}

/** How many there truly were in (from, to]; undefined where that is not known. Between two moments the earlier one counts. */
export function truthBetween(
	truth: TruthCount | undefined,
	from: Timestamp,
	to: Timestamp
): number | undefined {
	if (!truth) return undefined;
	const count = countAt(truth, to) - countAt(truth, from);
	return Number.isNaN(count) ? undefined : count;
}

function countAt({ start, step, counts }: TruthCount, at: Timestamp): number {
	return counts[Math.floor((at - start) / step)] ?? NaN;
}

/** The usual distance between two samples, ms: the median, so that lost scrapes do not count. 15 s where there is none. */
export function usualInterval({ times }: Pick<RawSeries, 'times'>): Duration {
	const distances = times.slice(1).map((time, i) => time - (times[i] as number));
	return distances.sort()[distances.length >> 1] ?? 15_000;
}
