import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricType } from '#engine/model';
import {
	ALL_FEATURES,
	applyFix,
	lint,
	parse,
	type LintContext,
	type LintRule
} from '#engine/promql';

const TYPES: readonly (readonly [string, MetricType])[] = [
	['http_requests_total', 'counter'],
	['http_request_duration_seconds', 'histogram'],
	['rpc_duration_seconds', 'summary'],
	['process_resident_memory_bytes', 'gauge'],
	['queue_length', 'gauge'],
	['up', 'gauge'],
	['build_info', 'gauge']
];

const LABELS: Readonly<Record<string, readonly string[]>> = {
	http_requests_total: ['job', 'instance', 'method', 'status'],
	queue_length: ['job', 'instance'],
	up: ['job', 'instance'],
	build_info: ['job', 'instance', 'version']
};

const VALUES: Readonly<Record<string, readonly string[]>> = {
	'http_request_duration_seconds_bucket le': ['0.1', '0.5', '1', '+Inf'],
	'http_requests_total job': ['shop'],
	'queue_length job': ['shop', 'billing'],
	'up job': ['shop', 'billing']
};

/** A shop that is scraped every 15 seconds. */
const SHOP: LintContext = {
	metricTypes: new Map(TYPES),
	scrapeInterval: 15_000,
	labelsOf: (metric) => LABELS[metric],
	valuesOf: (metric, label) => VALUES[`${metric} ${label}`],
	isRange: true
};

const parses = (query: string) => parse(query, ALL_FEATURES).ok;

