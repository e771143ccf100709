import { Head } from '#engine/tsdb';
import { compareLabels, type Appender, type Labels, type Querier } from '#engine/model';
import {
	isHistogram,
	toMemoryStore,
	type DataSet,
	type Sample,
	type TestSeries
} from './data-set.ts';

/**
 * The data set as our engine reads it. When it goes through a head: what our head can hold, which is floats, and the others beside it.
 */
export function toQuerier(data: DataSet): Querier {
	if (!data.head) return toMemoryStore(data);
	const isSimple = ({ samples, startTimes }: TestSeries) =>
		!startTimes && !samples.some(isHistogram);
	const [simple, others] = [
		data.series.filter(isSimple),
		data.series.filter((one) => !isSimple(one))
	];
	const rest = toMemoryStore({ base: data.base, series: others });
	return together(toHead({ ...data, series: simple }), rest);
}

/** Two stores without a series in common, read as one. */
function together(a: Querier, b: Querier): Querier {
	const select: Querier['select'] = (...query) =>
		[...a.select(...query), ...b.select(...query)].sort((x, y) =>
			compareLabels(x.labels, y.labels)
		);
	return {
		select,
		series: (...query) => [...a.series(...query), ...b.series(...query)].sort(compareLabels)
	};
}

function toHead({ base, series, head }: DataSet): Head {
	const store = new Head({ appendableWindow: Infinity });
	const stamped = series.filter(({ isStamped }) => isStamped);
	for (const one of stamped) appendStamped(store.appender(), one, base);
	const targets = byTimes(series.filter(({ isStamped }) => !isStamped));
	const restart = head?.restart ?? Infinity;
	for (const [times, ofTarget] of targets) {
		const rows = [...times.keys()];
		const isEarly = (row: number) => (times[row] as number) < restart;
		appendRows(store.appender(), ofTarget, rows.filter(isEarly), base);
		appendRows(
			store.appender(),
			ofTarget,
			rows.filter((row) => !isEarly(row)),
			base
		);
	}
	return store;
}

/** The series of each target, which share their times. */
function byTimes(series: readonly TestSeries[]): Map<readonly number[], TestSeries[]> {
	const targets = new Map<readonly number[], TestSeries[]>();
	for (const one of series) {
		const known = targets.get(one.times);
		if (known) known.push(one);
		else targets.set(one.times, [one]);
	}
	return targets;
}

/** Scrapes of a target: a row each, with a sample of every series that has one there. */
function appendRows(
	appender: Appender,
	series: readonly TestSeries[],
	rows: readonly number[],
	base: number
): void {
	const times = series[0]?.times ?? [];
	for (const row of rows) {
		appender.begin(base + (times[row] as number));
		for (const { labels, samples } of series) append(appender, labels, samples[row] as Sample);
		appender.commit();
	}
}

function append(appender: Appender, labels: Labels, sample: Sample, time?: number): void {
	if (sample === 'absent') return;
	const ref = appender.ref(labels);
	if (sample === 'stale') return appender.markStale(ref);
	const outcome = appender.add(ref, sample as number, time);
	if (outcome !== 'appended') throw new Error(`the head refused a sample: ${outcome}`);
}

/** Samples with their own timestamps come with a scrape a moment later. */
function appendStamped(
	appender: Appender,
	{ labels, times, samples }: TestSeries,
	base: number
): void {
	times.forEach((offset, row) => {
		const sample = samples[row] as Sample;
		const time = base + offset;
		const isStale = sample === 'stale';
		appender.begin(isStale ? time : time + 1);
		append(appender, labels, sample, isStale ? undefined : time);
		appender.commit();
	});
}
