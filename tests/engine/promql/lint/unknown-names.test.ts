import { describe, expect, it } from 'vitest';
import { applyFix, lint, type LintContext } from '#engine/promql';

const LABELS: Readonly<Record<string, readonly string[]>> = {
	http_requests_total: ['job', 'instance', 'endpoint', 'status'],
	request_duration_bucket: ['job', 'instance', 'endpoint', 'le'],
	up: ['job', 'instance']
};

/** A shop whose metrics are all known. */
const SHOP: LintContext = {
	metricTypes: new Map([
		['http_requests_total', 'counter'],
		['errors', 'counter'],
		['request_duration', 'histogram']
	]),
	metricNames: new Set(Object.keys(LABELS)),
	labelNames: ['job', 'instance', 'endpoint', 'status', 'le'],
	labelsOf: (metric) => LABELS[metric]
};

describe('a name that there is not', () => {
	it.each([
		[
			'http_request_total',
			'unknown-metric',
			'No metric is called http_request_total; did you mean http_requests_total?',
			'http_requests_total'
		],
		[
			'sum by (job) (rate(http_request_total{status="500"}[5m] offset 1h))',
			'unknown-metric',
			'No metric is called http_request_total; did you mean http_requests_total?',
			'sum by (job) (rate(http_requests_total{status="500"}[5m] offset 1h))'
		],
		[
			'rate(http_requests_total{job="endpont=", endpont="/x"}[5m])',
			'unknown-label',
			'No series of http_requests_total has the label endpont; did you mean endpoint?',
			'rate(http_requests_total{job="endpont=", endpoint="/x"}[5m])'
		],
		[
			'http_requests_total{endpont="/x"}',
			'unknown-label',
			'No series of http_requests_total has the label endpont; did you mean endpoint?',
			'http_requests_total{endpoint="/x"}'
		],
		[
			'sum({endpont="/x"})',
			'unknown-label',
			'No series has the label endpont; did you mean endpoint?',
			'sum({endpoint="/x"})'
		],
		[
			'rate(http_requests_total{endpont!=""}[5m])',
			'unknown-label',
			'No series of http_requests_total has the label endpont; did you mean endpoint?',
			'rate(http_requests_total{endpoint!=""}[5m])'
		],
		[
			'sum by (job, endpont) (rate(http_requests_total{job="endpont"}[5m]))',
			'unknown-grouping-label',
			'No series here has the label endpont, so it keeps nothing apart; did you mean endpoint?',
			'sum by (job, endpoint) (rate(http_requests_total{job="endpont"}[5m]))'
		],
		[
			'topk(3, rate(http_requests_total[5m])) without (instnce)',
			'unknown-grouping-label',
			'No series here has the label instnce, so leaving it out changes nothing; did you mean instance?',
			'topk(3, rate(http_requests_total[5m])) without (instance)'
		],
		[
			'rate(http_requests_total[5m]) * on (instnce) group_left up',
			'unknown-matching-label',
			'No series here has the label instnce, so it tells none apart; did you mean instance?',
			'rate(http_requests_total[5m]) * on (instance) group_left up'
		],
		[
			'rate(http_requests_total[5m]) / ignoring(statu) rate(http_requests_total[10m])',
			'unknown-matching-label',
			'No series here has the label statu, so ignoring it changes nothing; did you mean status?',
			'rate(http_requests_total[5m]) / ignoring(status) rate(http_requests_total[10m])'
		],
		[
			'up * on (job, instance) group_right (instanc) rate(http_requests_total[5m])',
			'unknown-matching-label',
			'No series on the left has the label instanc, so there is nothing to copy from it; did you mean instance?',
			'up * on (job, instance) group_right (instance) rate(http_requests_total[5m])'
		]
	])('%s is found, and the nearest one offered', (query, rule, message, fixed) => {
		const findings = lint(query, SHOP);
		expect(findings).toMatchObject([{ rule, level: 'warning', message }]);
		const [fix] = findings.flatMap(({ fix }) => fix ?? []);
		expect(fix && applyFix(query, fix)).toBe(fixed);
	});

	it('is named without a fix when nothing is like it, or when it is quoted', () => {
		const [strange] = lint('zebra', SHOP);
		expect(strange).toMatchObject({ message: 'No metric is called zebra.' });
		expect(strange).not.toHaveProperty('fix');
		const [quoted] = lint('{"http_request_total"}', SHOP);
		expect(quoted?.message).toMatch(/did you mean http_requests_total\?$/);
		expect(quoted).not.toHaveProperty('fix');
	});

	it('is not offered where one side lacks what the other has', () => {
		const [finding] = lint('up unless on (status) rate(http_requests_total[5m])', SHOP);
		expect(finding).toMatchObject({
			rule: 'unknown-matching-label',
			message: 'No series on the left has the label status, so it meets none that has one.'
		});
		expect(finding).not.toHaveProperty('fix');
	});

	it('is told nothing else about: what it is nobody knows', () => {
		expect(lint('delta(http_request_total[5m])', SHOP).map(({ rule }) => rule)).toEqual([
			'unknown-metric'
		]);
	});
});

