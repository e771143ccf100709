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
}

/** Series that both engines are asked about. */
export interface DataSet {
	/** Milliseconds since the epoch that all times of the data and of the queries count from. */
	readonly base: number;
	readonly series: readonly TestSeries[];
}

export function isHistogram(sample: Sample | undefined): sample is FloatHistogram {
	return typeof sample === 'object';
}

/** The data set as our engine reads it. Columns are shared as the times are. */
export function toStore({ base, series }: DataSet): MemoryStore {
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

/** The series as the Go program reads them (store.go). */
export function toWire({ base, series }: DataSet): object[] {
	return series.map(({ labels, times, samples, startTimes }) => ({
		labels,
		times: times.map((time) => base + time),
		values: samples.map((sample) => (typeof sample === 'number' ? toJsonNumber(sample) : 0)),
		marks: samples.map(markOf),
		histograms: Object.fromEntries(
			samples.flatMap((sample, i) => (isHistogram(sample) ? [[i, histogramToWire(sample)]] : []))
		),
		startTimes: startTimes?.map((time) => absolute(base, time))
	}));
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
