import {
	ABSENT,
	formatLabels,
	labels,
	SAMPLE,
	STALE,
	type Appender,
	type Matcher,
	type SeriesColumns
} from '#engine/model';
import type { Head } from '#engine/tsdb';

/** The samples of a series as text: `1@15 stale@30`. */
export function samplesText({ times, values, marks, start, end }: SeriesColumns): string {
	const words: string[] = [];
	for (let row = start; row < end; row++) {
		const mark = marks?.[row] ?? SAMPLE;
		if (mark !== ABSENT) words.push(`${mark === STALE ? 'stale' : values[row]}@${times[row]}`);
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
