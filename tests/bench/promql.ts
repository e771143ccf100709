import { performance } from 'node:perf_hooks';
import { SECOND } from '#engine/model';
import { query, queryRange } from '#engine/promql';
import { createMemoryStore, metric, type MemoryStore } from '../engine/promql/memory-querier.ts';

const SAMPLES = 1440;
const INTERVAL = 15 * SECOND;
const ROUNDS = 15;

interface Scenario {
	readonly query: string;
	readonly what: string;
}

const RANGE_QUERIES: readonly Scenario[] = [
	{ what: 'selector, 1,000 series', query: 'x_total' },
	{ what: 'rate, 1,000 series', query: 'rate(x_total[5m])' },
	{ what: 'rate over an hour', query: 'rate(x_total[1h])' },
	{ what: 'sum by job of rates', query: 'sum by (job) (rate(x_total[5m]))' },
	{ what: 'sum of rates over an hour', query: 'sum(rate(x_total[1h]))' },
	{
		what: 'histogram_quantile, 1,200 series',
		query: 'histogram_quantile(0.95, sum by (le) (rate(h_bucket[5m])))'
	},
	{
		what: 'histogram_quantile of 100 histograms',
		query: 'histogram_quantile(0.95, rate(h_bucket[5m]))'
	},
	{ what: 'max_over_time, 1 h', query: 'max_over_time(g[1h])' },
	{ what: 'avg_over_time, 5 m', query: 'avg_over_time(g[5m])' },
	{ what: 'quantile_over_time, 5 m', query: 'quantile_over_time(0.95, g[5m])' },
	{ what: 'topk of rates', query: 'topk(5, rate(x_total[5m]))' },
	{ what: 'join, many to one', query: 'x_total / on (instance) group_left () y' },
	{ what: 'subquery', query: 'max_over_time(rate(x_total[5m])[30m:1m])' },
	{ what: 'rate of 1,000 series with gaps', query: 'rate(gaps_total[5m])' }
];

const INSTANT_QUERIES: readonly Scenario[] = [
	{ what: 'instant rate, 1,000 series', query: 'rate(x_total[5m])' },
	{ what: 'instant sum by job', query: 'sum by (job) (rate(x_total[5m]))' }
];

/** Prints how long queries over 1,000 series x 1,440 samples take at 1,440 steps, from text to typed arrays. */
export function benchPromql(print: (line: string) => void = console.log): void {
	const store = fillStore();
	const range = { start: 0, end: (SAMPLES - 1) * INTERVAL, step: INTERVAL };
	print(`promql: ${SAMPLES} samples a series, ${SAMPLES} steps; milliseconds`);
	for (const scenario of RANGE_QUERIES) {
		report(print, scenario, () => queryRange(store, scenario.query, range));
	}
	for (const scenario of INSTANT_QUERIES) {
		report(print, scenario, () => query(store, scenario.query, range.end));
	}
}

function report(
	print: (line: string) => void,
	{ what, query: text }: Scenario,
	run: () => { ok: boolean }
): void {
	const times = Array.from({ length: ROUNDS }, () => {
		const begin = performance.now();
		if (!run().ok) throw new Error(`query failed: ${text}`);
		return performance.now() - begin;
	}).sort((a, b) => a - b);
	const median = times[Math.floor(ROUNDS / 2)] as number;
	const best = times[0] as number;
	print(
		`  ${what.padEnd(40)} median ${median.toFixed(2).padStart(7)}   best ${best.toFixed(2).padStart(7)}`
	);
}

/** 10 jobs of 10 targets of 10 series each; the series of a target share their column of times, as scrapes make them. */
function fillStore(): MemoryStore {
	const store = createMemoryStore();
	const random = createRandom(1);
	for (let target = 0; target < 100; target++) {
		const labels = { job: `job-${target % 10}`, instance: `10.0.0.${target}:8080` };
		const shift = Math.floor(random() * INTERVAL);
		const times = Float64Array.from({ length: SAMPLES }, (_, i) => i * INTERVAL + shift);
		const add = (name: string, extra: Record<string, string>, values: Float64Array) =>
			store.addColumns({
				labels: metric(name, { ...labels, ...extra }),
				times,
				values,
				start: 0,
				end: SAMPLES
			});
		for (let path = 0; path < 10; path++) {
			add('x_total', { path: `/${path}` }, counter(random));
			add('g', { path: `/${path}` }, gauge(random));
			const gaps = metric('gaps_total', { ...labels, path: `/${path}` });
			store.addColumns({
				labels: gaps,
				times,
				values: counter(random),
				marks: Uint8Array.from({ length: SAMPLES }, (_, i) => (i % 100 === 99 ? 1 : 0)),
				start: 0,
				end: SAMPLES
			});
		}
		add('y', {}, gauge(random));
		addHistogram(random, (le, values) => add('h_bucket', { le }, values));
	}
	return store;
}

const BOUNDS = [
	'0.005',
	'0.01',
	'0.025',
	'0.05',
	'0.1',
	'0.25',
	'0.5',
	'1',
	'2.5',
	'5',
	'10',
	'+Inf'
];

function addHistogram(random: () => number, add: (le: string, values: Float64Array) => void): void {
	const columns = BOUNDS.map(() => new Float64Array(SAMPLES));
	const counts = BOUNDS.map(() => 0);
	for (let row = 0; row < SAMPLES; row++) {
		let observed = 0;
		BOUNDS.forEach((_, b) => {
			observed += Math.floor(random() * 10);
			counts[b] = (counts[b] as number) + observed;
			(columns[b] as Float64Array)[row] = counts[b] as number;
		});
	}
	BOUNDS.forEach((le, b) => add(le, columns[b] as Float64Array));
}

/** Rises by up to 20 a scrape, and starts again about once in ten hours. */
function counter(random: () => number): Float64Array {
	let value = 0;
	return Float64Array.from({ length: SAMPLES }, () => {
		value = random() < 1 / 2400 ? 0 : value + Math.floor(random() * 20);
		return value;
	});
}

function gauge(random: () => number): Float64Array {
	return Float64Array.from({ length: SAMPLES }, () => 1 + random() * 100);
}

/** A small seeded generator (mulberry32). */
function createRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
