import { SECOND, type Timestamp } from '#engine/model';
import { createPromClient } from '#engine/registry';
import type { Head } from '#engine/tsdb';

/** What the server tells of itself at /metrics. */
export interface OwnMetrics {
	/** Counts a request that was answered. Paths are those of the table of routes, so there are only so many. */
	answered(request: { path: string; status: number; seconds: number; bytes: number }): void;
	/** The page, in the text format. */
	text(): Promise<string>;
}

/** What there is to tell of besides requests. */
export interface OwnFacts {
	readonly head: Head;
	/** The lab's clock. */
	now(): Timestamp;
}

type Client = ReturnType<typeof createPromClient>;

/** Instruments at zero, under the names that Prometheus has for the same things. */
export function createOwnMetrics({ head, now }: OwnFacts): OwnMetrics {
	const client = createPromClient({ now: () => Date.now() });
	client.collectDefaultMetrics();
	const answered = requestMetrics(client);
	gauge(client, 'process_resident_memory_bytes', 'Resident memory size in bytes.', () =>
		process.memoryUsage.rss()
	);
	gauge(
		client,
		'lab_time_seconds',
		'What the clock of the lab says, in seconds since the Unix epoch.',
		() => now() / SECOND
	);
	const readHead = headMetrics(client, { head, now });
	return {
		answered,
		text: () => {
			readHead();
			return client.register.metrics();
		}
	};
}

/** web/web.go, newMetrics. */
function requestMetrics({
	Counter,
	Histogram,
	exponentialBuckets
}: Client): OwnMetrics['answered'] {
	const requests = new Counter({
		name: 'prometheus_http_requests_total',
		help: 'Counter of HTTP requests.',
		labelNames: ['handler', 'code']
	});
	const durations = new Histogram({
		name: 'prometheus_http_request_duration_seconds',
		help: 'Histogram of latencies for HTTP requests.',
		labelNames: ['handler'],
		buckets: [0.1, 0.2, 0.4, 1, 3, 8, 20, 60, 120]
	});
	const sizes = new Histogram({
		name: 'prometheus_http_response_size_bytes',
		help: 'Histogram of response size for HTTP requests.',
		labelNames: ['handler'],
		buckets: exponentialBuckets(100, 10, 8)
	});
	return ({ path: handler, status, seconds, bytes }) => {
		requests.inc({ handler, code: status });
		durations.observe({ handler }, seconds);
		sizes.observe({ handler }, bytes);
	};
}

/** tsdb/head.go, newHeadMetrics: what is given reads them off the head, which is as old as now while it is empty. */
function headMetrics({ Gauge }: Client, { head, now }: OwnFacts): () => void {
	const series = new Gauge({
		name: 'prometheus_tsdb_head_series',
		help: 'Total number of series in the head.'
	});
	const first = new Gauge({
		name: 'prometheus_tsdb_head_min_time_seconds',
		help: 'Minimum time bound of the head.'
	});
	const last = new Gauge({
		name: 'prometheus_tsdb_head_max_time_seconds',
		help: 'Maximum timestamp of the head.'
	});
	return () => {
		const { numSeries, minTime = now(), maxTime = now() } = head.stats(1);
		series.set(numSeries);
		first.set(minTime / SECOND);
		last.set(maxTime / SECOND);
	};
}

/** A gauge that is read when the page is asked for. */
function gauge({ Gauge }: Client, name: string, help: string, read: () => number): void {
	new Gauge({
		name,
		help,
		collect() {
			this.set(read());
		}
	});
}
