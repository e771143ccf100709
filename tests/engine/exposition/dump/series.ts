import { labels, type SeriesColumns } from '#engine/model';

/** Samples by time in milliseconds. */
export type Samples = Readonly<Record<number, number>>;

/** A series that holds the samples and nothing else. */
export function seriesOf(set: Readonly<Record<string, string>>, samples: Samples): SeriesColumns {
	const rows = Object.entries(samples).map(([time, value]) => [Number(time), value] as const);
	rows.sort(([a], [b]) => a - b);
	return {
		labels: labels(set),
		times: Float64Array.from(rows, ([time]) => time),
		values: Float64Array.from(rows, ([, value]) => value),
		start: 0,
		end: rows.length
	};
}

/** What a series holds: its labels, and its samples as pairs. */
export function contentOf(series: SeriesColumns): [readonly string[], [number, number][]] {
	const { times, values, start, end } = series;
	const samples: [number, number][] = [];
	for (let row = start; row < end; row++) samples.push([times[row]!, values[row]!]);
	return [series.labels, samples];
}
