import {
	ABSENT,
	formatHistogram,
	formatLabels,
	labels,
	SAMPLE,
	STALE,
	type Appender,
	type FloatHistogram,
	type Matcher,
	type SeriesColumns
} from '#engine/model';
import type { Head } from '#engine/tsdb';

/** Two native histograms that differ in one count. */
export const HISTOGRAMS = { h1: histogramOf([1, 2]), h2: histogramOf([1, 3]) };

/** A native histogram with as many observations in its first buckets as the list says. */
export function histogramOf(counts: readonly number[]): FloatHistogram {
	const count = counts.reduce((sum, one) => sum + one, 0);
	return {
		schema: 0,
		zeroThreshold: 2 ** -128,
		zeroCount: 0,
		count,
		sum: count * 1.5,
		positive: { indexes: counts.map((_, i) => i), counts },
		negative: { indexes: [], counts: [] },
		customValues: [],
		counterReset: 'unknown'
	};
}

/** Without blanks: `{count:3,sum:4.5,(0.5,1]:1,(1,2]:2}`. */
export function histogramText(histogram: FloatHistogram): string {
	return formatHistogram(histogram).replaceAll(' ', '');
}

/** The samples of a series as text: `1@15 stale@30`. */
export function samplesText(series: SeriesColumns): string {
	const { times, values, marks, histograms, start, end } = series;
	const words: string[] = [];
	for (let row = start; row < end; row++) {
		const mark = marks?.[row] ?? SAMPLE;
		if (mark === ABSENT) continue;
		const histogram = histograms?.[row];
		const sample = histogram ? histogramText(histogram) : String(values[row]);
		words.push(`${mark === STALE ? 'stale' : sample}@${times[row]}`);
	}
	return words.join(' ');
}

/** What the head holds in a range of time: `up{job="a"} 1@15`, a line for each series. */
export function dump(
	head: Head,
	from = -Infinity,
	to = Infinity,
	matchers: Matcher[] = []
): string[] {
	return head
		.select(matchers, from, to)
		.map((series) => `${formatLabels(series.labels)} ${samplesText(series)}`);
}

/** Writes one row of samples: metric name to value, `stale` for a staleness marker. Returns the outcomes. */
export function scrape(
	appender: Appender,
	time: number,
	row: Readonly<Record<string, number | 'stale'>>
): string[] {
	appender.begin(time);
	const outcomes = addAll(appender, row);
	appender.commit();
	return outcomes;
}

export function addAll(
	appender: Appender,
	row: Readonly<Record<string, number | 'stale'>>
): string[] {
	return Object.entries(row).map(([name, value]) => {
		const ref = appender.ref(labels({ __name__: name }));
		if (value !== 'stale') return appender.add(ref, value);
		appender.markStale(ref);
		return 'stale';
	});
}
