import {
	ABSENT,
	METRIC_NAME,
	SAMPLE,
	STALE,
	compareLabels,
	formatLabels,
	labelValue,
	labelsKey,
	matcherTest,
	type FloatHistogram,
	type Labels,
	type Matcher,
	type Querier,
	type SeriesColumns
} from '#engine/model';
import { storedHistograms } from './stored-histograms.ts';

/** A value of a series at one time: a number, a native histogram, nothing, or the marker of its end. */
export type Point = number | FloatHistogram | 'absent' | 'stale';

/** A store of whole columns in memory, for tests and benchmarks. */
export interface MemoryStore extends Querier {
	/** Adds a series on a column of times, which may be shared with others. Points before `start` rows do not exist. */
	addColumns(columns: SeriesColumns): void;
	/**
	 * Adds points to a series, continuing it when it is there already; `startTimes` as in SeriesColumns. A column of times that is
	 * given as such is shared. Histograms get the reset hints that Prometheus' store gives them. Throws when a point is
	 * not later than the one before.
	 */
	addPoints(
		labels: Labels,
		times: readonly number[] | Float64Array,
		points: readonly Point[],
		startTimes?: readonly number[]
	): void;
}

/** The rows of a series as they were added. */
interface Rows {
	readonly labels: Labels;
	readonly times: Float64Array;
	readonly points: readonly Point[];
	readonly startTimes?: readonly number[];
}

export function createMemoryStore(): MemoryStore {
	const stored = new Map<string, SeriesColumns>();
	const added = new Map<string, Rows>();
	function matching(matchers: readonly Matcher[], from: number, to: number): SeriesColumns[] {
		const tests = matchers.map((matcher) => ({ name: matcher.name, test: matcherTest(matcher) }));
		return [...stored.values()]
			.filter(({ labels }) => tests.every(({ name, test }) => test(labelValue(labels, name))))
			.map((columns) => cut(columns, from, to))
			.filter(({ start, end }) => end > start)
			.sort((a, b) => compareLabels(a.labels, b.labels));
	}
	return {
		addColumns: (columns) => void stored.set(labelsKey(columns.labels), columns),
		addPoints(labels, times, points, startTimes) {
			const key = labelsKey(labels);
			const earlier = added.get(key);
			const column = times instanceof Float64Array ? times : Float64Array.from(times);
			const later = { labels, times: column, points, startTimes };
			const rows = earlier ? append(earlier, later) : later;
			added.set(key, rows);
			stored.set(key, toColumns(rows));
		},
		select: matching,
		series: (matchers, from, to) => matching(matchers, from, to).map(({ labels }) => labels)
	};
}

/** The metric and labels of a series, as tests write them down. */
export function metric(name: string, labels: Readonly<Record<string, string>> = {}): Labels {
	const all: Record<string, string> = { ...labels, [METRIC_NAME]: name };
	return Object.keys(all)
		.sort()
		.flatMap((label) => [label, all[label] as string]);
}

function toColumns({ labels, times, points, startTimes }: Rows): SeriesColumns {
	const values = Float64Array.from(points, (point) => (typeof point === 'number' ? point : 0));
	const marks = Uint8Array.from(points, markOf);
	return {
		labels,
		times,
		values,
		start: 0,
		end: points.length,
		...(marks.some((mark) => mark !== SAMPLE) && { marks }),
		...(points.some((point) => typeof point === 'object') && {
			histograms: storedHistograms(points)
		}),
		...(startTimes && { startTimes: Float64Array.from(startTimes) })
	};
}

function markOf(point: Point): number {
	if (point === 'absent') return ABSENT;
	return point === 'stale' ? STALE : SAMPLE;
}

function append(a: Rows, b: Rows): Rows {
	const lastRow = a.points.findLastIndex((point) => point !== 'absent');
	const firstRow = b.points.findIndex((point) => point !== 'absent');
	if (lastRow >= 0 && firstRow >= 0) {
		const isLater = (b.times[firstRow] as number) > (a.times[lastRow] as number);
		if (!isLater) throw new Error(`out of order: ${formatLabels(a.labels)}`);
	}
	return join(withoutGaps(a), withoutGaps(b));
}

/** Rows without a sample are in the way of what is added later at times before them. */
function withoutGaps({ labels, times, points, startTimes }: Rows): Rows {
	const kept = [...points.keys()].filter((row) => points[row] !== 'absent');
	return {
		labels,
		times: Float64Array.from(kept, (row) => times[row] as number),
		points: kept.map((row) => points[row] as Point),
		startTimes: startTimes && kept.map((row) => startTimes[row] as number)
	};
}

function join(a: Rows, b: Rows): Rows {
	const hasStarts = a.startTimes !== undefined || b.startTimes !== undefined;
	return {
		labels: a.labels,
		times: concat(a.times, b.times),
		points: [...a.points, ...b.points],
		...(hasStarts && { startTimes: [...startsOf(a), ...startsOf(b)] })
	};
}

function startsOf({ points, startTimes }: Rows): readonly number[] {
	return startTimes ?? points.map(() => 0);
}

function concat(a: Float64Array, b: Float64Array): Float64Array {
	const both = new Float64Array(a.length + b.length);
	both.set(a);
	both.set(b, a.length);
	return both;
}

/** The rows of a series with from <= time <= to. */
function cut(columns: SeriesColumns, from: number, to: number): SeriesColumns {
	const start = firstRow(columns, (time) => time >= from);
	const end = firstRow(columns, (time) => time > to);
	return { ...columns, start, end };
}

function firstRow({ times, start, end }: SeriesColumns, isFrom: (time: number) => boolean): number {
	let low = start;
	let high = end;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (isFrom(times[middle] as number)) high = middle;
		else low = middle + 1;
	}
	return low;
}