describe('each rule', () => {
	const cases: readonly (readonly [LintRule, query: string, fixed: string])[] = [
		['rate-of-gauge', 'rate(queue_length{job="shop"}[5m])', 'deriv(queue_length{job="shop"}[5m])'],
		[
			'rate-of-gauge',
			'increase(process_resident_memory_bytes[1h])',
			'delta(process_resident_memory_bytes[1h])'
		],
		['delta-of-counter', 'delta(http_requests_total[5m])', 'increase(http_requests_total[5m])'],
		[
			'delta-of-counter',
			'deriv(http_request_duration_seconds_sum[5m])',
			'rate(http_request_duration_seconds_sum[5m])'
		],
		['raw-counter', 'http_requests_total', 'rate(http_requests_total[5m])'],
		[
			'raw-counter',
			'sum by (status) (http_requests_total{job="shop"} offset 1h)',
			'sum by (status) (rate(http_requests_total{job="shop"}[5m] offset 1h))'
		],
		[
			'raw-counter',
			'histogram_quantile(0.9, http_request_duration_seconds_bucket)',
			'histogram_quantile(0.9, rate(http_request_duration_seconds_bucket[5m]))'
		],
		[
			'rate-of-aggregation',
			'rate(sum by (job) (http_requests_total)[5m:15s])',
			'sum by (job) (rate(http_requests_total[5m]))'
		],
		[
			'rate-of-aggregation',
			'increase((sum(http_requests_total{status="500"}) by (job))[1h:])',
			'sum(increase(http_requests_total{status="500"}[1h])) by (job)'
		],
		['short-window', 'rate(http_requests_total[15s])', 'rate(http_requests_total[1m])'],
		[
			'short-window',
			'sum(irate(http_requests_total{status=~"5.."}[30s] offset 5m))',
			'sum(irate(http_requests_total{status=~"5.."}[1m] offset 5m))'
		],
		[
			'irate-in-condition',
			'irate(http_requests_total[5m]) > 10',
			'rate(http_requests_total[5m]) > 10'
		],
		[
			'quantile-without-le',
			'histogram_quantile(0.9, sum by (job) (rate(http_request_duration_seconds_bucket[5m])))',
			'histogram_quantile(0.9, sum by (job, le) (rate(http_request_duration_seconds_bucket[5m])))'
		],
		[
			'quantile-without-le',
			'histogram_quantile(0.9, sum(rate(http_request_duration_seconds_bucket[5m])))',
			'histogram_quantile(0.9, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))'
		],
		[
			'quantile-without-le',
			'histogram_quantile(0.9, sum without (le, instance) (rate(x_bucket[5m])))',
			'histogram_quantile(0.9, sum without (instance) (rate(x_bucket[5m])))'
		],
		[
			'quantile-in-percent',
			'histogram_quantile(95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))',
			'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))'
		],
		[
			'quantile-in-percent',
			'quantile_over_time(99.9, queue_length[5m])',
			'quantile_over_time(0.999, queue_length[5m])'
		],
		['quantile-in-percent', 'quantile(50, queue_length)', 'quantile(0.5, queue_length)'],
		[
			'sum-of-buckets',
			'sum(rate(http_request_duration_seconds_bucket{job="shop"}[5m]))',
			'sum(rate(http_request_duration_seconds_count{job="shop"}[5m]))'
		],
		[
			'average-of-quantiles',
			'avg by (job) (histogram_quantile(0.9, rate(http_request_duration_seconds_bucket[5m])))',
			'histogram_quantile(0.9, sum by (job, le) (rate(http_request_duration_seconds_bucket[5m])))'
		],
		[
			'average-of-quantiles',
			'avg(histogram_quantile(0.9, rate(http_request_duration_seconds_bucket[5m])))',
			'histogram_quantile(0.9, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))'
		],
		[
			'average-of-quantiles',
			'avg(rpc_duration_seconds{quantile="0.99"})',
			'max(rpc_duration_seconds{quantile="0.99"})'
		],
		[
			'average-of-ratios',
			'avg by (job) (rate(e_total[5m]) / rate(r_total[5m]))',
			'(sum by (job) (rate(e_total[5m])) / sum by (job) (rate(r_total[5m])))'
		],
		[
			'ratio-to-itself',
			'rate(http_requests_total{status=~"5.."}[5m]) / rate(http_requests_total[5m])',
			'sum(rate(http_requests_total{status=~"5.."}[5m])) / sum(rate(http_requests_total[5m]))'
		],
		[
			'labels-never-match',
			'sum by (job, status) (rate(http_requests_total[5m])) / sum by (job) (rate(http_requests_total[5m]))',
			'sum by (job, status) (rate(http_requests_total[5m])) / on (job) group_left () sum by (job) (rate(http_requests_total[5m]))'
		],
		[
			'labels-never-match',
			'sum(rate(http_requests_total[5m])) > bool rate(http_requests_total[5m])',
			'sum(rate(http_requests_total[5m])) > bool on () group_right () rate(http_requests_total[5m])'
		],
		['unscoped-selector', '{job="shop"}', 'count by (__name__) ({job="shop"})'],
		['several-jobs', 'sum(queue_length)', 'sum(queue_length{job="shop"})'],
		[
			'several-jobs',
			'max by (instance) (queue_length offset 5m)',
			'max by (instance) (queue_length{job="shop"} offset 5m)'
		],
		[
			'number-as-label-value',
			'rate(http_request_duration_seconds_bucket{le="0.50"}[5m])',
			'rate(http_request_duration_seconds_bucket{le="0.5"}[5m])'
		],
		[
			'zero-that-is-absent',
			'sum(rate(http_requests_total{status="500"}[5m])) == 0',
			'(sum(rate(http_requests_total{status="500"}[5m])) or vector(0)) == 0'
		],
		['count-is-never-zero', 'count(up{job="shop"} == 1) < 1', 'absent(up{job="shop"} == 1)'],
		['average-of-filtered', 'avg(up == 1)', 'avg(up == bool 1)'],
		[
			'top-at-each-step',
			'topk(3, rate(http_requests_total[5m]))',
			'rate(http_requests_total[5m]) and topk(3, rate(http_requests_total[5m] @ end()))'
		],
		['future-offset', 'queue_length{job="shop"} offset -5m', 'queue_length{job="shop"} offset 5m'],
		[
			'future-offset',
			'rate(http_requests_total[5m] offset -1h)',
			'rate(http_requests_total[5m] offset 1h)'
		]
	];

	for (const [rule, query, fixed] of cases) {
		it(`${rule}: ${query}`, () => {
			const [finding, ...others] = lint(query, SHOP).filter((one) => one.rule === rule);
			if (!finding?.fix)
				throw new Error(`no finding with a fix: ${JSON.stringify(lint(query, SHOP))}`);
			expect(others).toEqual([]);
			expect(applyFix(query, finding.fix)).toBe(fixed);
			expect(parses(fixed)).toBe(true);
			expect(lint(fixed, SHOP).map((one) => one.rule)).not.toContain(rule);
		});
	}

	it('points at the part that it speaks of', () => {
		const query = '2 * rate(queue_length[5m])';
		const [finding] = lint(query, SHOP);
		expect(query.slice(finding?.span.from, finding?.span.to)).toBe('rate(queue_length[5m])');
	});

	it('says in whole sentences what is wrong', () => {
		for (const [, query] of cases) {
			for (const { message } of lint(query, SHOP)) expect(message).toMatch(/^[A-Zh…_a-z(].*\.$/);
		}
	});
});

describe('good queries', () => {
	const queries = [
		'rate(http_requests_total[5m])',
		'histogram_quantile(0.95, rate(http_request_duration_seconds_bucket[5m]))',
		'sum(rate(http_requests_total{status=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) * 100',
		'sum by (status) (rate(http_requests_total[1m]))',
		'sum without (instance) (rate(http_requests_total[5m]))',
		'histogram_quantile(0.99, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))',
		'histogram_quantile(0.99, sum by (job, le) (rate(http_request_duration_seconds_bucket[5m])))',
		'histogram_quantile(0.99, sum without (instance) (rate(http_request_duration_seconds_bucket[5m])))',
		'histogram_quantile(0.9, sum(rate(native_duration_seconds[5m])))',
		'sum by (job) (rate(http_request_duration_seconds_sum[5m])) / sum by (job) (rate(http_request_duration_seconds_count[5m]))',
		'sum(rate(http_request_duration_seconds_bucket{le="0.5"}[5m])) / sum(rate(http_request_duration_seconds_count[5m]))',
		'increase(http_requests_total[1h])',
		'up',
		'up == 0',
		'avg(up)',
		'sum(up) by (job)',
		'count by (job) (up == 1)',
		'absent(up{job="shop"})',
		'queue_length',
		'max by (job) (queue_length)',
		'max_over_time(queue_length[1h])',
		'deriv(queue_length[15m])',
		'delta(queue_length[15m])',
		'predict_linear(queue_length[1h], 4 * 3600) > 100',
		'process_resident_memory_bytes / 1024 / 1024',
		'queue_length * on (job, instance) group_left (version) build_info',
		'count(http_requests_total)',
		'count by (__name__) ({job="shop"})',
		'absent(http_requests_total{job="shop"})',
		'changes(up[1h])',
		'rate(http_requests_total[5m]) > 10',
		'irate(http_requests_total[5m])',
		'(sum(rate(http_requests_total{status=~"5.."}[5m])) or vector(0)) / sum(rate(http_requests_total[5m]))',
		'rate(http_requests_total[5m]) / rate(http_requests_total[5m] offset 1d)',
		'sum by (job) (rate(http_requests_total[5m])) / ignoring (status) sum by (job) (rate(http_requests_total[5m]))',
		'max_over_time(sum(rate(http_requests_total[5m]))[1h:1m])',
		'topk(5, queue_length @ end())',
		'sum by (job) (queue_length > bool 10) / count by (job) (queue_length)',
		'http_requests_total - http_requests_total offset 1h',
		'http_requests_total > 0',
		'rate(http_requests_total[5m]) and on (instance) up == 1',
		'time() - max by (instance) (last_success_timestamp_seconds)',
		'avg by (job) (queue_length) > 5 or vector(1)',
		'avg_over_time(up[1d])',
		'rpc_duration_seconds{quantile="0.99"}',
		'label_replace(up, "host", "$1", "instance", "(.*):.*")',
		'1 + 1'
	];

	it.each(queries)('%s', (query) => {
		expect(parses(query)).toBe(true);
		expect(lint(query, SHOP)).toEqual([]);
	});
});

describe('lint', () => {
	it('finds nothing in a text that is no query', () => {
		expect(lint('sum(', SHOP)).toEqual([]);
	});

	it('needs to know nothing', () => {
		expect(lint('rate(queue_length[1s])')).toEqual([]);
	});

	it('throws for no text, and every fix parses', () => {
		const words = fc.constantFrom(
			'rate(',
			'sum',
			'avg(',
			')',
			'by (le)',
			'[5m]',
			'[5m:]',
			'== 0',
			'/',
			'http_requests_total',
			'{job="shop"}',
			' offset -5m',
			'queue_length',
			'x_bucket',
			'topk(3, ',
			'irate(',
			'> 1',
			'histogram_quantile(0.9, ',
			'count('
		);
		fc.assert(
			fc.property(fc.array(words, { maxLength: 10 }), (parts) => {
				const query = parts.join('');
				for (const { fix } of lint(query, SHOP)) {
					if (fix) expect(parses(applyFix(query, fix)), applyFix(query, fix)).toBe(true);
				}
			}),
			{ numRuns: 1000 }
		);
	});
});
