import {
	labelValue,
	METRIC_NAME,
	type Appender,
	type Matcher,
	type SeriesRef,
	type Timestamp
} from '#engine/model';
import { Head } from '#engine/tsdb';
import { makeDataSet, type Target } from './prometheus/data.ts';

/**
 * Bytes a sample of Prometheus' chunks, without its index, for the same sorts of series; measured with promtool 2.42 on blocks of two
 * hours (its gauges: integers, two decimals and full doubles, a third of each, and constants).
 */
const PROMETHEUS: Readonly<Record<string, number>> = { x_total: 1.8, hs_bucket: 2.04, g: 3.94 };

/** How often the rows of a data set are appended one after the other, so that nearly all of them are sealed. */
const ROUNDS = 4;

/** Prints what sealed samples take and what opening them costs, by metric, and what appending costs with all the sealing. */
export function benchSealed(print: (line: string) => void = console.log): void {
	const targets = makeDataSet('main');
	for (const metric of ['x_total', 'hs_bucket', 'g', 'y']) printMetric(targets, metric, print);
	const head = loaded(targets).head;
	const { size, samples } = head.stats(0);
	const perSample = (size.total / samples).toFixed(2);
	print(`sealed, all of 6 h   ${perSample} B/sample, open rows, index and objects counted`);
}

function printMetric(
	targets: readonly Target[],
	metric: string,
	print: (line: string) => void
): void {
	const chosen = targets
		.map(({ times, series }) => ({
			times,
			series: series.filter(({ labels }) => labelValue(labels, METRIC_NAME) === metric)
		}))
		.filter(({ series }) => series.length > 0);
	const data = repeated(chosen, ROUNDS);
	const samples = data.reduce((sum, { times, series }) => sum + times.length * series.length, 0);
	const { head, ns } = loaded(data);
	const sealed = samples - openSamples(data);
	const bytes = head.size().sealed / sealed;
	const rows = data[0]?.times.length ?? 0;
	const opening = openingCost(head, metric, rows);
	const theirs = PROMETHEUS[metric];
	print(
		[
			`sealed ${metric.padEnd(13)}`,
			`${bytes.toFixed(3)} B/sample${theirs ? ` (Prometheus ${theirs})` : ''},`,
			`opened at ${(1000 / opening).toFixed(0)} M/s,`,
			`appended and sealed at ${(1000 / ns).toFixed(1)} M/s`
		].join(' ')
	);
}

/** The targets with their rows so many times over, counters going on from where they were. */
function repeated(targets: readonly Target[], rounds: number): Target[] {
	return targets.map(({ times, series }) => {
		const rows = times.length;
		const interval = (times[1] as number) - (times[0] as number);
		return {
			times: Float64Array.from({ length: rows * rounds }, (_, row) => {
				return (times[0] as number) + row * interval;
			}),
			series: series.map(({ labels, values }) => ({
				labels,
				values: Float64Array.from(
					{ length: rows * rounds },
					(_, row) => values[row % rows] as number
				)
			}))
		};
	});
}

/**
 * A head that keeps nothing open, with all rows of the targets, and how many nanoseconds it took to append and seal a sample: the
 * median of the targets, so that what else the machine does matters little.
 */
function loaded(targets: readonly Target[]): { readonly head: Head; readonly ns: number } {
	const head = new Head({ openedBytes: 0, appendableWindow: Infinity });
	const costs = targets.map(({ times, series }) => {
		const appender = head.appender();
		const refs = series.map(({ labels }) => appender.ref(labels));
		// As a scrape brings them: one row after the other.
		const rows = Float64Array.from({ length: times.length * refs.length }, (_, i) => {
			return series[i % refs.length]?.values[Math.floor(i / refs.length)] as number;
		});
		const started = performance.now();
		times.forEach((time, row) => appendRow(appender, time, refs, rows, row * refs.length));
		return ((performance.now() - started) * 1e6) / rows.length;
	});
	return { head, ns: median(costs) };
}

function appendRow(
	appender: Appender,
	time: Timestamp,
	refs: readonly SeriesRef[],
	rows: Float64Array,
	from: number
): void {
	appender.begin(time);
	for (let i = 0; i < refs.length; i++) {
		appender.add(refs[i] as SeriesRef, rows[from + i] as number);
	}
	appender.commit();
}

/** How many samples a head that was loaded with the targets has not sealed. */
function openSamples(targets: readonly Target[]): number {
	const open = (rows: number) => 512 + (rows % 128);
	return targets.reduce((sum, { times, series }) => sum + open(times.length) * series.length, 0);
}

/** How many nanoseconds it takes to open a sample: the median of all series of the metric, each opened anew. */
function openingCost(head: Head, metric: string, samplesOfSeries: number): number {
	const name: Matcher = { name: METRIC_NAME, type: '=', value: metric };
	const costs = instances(head, name).map((instance) => {
		const matchers: Matcher[] = [name, { name: 'instance', type: '=', value: instance }];
		const started = performance.now();
		const found = head.select(matchers, -Infinity, Infinity);
		return ((performance.now() - started) * 1e6) / (found.length * samplesOfSeries);
	});
	return median(costs);
}

function instances(head: Head, name: Matcher): string[] {
	const sets = head.series([name], -Infinity, Infinity);
	return [...new Set(sets.map((labels) => labelValue(labels, 'instance')))];
}

function median(figures: readonly number[]): number {
	return [...figures].sort((a, b) => a - b)[figures.length >> 1] as number;
}
