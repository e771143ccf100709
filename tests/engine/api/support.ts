import { labels, type MetricMetadata, type Timestamp } from '#engine/model';
import {
	createApi,
	type ApiSources,
	type PoolSource,
	type PrometheusApi,
	type TargetStatus
} from '#engine/api';
import { Head } from '#engine/tsdb';

/** 2026-01-05T09:00:00Z */
export const T: Timestamp = 1_767_603_600_000;

export const METADATA: readonly (readonly [string, MetricMetadata])[] = [
	['x_total', { type: 'counter', help: 'Xs, <b>all</b>.', unit: '' }],
	['g', { type: 'untyped', help: '', unit: 'seconds' }],
	['x_total', { type: 'counter', help: 'Xs, <b>all</b>.', unit: '' }],
	['x_total', { type: 'gauge', help: 'Xs', unit: '' }]
];

export const TARGET: TargetStatus = {
	discoveredLabels: labels({ __address__: 'a:80' }),
	labels: labels({ job: 'shop', instance: 'a:80' }),
	scrapePool: 'shop',
	scrapeUrl: 'http://a:80/metrics',
	health: 'up',
	lastError: '',
	lastScrape: T + 500,
	lastScrapeDuration: 0.0025,
	scrapeInterval: '15s',
	scrapeTimeout: '10s'
};

/** A pool of that one target, unless told otherwise. */
export function testPool(pool: Partial<PoolSource> = {}): PoolSource {
	return {
		name: 'shop',
		targets: () => [TARGET],
		dropped: [],
		droppedCount: 0,
		metadata: () => [[TARGET.labels, METADATA]],
		relabelSteps: () => [],
		...pool
	};
}

/** An API over a few series; `now` is 30 s after their first sample. */
export function testApi(sources: Partial<ApiSources> = {}): PrometheusApi {
	return createApi({
		querier: testHead(),
		now: () => T + 30_000,
		metadata: () => METADATA,
		pools: () => [testPool()],
		...sources
	});
}

function testHead(): Head {
	const head = new Head({ appendableWindow: Infinity });
	const old = head.appender();
	old.begin(T - 3_600_000);
	old.add(old.ref(labels({ __name__: 'old', zone: 'é' })), 1);
	old.commit();
	const rows: [Timestamp, Record<string, number>][] = [
		[T, { '1': 1, '2': 1e-7 }],
		[T + 15_123, { '1': 2.5, '2': NaN }],
		[T + 30_000, { '1': 1e30, '2': Infinity }]
	];
	const appender = head.appender();
	for (const [time, row] of rows) {
		appender.begin(time);
		for (const [a, value] of Object.entries(row)) {
			appender.add(appender.ref(labels({ __name__: 'x_total', a, b: '<&>é' })), value);
		}
		appender.commit();
	}
	const other = head.appender();
	other.begin(T);
	other.add(other.ref(labels({ __name__: 'g', 'http.path': '/q"\\\n' })), -0);
	other.commit();
	return head;
}
