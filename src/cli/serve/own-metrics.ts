import { SECOND, type ExposedSample, type MetricFamily, type MetricType } from '#engine/model';
import type { Served } from './served.ts';

/** Counts the requests that were answered, by path and status. */
export interface RequestCounter {
	count(path: string, status: number): void;
	samples(name: string): ExposedSample[];
}

/** A counter at zero. Paths are those of the table of routes, so there are only so many. */
export function createRequestCounter(): RequestCounter {
	const counts = new Map<string, number>();
	return {
		count: (path, status) => {
			const key = `${status} ${path}`;
			counts.set(key, (counts.get(key) ?? 0) + 1);
		},
		samples: (name) =>
			Array.from(counts, ([key, value]) => {
				const [code = '', handler = ''] = key.split(' ');
				return { name, labels: ['code', code, 'handler', handler], value };
			})
	};
}

/** What there is to say about the lab itself, under the names that Prometheus has for the same things. */
export function ownMetrics({ head, now, requests }: Served): MetricFamily[] {
	const { numSeries, minTime, maxTime } = head.stats(1);
	const { uptime, memoryUsage } = process;
	return [
		{
			name: 'prometheus_http_requests_total',
			type: 'counter',
			help: 'Counter of HTTP requests.',
			samples: requests.samples('prometheus_http_requests_total')
		},
		single(
			'prometheus_tsdb_head_series',
			'gauge',
			'Total number of series in the head.',
			numSeries
		),
		single(
			'prometheus_tsdb_head_min_time_seconds',
			'gauge',
			'Minimum time bound of the head.',
			(minTime ?? now()) / SECOND
		),
		single(
			'prometheus_tsdb_head_max_time_seconds',
			'gauge',
			'Maximum timestamp of the head.',
			(maxTime ?? now()) / SECOND
		),
		single(
			'lab_time_seconds',
			'gauge',
			'What the clock of the lab says, in seconds since the Unix epoch.',
			now() / SECOND
		),
		single('process_uptime_seconds', 'gauge', 'How long the process has been there.', uptime()),
		single(
			'process_resident_memory_bytes',
			'gauge',
			'Resident memory size in bytes.',
			memoryUsage.rss()
		)
	];
}

function single(name: string, type: MetricType, help: string, value: number): MetricFamily {
	return { name, type, help, samples: [{ name, labels: [], value }] };
}
