import { describe, expect, test } from 'vitest';
import { formatLabels, labels } from '#engine/model';
import { distinguishingLabels, seriesLabels } from '$lib/charts/labels.ts';
import { series } from './example.ts';

describe('distinguishingLabels()', () => {
	function check(
		records: readonly Record<string, string>[],
		expected: { common: string; names: string[]; short: string[] }
	) {
		const { common, names, short } = distinguishingLabels(records.map(labels));
		expect({ common: formatLabels(common), names, short }).toEqual(expected);
	}

	test('says once what all series share, and of each what differs', () => {
		check(
			[
				{ __name__: 'http_requests_total', job: 'shop', status: '200' },
				{ __name__: 'http_requests_total', job: 'shop', status: '500' }
			],
			{ common: 'http_requests_total{job="shop"}', names: ['status'], short: ['200', '500'] }
		);
	});

	test('joins the values of several labels in the order of their names', () => {
		check(
			[
				{ status: '200', method: 'GET' },
				{ status: '500', method: 'POST' }
			],
			{ common: '{}', names: ['method', 'status'], short: ['GET · 200', 'POST · 500'] }
		);
	});

	test('puts the metric name first when metrics differ', () => {
		check(
			[
				{ __name__: 'b', A: '1' },
				{ __name__: 'a', A: '2' }
			],
			{ common: '{}', names: ['__name__', 'A'], short: ['b · 1', 'a · 2'] }
		);
	});

	test('marks a label that only some series have', () => {
		check([{ a: '1' }, { a: '1', b: '2' }], {
			common: '{a="1"}',
			names: ['b'],
			short: ['–', '2']
		});
	});

	test('finds nothing to tell a single series apart from', () => {
		check([{ a: '1' }], { common: '{a="1"}', names: [], short: [''] });
	});

	test('shares nothing among no series', () => {
		check([], { common: '{}', names: [], short: [] });
	});
});

describe('seriesLabels()', () => {
	const check = (all: ReturnType<typeof series>[], expected: string[]) =>
		expect(all.map((one) => seriesLabels(all).get(one.key))).toEqual(expected);

	test('calls a lone series by its metric', () => {
		check([series([1], { record: { __name__: 'up', job: 'shop' } })], ['up']);
	});

	test('calls a lone series by its own name when it has one', () => {
		check([series([1], { record: { __name__: 'up' }, name: 'health' })], ['health']);
	});

	test('calls a lone series beside the truth measured', () => {
		check(
			[series([1], { record: { __name__: 'up' } }), series([1], { role: 'truth' })],
			['measured', 'truth']
		);
	});

	test('tells several truths apart as it does several series', () => {
		check(
			[
				series([1], { record: { route: '/a' } }),
				series([1], { record: { route: '/b' } }),
				series([1], { record: { route: '/a' }, role: 'truth' }),
				series([1], { record: { route: '/b' }, role: 'truth' })
			],
			['/a', '/b', 'truth /a', 'truth /b']
		);
	});
});
