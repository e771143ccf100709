import { createRequire } from 'node:module';
import { createPromClient } from '#engine/registry';

type Client = Pick<ReturnType<typeof createPromClient>, 'Counter' | 'Histogram' | 'register'>;

const require = createRequire(import.meta.url);
const ROUNDS = 15;
const TURNS = 200_000;
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const METHODS = ['GET', 'POST', 'PUT', 'HEAD'];
const STATUSES = ['200', '201', '404', '500'];

/** Prints what the operations of the registry cost, beside npm prom-client in the same run. */
export async function benchRegistry(print: (line: string) => void = console.log): Promise<void> {
	print('registry: medians                 here    prom-client');
	const here = createPromClient({ now: () => 0 });
	const peer = require('prom-client') as Client;
	for (const [what, prepare] of OPERATIONS) {
		const [ours, theirs] = [nanoseconds(prepare(here)), nanoseconds(prepare(peer))];
		print(
			`${what.padEnd(28)} ${ours.toFixed(2).padStart(7)} ns ${theirs.toFixed(1).padStart(9)} ns`
		);
	}
	for (const [what, prepare] of PAGES) {
		const [ours, theirs] = [await milliseconds(here, prepare), await milliseconds(peer, prepare)];
		print(
			`${what.padEnd(28)} ${ours.toFixed(2).padStart(7)} ms ${theirs.toFixed(1).padStart(9)} ms`
		);
	}
}

const name = (client: Client) => `x_${client.register.getMetricsAsArray().length}`;
const labelNames = ['method', 'status'];
const help = 'A metric.';

/** Each makes its metrics and returns what is timed, `TURNS` operations in one call. */
const OPERATIONS: readonly (readonly [string, (client: Client) => () => void])[] = [
	[
		'inc(), 64 counters',
		(client) => {
			const counters = Array.from(
				{ length: 64 },
				() => new client.Counter({ name: name(client), help })
			);
			return () => {
				for (let i = 0; i < TURNS; i++) counters[i & 63]!.inc();
			};
		}
	],
	[
		'kept child .inc(), 16 of them',
		(client) => {
			const counter = new client.Counter({ name: name(client), help, labelNames });
			const children = pairs().map(([method, status]) => counter.labels(method, status));
			return () => {
				for (let i = 0; i < TURNS; i++) children[i & 15]!.inc();
			};
		}
	],
	[
		'labels(a, b).inc()',
		(client) => {
			const counter = new client.Counter({ name: name(client), help, labelNames });
			const all = pairs();
			return () => {
				for (let i = 0; i < TURNS; i++) {
					const [method, status] = all[i & 15]!;
					counter.labels(method, status).inc();
				}
			};
		}
	],
	[
		'inc({ a, b })',
		(client) => {
			const counter = new client.Counter({ name: name(client), help, labelNames });
			const all = pairs();
			return () => {
				for (let i = 0; i < TURNS; i++) {
					const [method, status] = all[i & 15]!;
					counter.inc({ method, status });
				}
			};
		}
	],
	[
		'observe(), 10 buckets',
		(client) => {
			const histogram = new client.Histogram({ name: name(client), help, buckets: BUCKETS });
			const values = latencies();
			return () => {
				for (let i = 0; i < TURNS; i++) histogram.observe(values[i & 1023]!);
			};
		}
	],
	[
		'labels(a, b).observe()',
		(client) => {
			const config = { name: name(client), help, labelNames, buckets: BUCKETS };
			const histogram = new client.Histogram(config);
			const [all, values] = [pairs(), latencies()];
			return () => {
				for (let i = 0; i < TURNS; i++) {
					const [method, status] = all[i & 15]!;
					histogram.labels(method, status).observe(values[i & 1023]!);
				}
			};
		}
	]
];

/** Each fills a register and returns what changes every value between two pages. */
const PAGES: readonly (readonly [string, (client: Client) => (k: number) => void])[] = [
	[
		'page of 10,000 counters',
		(client) => {
			const names = ['method', 'path', 'status', 'instance_id'];
			const counter = new client.Counter({ name: 'requests_total', help, labelNames: names });
			const children = Array.from({ length: 10_000 }, (_, i) =>
				counter.labels('GET', `/api/v1/resources/${i % 100}`, '200', `pod-${i}`)
			);
			return (k) => {
				for (const [i, child] of children.entries()) child.inc(i % 3 === 0 ? 1.37 : 17 + k);
			};
		}
	],
	[
		'page of 1,000 histograms',
		(client) => {
			const config = {
				name: 'latency_seconds',
				help,
				labelNames: ['pod'],
				buckets: [0.1, 0.5, 1, 5, 10, 30, 60]
			};
			const histogram = new client.Histogram(config);
			const children = Array.from({ length: 1000 }, (_, i) => histogram.labels(`pod-${i}`));
			return (k) => {
				for (const [i, child] of children.entries()) child.observe((i + k) / 100);
			};
		}
	]
];

function pairs(): [string, string][] {
	return METHODS.flatMap((method) => STATUSES.map((status): [string, string] => [method, status]));
}

/** Spread over all buckets, the same each time. */
function latencies(): number[] {
	return Array.from({ length: 1024 }, (_, i) => 0.002 * 3500 ** (((i * 379) % 1024) / 1024));
}

function nanoseconds(run: () => void): number {
	return (median(Array.from({ length: ROUNDS }, () => time(run))) * 1e6) / TURNS;
}

async function milliseconds(
	client: Client,
	prepare: (client: Client) => (k: number) => void
): Promise<number> {
	client.register.clear();
	const change = prepare(client);
	const encoder = new TextEncoder();
	const times: number[] = [];
	for (let k = 0; k < ROUNDS; k++) {
		change(k);
		const start = performance.now();
		encoder.encode(await client.register.metrics());
		times.push(performance.now() - start);
	}
	return median(times);
}

function time(run: () => void): number {
	const start = performance.now();
	run();
	return performance.now() - start;
}

function median(times: readonly number[]): number {
	return [...times].sort((a, b) => a - b)[times.length >> 1] as number;
}
