import type { DataSet, Sample, TestSeries } from './data-set.ts';
import { isHistogram } from './data-set.ts';
import type { Difference } from './compare.ts';
import { judge } from './judge.ts';
import type { Prometheus } from './prometheus.ts';
import { smallerTrees } from './query-tree.ts';
import type { TestQuery } from './random-query.ts';

/** A query over a data set to which the engines answer differently. */
export interface Failure {
	readonly data: DataSet;
	readonly query: TestQuery;
	readonly difference: Difference;
}

const CANDIDATES_AT_ONCE = 24;
const MOST_CANDIDATES = 2_500;

/** The same failure with less of everything, as long as the engines go on to differ in the same way. */
export async function shrinkFailure(prometheus: Prometheus, failure: Failure): Promise<Failure> {
	let smallest = failure;
	let left = MOST_CANDIDATES;
	for (;;) {
		const candidates = smallerCases(smallest);
		let smaller: Failure | undefined;
		while (!smaller && left > 0) {
			const some = take(candidates, CANDIDATES_AT_ONCE);
			if (some.length === 0) break;
			left -= some.length;
			smaller = await firstFailing(prometheus, some, failure.difference.kind);
		}
		if (!smaller) return smallest;
		smallest = smaller;
	}
}

type Case = Pick<Failure, 'data' | 'query'>;

function take<T>(from: Iterator<T>, count: number): T[] {
	const taken: T[] = [];
	while (taken.length < count) {
		const { value, done } = from.next();
		if (done) break;
		taken.push(value);
	}
	return taken;
}

async function firstFailing(
	prometheus: Prometheus,
	cases: readonly Case[],
	kind: Difference['kind']
): Promise<Failure | undefined> {
	const verdicts = await Promise.all(
		cases.map(async ({ data, query }) => (await judge(prometheus, data, [query]))[0])
	);
	for (const [i, verdict] of verdicts.entries()) {
		if (verdict?.kind === 'differ' && verdict.difference.kind === kind) {
			return { ...(cases[i] as Case), difference: verdict.difference };
		}
	}
	return undefined;
}

/** Smaller cases, those first that take most away. */
function* smallerCases({ data, query }: Case): Generator<Case> {
	for (const tree of smallerTrees(query.tree)) yield { data, query: { ...query, tree } };
	for (const smaller of smallerBounds(query)) yield { data, query: smaller };
	for (const smaller of smallerData(data)) yield { data: smaller, query };
}

function* smallerBounds(query: TestQuery): Generator<TestQuery> {
	const { start, end, step, features } = query;
	if (step > 0) {
		for (let at = start; at <= end; at += step) yield { ...query, start: at, end: at, step: 0 };
		const half = Math.floor((end - start) / step / 2);
		if (half > 0) {
			yield { ...query, end: start + half * step };
			yield { ...query, start: start + half * step };
		}
		if (end > start) {
			yield { ...query, end: end - step };
			yield { ...query, start: start + step };
		}
	}
	for (const name of ['delayedNameRemoval', 'startTimestamps', 'typeAndUnitLabels'] as const) {
		if (features[name]) yield { ...query, features: { ...features, [name]: false } };
	}
	if (query.lookback !== 300_000) yield { ...query, lookback: 300_000 };
}

function* smallerData(data: DataSet): Generator<DataSet> {
	const { base, series, head } = data;
	if (head) yield { base, series };
	if (head?.restart !== undefined) yield { ...data, head: { ...head, restart: undefined } };
	const half = series.length >> 1;
	if (half > 1) {
		yield { ...data, series: series.slice(0, half) };
		yield { ...data, series: series.slice(half) };
	}
	for (let i = 0; i < series.length; i++) yield { ...data, series: series.toSpliced(i, 1) };
	if (base !== 0) yield { ...data, base: 0 };
	if (series.length > 6) return;
	for (const [i, one] of series.entries()) {
		for (const smaller of smallerSeries(one)) yield { ...data, series: series.with(i, smaller) };
	}
}

function* smallerSeries(series: TestSeries): Generator<TestSeries> {
	const { times, samples, startTimes } = series;
	if (startTimes) yield { ...series, startTimes: undefined };
	if (series.isStamped) yield { ...series, isStamped: false };
	const rows = samples.length;
	for (const size of [rows >> 1, rows >> 2, rows >> 3, 1]) {
		if (size === 0 || size === rows) continue;
		yield slice(series, size, rows);
		yield slice(series, 0, rows - size);
	}
	for (let row = 0; row < rows; row++) {
		const without = (list: readonly Sample[]) => list.toSpliced(row, 1);
		yield {
			...series,
			times: times.toSpliced(row, 1),
			samples: without(samples),
			startTimes: startTimes?.toSpliced(row, 1)
		};
		for (const sample of smallerSamples(samples[row])) {
			yield { ...series, samples: samples.with(row, sample) };
		}
	}
	const round = times.map((time) => Math.round(time / 15_000) * 15_000);
	if (new Set(round).size === rows && round.some((time, i) => time !== times[i])) {
		yield { ...series, times: round };
	}
}

function slice(series: TestSeries, from: number, to: number): TestSeries {
	const { times, samples, startTimes } = series;
	return {
		...series,
		times: times.slice(from, to),
		samples: samples.slice(from, to),
		startTimes: startTimes?.slice(from, to)
	};
}

/** Rounder numbers, and emptier histograms. */
function* smallerSamples(sample: Sample | undefined): Generator<Sample> {
	if (typeof sample === 'number' && Number.isFinite(sample)) {
		const rounder = [
			0,
			1,
			Math.round(sample),
			Number(sample.toPrecision(2)),
			Number(sample.toPrecision(5))
		];
		const size = (value: number) => String(value).length;
		for (const value of rounder) {
			if (size(value) < size(sample) || (value < sample && value >= 0 && value <= 1)) yield value;
		}
	}
	if (!isHistogram(sample)) return;
	const nothing = { indexes: [], counts: [] };
	if (sample.negative.indexes.length > 0) yield { ...sample, negative: nothing };
	if (sample.positive.indexes.length > 0) yield { ...sample, positive: nothing };
	for (const key of ['zeroCount', 'zeroThreshold', 'sum', 'count'] as const) {
		if (sample[key] !== 0) yield { ...sample, [key]: 0 };
	}
	for (const side of ['positive', 'negative'] as const) {
		const { indexes, counts } = sample[side];
		for (let i = 0; i < indexes.length; i++) {
			yield {
				...sample,
				[side]: { indexes: indexes.toSpliced(i, 1), counts: counts.toSpliced(i, 1) }
			};
		}
	}
}