/** Values of the shop's labels. */
const VALUES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
	http_requests_total: { status: ['200', '404', '500'], endpoint: ['/api/orders', '/api/items'] },
	request_duration_bucket: { le: ['0.1', '0.25', '1.0', '+Inf'] }
};

describe('a label value that there is not', () => {
	const context = { ...SHOP, valuesOf: (metric: string, name: string) => VALUES[metric]?.[name] };

	it.each([
		[
			'sum(http_requests_total{status="599"})',
			'No series of http_requests_total has status="599" so far; there is "500", "404", "200".',
			'sum(http_requests_total{status="500"})'
		],
		[
			'http_requests_total{endpoint="/API/order"}',
			'No series of http_requests_total has endpoint="/API/order" so far; there is "/api/orders", "/api/items".',
			'http_requests_total{endpoint="/api/orders"}'
		],
		[
			'rate(request_duration_bucket{le="0.3"}[5m])',
			'No series of request_duration_bucket has le="0.3" so far; there is "0.25", "0.1", "1.0", "+Inf".',
			'rate(request_duration_bucket{le="0.25"}[5m])'
		]
	])('%s is found before anything else', (query, message, fixed) => {
		const findings = lint(query, context);
		expect(findings).toMatchObject([{ rule: 'unknown-value', level: 'info', message }]);
		const [fix] = findings.flatMap(({ fix }) => fix ?? []);
		expect(fix && applyFix(query, fix)).toBe(fixed);
	});

	it('has no fix when no other is like it', () => {
		const [finding] = lint('http_requests_total{endpoint="QQQQQQ"}', context);
		expect(finding?.rule).toBe('unknown-value');
		expect(finding).not.toHaveProperty('fix');
	});

	it.each([
		'rate(http_requests_total{status="500"}[5m])',
		'rate(http_requests_total{status!="599"}[5m])',
		'rate(http_requests_total{status=~"59."}[5m])',
		'absent(http_requests_total{status="599"})',
		'rate(request_duration_bucket{le="1"}[5m])'
	])('is not seen in %s', (query) => {
		expect(lint(query, context).filter(({ rule }) => rule === 'unknown-value')).toEqual([]);
	});
});

describe('no name is called unknown', () => {
	it.each([
		['that is asked about', 'absent(gone)'],
		['of which there is only a type yet', 'rate(errors_total[5m])'],
		['of a family', 'rate(request_duration_count[5m])'],
		['that comes and goes', 'ALERTS{alertstate="firing"}'],
		['whose condition holds without it', 'up{endpoint=""}'],
		['that is not asked to be there', 'up{endpoint!="/x"}'],
		['that the language has', 'sum by (le) (up)'],
		[
			'that one of several metrics has',
			'sum by (endpoint) (up + on (job) rate(http_requests_total[5m]))'
		],
		['that is ignored on one side', 'rate(http_requests_total[5m]) / ignoring (status) up'],
		['that the one side brings', 'up * on (job) group_left (status) rate(http_requests_total[5m])'],
		['that the query makes', 'sum by (host) (label_replace(up, "host", "$1", "instance", "(.*)"))'],
		['that info() may bring', 'sum by (version) (info(up))'],
		['where a metric is not known by its name', 'sum by (version) ({__name__=~"up"})']
	])('%s: %s', (_, query) => {
		expect(lint(query, SHOP).filter(({ rule }) => rule.startsWith('unknown'))).toEqual([]);
	});

	it('as long as nothing is known of the metrics', () => {
		expect(lint('sum by (x) (zebra{y="1"})', { metricNames: new Set() })).toEqual([]);
	});
});
