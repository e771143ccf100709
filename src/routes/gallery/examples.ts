import { labels } from '#engine/model';
import type { StepGrid } from '#engine/promql';
import type { Bucket } from '$lib/charts/buckets.ts';
import type { ChartBand, ChartEvent, ChartSeries, SeriesRole } from '$lib/charts/series.ts';

// The example data of the gallery: fixed curves, so that two pictures of the page can be compared.

const START = Date.UTC(2026, 0, 5, 9);
const MINUTE = 60_000;

/** A quarter of an hour in steps of 15 s. */
export const QUARTER: StepGrid = { start: START, step: 15_000, count: 61 };

/** A day in steps of a minute. */
export const DAY: StepGrid = { start: START, step: MINUTE, count: 1440 };

/** Ripples that look like traffic; the same for the same arguments. */
function ripple(i: number, seed: number): number {
	return (
		Math.sin(i / 7 + seed) * 0.5 +
		Math.sin(i / 2.3 + seed * 3) * 0.25 +
		Math.sin(i * 1.7 + seed * 7) * 0.15
	);
}

interface Curve {
	readonly record: Readonly<Record<string, string>>;
	readonly grid?: StepGrid;
	readonly role?: SeriesRole;
	readonly name?: string;
	readonly value: (i: number) => number;
	readonly isPresent?: (i: number) => boolean;
}

function curve({
	record,
	grid = QUARTER,
	role = 'measured',
	name = '',
	value,
	isPresent = () => true
}: Curve): ChartSeries {
	const steps = Array.from({ length: grid.count }, (_, i) => i);
	return {
		key: `${role} ${JSON.stringify(record)}`,
		labels: labels(record),
		name,
		role,
		values: Float64Array.from(steps, value),
		present: Uint8Array.from(steps, (i) => Number(isPresent(i)))
	};
}

const REQUESTS = { __name__: 'http_requests_total', job: 'shop' };

/** What rate() says, and how many requests there really were: a fault of two minutes blurs into five. */
export const WITH_TRUTH: readonly ChartSeries[] = [
	curve({
		record: REQUESTS,
		value: (i) => 48 + 4 * ripple(i, 1) - 26 * blur(i, 24, 44)
	}),
	curve({
		record: {},
		role: 'truth',
		name: 'truth',
		value: (i) => 48 + 5 * ripple(i, 1) - (i >= 24 && i < 34 ? 30 : 0)
	})
];

function blur(i: number, from: number, to: number): number {
	if (i < from || i >= to) return 0;
	return Math.sin((Math.PI * (i - from)) / (to - from));
}

export const FAULT_BANDS: readonly ChartBand[] = [
	{ from: START + 6 * MINUTE, to: START + 8.5 * MINUTE, label: 'slow database', kind: 'fault' }
];

export const FAULT_EVENTS: readonly ChartEvent[] = [
	...Array.from({ length: 61 }, (_, i) => ({
		at: START + i * 15_000,
		label: 'scrape',
		kind: 'scrape' as const
	})),
	{ at: START + 2 * MINUTE, label: 'deploy v2', kind: 'change' },
	{ at: START + 10.5 * MINUTE, label: 'alert fires', kind: 'alert' }
];

/** By status: what a page of a dashboard usually shows. */
export const BY_STATUS: readonly ChartSeries[] = ['200', '304', '404', '500'].map((status, k) =>
	curve({
		record: { ...REQUESTS, status },
		value: (i) => [1210, 640, 210, 34][k]! * (1 + 0.15 * ripple(i, k + 2))
	})
);

/** One instance was not scraped for two minutes, then for one scrape fewer than it takes to draw a line. */
export const WITH_GAPS: readonly ChartSeries[] = [
	curve({
		record: { __name__: 'up_seconds', instance: 'shop-1' },
		value: (i) => 0.305 + 0.04 * ripple(i, 5),
		isPresent: (i) => i < 18 || (i > 25 && i < 40) || i === 43 || i > 46
	})
];

/** Twenty series over a day: enough for a canvas. */
export const MANY: readonly ChartSeries[] = Array.from({ length: 20 }, (_, k) =>
	curve({
		record: {
			__name__: 'process_resident_memory_bytes',
			instance: `shop-${k + 1}:8000`,
			job: 'shop'
		},
		grid: DAY,
		value: (i) => (60 + k * 9 + 12 * ripple(i / 16, k) + (i % (300 + k * 20)) / 12) * 2 ** 20
	})
);

/** Long label sets that differ in two labels. */
export const LONG_LABELS: readonly ChartSeries[] = [
	['GET', '/api/v1/products/{product_id}/recommendations'],
	['GET', '/checkout'],
	['POST', '/checkout']
].map(([method = '', route = ''], k) =>
	curve({
		record: {
			__name__: 'http_request_duration_seconds_bucket',
			job: 'shop',
			namespace: 'production',
			method,
			route
		},
		value: (i) => 0.12 + k * 0.09 + 0.03 * ripple(i, k + 9)
	})
);

/** A share, and one that is hatched where it is extrapolated. */
export const ERROR_SHARE: readonly ChartSeries[] = [
	curve({ record: { job: 'shop' }, value: (i) => 0.12 + 0.05 * ripple(i, 4) })
];

export const EXTRAPOLATED: readonly ChartBand[] = [
	{
		from: START + 13 * MINUTE,
		to: START + 15 * MINUTE,
		label: 'extrapolated',
		kind: 'extrapolated'
	}
];

/** A counter as it was stored: samples every 15 s, 4 s off the grid, that reset when the process restarts. */
export const SAMPLES: readonly ChartSeries[] = [
	{
		...curve({
			record: { ...REQUESTS, instance: 'shop-1' },
			role: 'raw',
			name: 'samples',
			value: (i) => 12_000 + (i < 38 ? i * 720 + 300 * ripple(i, 1) : (i - 38) * 720 - 12_000),
			isPresent: (i) => i !== 20
		}),
		times: Float64Array.from({ length: 61 }, (_, i) => START + 4_000 + i * 15_000)
	}
];

const EDGES = [0, 0.05, 0.1, 0.25, 0.5, 1, 2.5, Infinity];

/** Latencies in the buckets that a beginner would choose. */
export const LATENCY_BUCKETS: readonly Bucket[] = [310, 842, 1204, 655, 122, 31, 9].map(
	(count, i) => ({ from: EDGES[i]!, to: EDGES[i + 1]!, count })
);

/** A minute of a live chart: the window ends at step `end`. */
export function liveSeries(end: number): { grid: StepGrid; series: readonly ChartSeries[] } {
	const grid = { start: START + (end - 120) * 1000, step: 1000, count: 121 };
	const value = (i: number) => 50 + 12 * ripple(end - 120 + i, 3);
	return {
		grid,
		series: [
			curve({ record: REQUESTS, grid, value: (i) => value(i - 8) }),
			curve({ record: {}, grid, role: 'truth', name: 'truth', value })
		]
	};
}
