import {
	labelsKey,
	SAMPLE,
	STALE,
	type Labels,
	type Querier,
	type SeriesColumns
} from '#engine/model';
import { numberText } from '../compare.ts';

/** All of time. */
const EVER = 2 ** 53;

export function everySeries(querier: Querier): readonly SeriesColumns[] {
	return querier.select([], -EVER, EVER);
}

/** When a series was marked as stale. */
export interface Markers {
	readonly labels: Labels;
	readonly times: readonly number[];
}

/** The staleness markers, which a dump does not have. */
export function markersOf(all: readonly SeriesColumns[]): Markers[] {
	return all.flatMap((series) => {
		const times = rowsOf(series, STALE).map((row) => series.times[row] as number);
		return times.length > 0 ? [{ labels: series.labels, times }] : [];
	});
}

/**
 * The samples as texts, a series in a line: its labels, and each sample's time and value to the last bit. Staleness markers are left out, and
 * series that have nothing else. Throws on native histograms, which a dump does not have either.
 */
export function sampleLines(all: readonly SeriesColumns[]): string[] {
	return all.flatMap((series) => {
		const { labels, times, values, histograms } = series;
		const rows = rowsOf(series, SAMPLE);
		if (rows.some((row) => histograms?.[row])) {
			throw new Error(`a dump has no native histograms: ${labelsKey(labels)}`);
		}
		const samples = rows.map((row) => `${times[row]}:${numberText(values[row] as number)}`);
		return samples.length > 0 ? [`${JSON.stringify(labels)} ${samples.join(' ')}`] : [];
	});
}

export function countSamples(all: readonly SeriesColumns[]): number {
	return all.reduce((sum, series) => sum + rowsOf(series, SAMPLE).length, 0);
}

function rowsOf({ marks, start, end }: SeriesColumns, mark: number): number[] {
	const rows: number[] = [];
	for (let row = start; row < end; row++) if ((marks?.[row] ?? SAMPLE) === mark) rows.push(row);
	return rows;
}
