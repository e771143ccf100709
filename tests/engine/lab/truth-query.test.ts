import { describe, expect, it } from 'vitest';
import { formatLabels, MINUTE } from '#engine/model';
import { shopAfter, valuesOf } from './shop.ts';

const opened = shopAfter(10);

async function truthNow(query: string) {
	const lab = await opened;
	const series = lab.truthOf(query, { start: lab.now, step: MINUTE, count: 1 });
	return series?.map(({ labels, values }) => [formatLabels(labels), values[0]] as const);
}

describe('the truth behind a query', () => {
	it.each([
		['sum(rate(http_requests_total[5m]))', ['{}']],
		['sum(http_requests_total)', ['{}']],
		[
			'sum by (instance) (rate(http_requests_total[5m]))',
			['{instance="shop-1:8000"}', '{instance="shop-2:8000"}']
		],
		[
			'sum without (method, endpoint, status, instance) (rate(http_requests_total[5m]))',
			['{job="shop"}']
		],
		[
			'sum by (status) (increase(http_requests_total{endpoint="/api/orders", status=~"2.."}[5m]))',
			['{status="201"}']
		],
		[
			'histogram_quantile(0.5, sum by (le, endpoint) (rate(http_request_duration_seconds_bucket{endpoint="/api/orders"}[5m])))',
			['{endpoint="/api/orders"}']
		],
		[
			'histogram_quantile(0.95, rate(http_request_duration_seconds_bucket{endpoint="/api/orders", instance="shop-1:8000"}[5m]))',
			['{endpoint="/api/orders", instance="shop-1:8000", job="shop"}']
		],
		[
			'(sum(rate(http_requests_total{status=~"5.."}[5m])) / sum(rate(http_requests_total[5m]))) * 100',
			['{}']
		]
	])('%s is there, near what Prometheus sees', async (query, labels) => {
		const truth = await truthNow(query);
		expect(truth?.map(([text]) => text).sort()).toEqual(labels);
		const lab = await opened;
		const measured = (await valuesOf(lab, query)).reduce((sum, value) => sum + value, 0);
		const total = truth?.reduce((sum, [, value]) => sum + (value ?? NaN), 0) ?? NaN;
		expect(Math.abs(measured / total - 1)).toBeLessThan(0.2);
	});

	it('counts whole requests', async () => {
		const lab = await opened;
		const [[, total] = []] = (await truthNow('sum(http_requests_total)')) ?? [];
		expect(total).toBe(lab.truth.count({ handled: true }, -Infinity, lab.now));
	});

	it.each([
		'up',
		'rate(payments_calls_total[5m])',
		'sum(rate(http_requests_total{code="500"}[5m]))',
		'sum by (user) (rate(http_requests_total[5m]))',
		'avg(rate(http_requests_total[5m]))',
		'sum(rate(http_requests_total[5m] offset 5m))',
		'histogram_quantile(0.95, sum(rate(http_request_duration_seconds_bucket[5m])))',
		'histogram_quantile(95, rate(http_request_duration_seconds_bucket[5m]))',
		'histogram_quantile(-0.5, rate(http_request_duration_seconds_bucket[5m]))',
		'histogram_quantile(NaN, rate(http_request_duration_seconds_bucket[5m]))',
		'sum(irate(http_requests_total[5m]))',
		'sum by (status) (rate(http_requests_total[5m])) / on (status) sum by (status) (rate(http_requests_total[5m]))',
		'sum by (status) (rate(http_requests_total[5m])) / ignoring (status) sum by (status) (rate(http_requests_total[5m]))',
		'sum by (status) (rate(http_requests_total[5m])) / on () group_left sum(rate(http_requests_total[5m]))',
		'rate(http_requests_total['
	])('%s has none', async (query) => {
		expect(await truthNow(query)).toBeUndefined();
	});

	it('begins when the window lies within the life of the world', async () => {
		const lab = await opened;
		const grid = { start: lab.world.start, step: MINUTE, count: 8 };
		const [truth] = lab.truthOf('sum(rate(http_requests_total[5m]))', grid) ?? [];
		expect([...(truth?.values ?? [])].map(Number.isNaN)).toEqual([
			...Array<boolean>(5).fill(true),
			...Array<boolean>(3).fill(false)
		]);
	});

	it('of another job is that there was nothing', async () => {
		expect(await truthNow('rate(http_requests_total{job="billing"}[5m])')).toEqual([]);
	});
});
