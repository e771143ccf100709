import {
	ABSENT,
	SAMPLE,
	STALE,
	type FloatHistogram,
	type Labels,
	type SeriesColumns
} from '#engine/model';
import { createMemoryStore, type MemoryStore } from '../engine/promql/memory-querier.ts';
import { toJsonNumber } from './json-number.ts';

/** What a series has at one time: a float, a native histogram, nothing, or a staleness marker. */
export type Sample = number | FloatHistogram | 'absent' | 'stale';

export interface TestSeries {
	readonly labels: Labels;
	/** Times in milliseconds since the data set's base; series of one target share the array. */
	readonly times: readonly number[];
	readonly samples: readonly Sample[];
	/** As long as `times` and since the base as well; undefined where not known. */
	readonly startTimes?: readonly (number | undefined)[];
	/** Whether its samples carry their own timestamps; in a head it then has a column of its own. */
	readonly isStamped?: boolean;
}

/** Series that both engines are asked about. */
export interface DataSet {
	/** Milliseconds since the epoch that all times of the data and of the queries count from. */
	readonly base: number;
	readonly series: readonly TestSeries[];
	/** Filled when the samples go through the heads of both engines; else both read them as they are here. */
	readonly head?: HeadOptions;
}

/** How heads are filled. */
export interface HeadOptions {
	/** Whether Prometheus stores with whole numbers, as scraped ones are, the histograms of series that have no other. */
	readonly integers: boolean;
	/** When each target got a new appender, in milliseconds since the base. */
	readonly restart?: number;
}

export function isHistogram(sample: Sample | undefined): sample is FloatHistogram {
	return typeof sample === 'object';
}

function isWhole(sample: Sample): boolean {
	if (!isHistogram(sample)) return true;
	const { zeroCount, count, positive, negative } = sample;
	return [zeroCount, count, ...positive.counts, ...negative.counts].every(Number.isSafeInteger);
}

/** The series in a store that takes them as they are. Columns are shared as the times are. */
export function toMemoryStore({ base, series }: Pick<DataSet, 'base' | 'series'>): MemoryStore {
	const store = createMemoryStore();
	const columns = new Map<readonly number[], Float64Array>();
	for (const one of series) {
		let times = columns.get(one.times);
		if (!times) {
			times = Float64Array.from(one.times, (time) => base + time);
			columns.set(one.times, times);
		}
		store.addColumns(toColumns(one, base, times));
	}
	return store;
}

/** Rows before the first and after the last sample are left out, so that series of a target are born and end apart. */
function toColumns(series: TestSeries, base: number, times: Float64Array): SeriesColumns {
	const { labels, samples, startTimes } = series;
	const marks = Uint8Array.from(samples, markOf);
	const start = Math.max(
		0,
		marks.findIndex((mark) => mark !== ABSENT)
	);
	const end = 1 + marks.findLastIndex((mark) => mark !== ABSENT);
	return {
		labels,
		times,
		values: Float64Array.from(samples, (sample) => (typeof sample === 'number' ? sample : 0)),
		marks: marks.subarray(start, end).some((mark) => mark !== SAMPLE) ? marks : undefined,
		histograms: samples.some(isHistogram)
			? samples.map((sample) => (isHistogram(sample) ? sample : undefined))
			: undefined,
		startTimes: startTimes && Float64Array.from(startTimes, (time) => absolute(base, time)),
		start,
		end
	};
}

function markOf(sample: Sample): number {
	if (sample === 'absent') return ABSENT;
	return sample === 'stale' ? STALE : SAMPLE;
}

function absolute(base: number, time: number | undefined): number {
	return time === undefined ? 0 : base + time;
}

/** The data as the Go program reads them (store.go). */
export function toWire({ base, series, head }: DataSet): object {
	return {
		head: head !== undefined,
		series: series.map(({ labels, times, samples, startTimes }) => ({
			labels,
			times: times.map((time) => base + time),
			values: samples.map((sample) => (typeof sample === 'number' ? toJsonNumber(sample) : 0)),
			marks: samples.map(markOf),
			histograms: Object.fromEntries(
				samples.flatMap((sample, i) => (isHistogram(sample) ? [[i, histogramToWire(sample)]] : []))
			),
			startTimes: startTimes?.map((time) => absolute(base, time)),
			integers: head?.integers && samples.every(isWhole)
		}))
	};
}

function histogramToWire(histogram: FloatHistogram): object {
	const { zeroThreshold, zeroCount, count, sum, positive, negative, customValues } = histogram;
	const buckets = ({ indexes, counts }: FloatHistogram['positive']) => ({
		indexes,
		counts: counts.map(toJsonNumber)
	});
	return {
		...histogram,
		zeroThreshold: toJsonNumber(zeroThreshold),
		zeroCount: toJsonNumber(zeroCount),
		count: toJsonNumber(count),
		sum: toJsonNumber(sum),
		positive: buckets(positive),
		negative: buckets(negative),
		customValues: customValues.map(toJsonNumber)
	};
}
