import { createMemoryStore, metric, type MemoryStore, type Point } from '../memory-querier.ts';

const STEP = 15_000;
const ROWS = 41;

/** Ten minutes of a shop with two instances, scraped every 15 seconds. */
export function shop(): MemoryStore {
	const store = createMemoryStore();
	const times = Array.from({ length: ROWS }, (_, row) => row * STEP);
	const add = (name: string, labels: Record<string, string>, point: (row: number) => Point) =>
		store.addPoints(
			metric(name, { job: 'shop', ...labels }),
			times,
			times.map((_, i) => point(i))
		);
	for (const instance of ['a', 'b']) {
		add('http_requests_total', { instance, status: '200' }, (row) => row * 10);
		add('http_requests_total', { instance, status: '500' }, (row) => row);
		add('queue_length', { instance }, (row) => (row % 5) + (instance === 'a' ? 0 : 10));
	}
	add('http_requests_total', { instance: 'a', status: '404', method: 'POST' }, () => 3);
	add('up', { instance: 'a' }, () => 1);
	add('restarts_total', { instance: 'a' }, (row) => (row < 38 ? 100 + row : row - 38));
	add('gone', { instance: 'a' }, (row) => (row < 20 ? 1 : row === 20 ? 'stale' : 'absent'));
	for (const [le, share] of BUCKETS)
		add('duration_bucket', { instance: 'a', le }, (row) => row * share);
	return store;
}

/** Of twenty requests in each scrape, how many are within the bound. */
const BUCKETS: readonly (readonly [string, number])[] = [
	['0.1', 4],
	['0.5', 16],
	['1', 18],
	['+Inf', 20]
];

/** The last scrape. */
export const END = (ROWS - 1) * STEP;

export const RANGE = { start: 0, end: END, step: STEP };
