import {
	ABSENT,
	METRIC_NAME,
	SAMPLE,
	STALE,
	compareLabels,
	labelValue,
	labelsKey,
	matcherTest,
	type Labels,
	type Matcher,
	type Querier,
	type SeriesColumns
} from '#engine/model';

/** A value of a series at one time: a number, nothing, or the marker of its end. */
export type Point = number | 'absent' | 'stale';

/** A store of whole columns in memory, for tests and benchmarks. */
export interface MemoryStore extends Querier {
	/** Adds a series on a column of times, which may be shared with others. Points before `start` rows do not exist. */
	addColumns(columns: SeriesColumns): void;
	/** Adds points to a series, continuing it when it is there already. */
	addPoints(labels: Labels, times: readonly number[], points: readonly Point[]): void;
}

export function createMemoryStore(): MemoryStore {
	const stored = new Map<string, SeriesColumns>();
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
		addPoints(labels, times, points) {
			const key = labelsKey(labels);
			const added = fromPoints(labels, times, points);
			const earlier = stored.get(key);
			stored.set(key, earlier ? append(earlier, added) : added);
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

function fromPoints(
	labels: Labels,
	times: readonly number[],
	points: readonly Point[]
): SeriesColumns {
	const values = Float64Array.from(points, (point) => (typeof point === 'number' ? point : 0));
	const marks = Uint8Array.from(points, markOf);
	const columns = { labels, times: Float64Array.from(times), values, start: 0, end: times.length };
	return marks.some((mark) => mark !== SAMPLE) ? { ...columns, marks } : columns;
}

function markOf(point: Point): number {
	if (point === 'absent') return ABSENT;
	return point === 'stale' ? STALE : SAMPLE;
}

function append(a: SeriesColumns, b: SeriesColumns): SeriesColumns {
	const marks = new Uint8Array(a.end + b.end);
	if (a.marks) marks.set(a.marks);
	if (b.marks) marks.set(b.marks, a.end);
	return {
		labels: a.labels,
		times: concat(a.times, b.times),
		values: concat(a.values, b.values),
		marks,
		start: 0,
		end: a.end + b.end
	};
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
