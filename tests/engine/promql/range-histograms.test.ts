import { describe, expect, it } from 'vitest';
import { formatHistogram } from '#engine/model';
import { ALL_FEATURES, query } from '#engine/promql';
import { parseHistogramLiteral } from '../../promql/histogram-literal.ts';
import { createMemoryStore, metric, type Point } from './memory-querier.ts';

const h = (text: string): Point => parseHistogramLiteral(`{{${text}}}`).histogram;
const exponential = (count: number, hint = '') =>
	h(`schema:0 count:${count} sum:${count} buckets:[${count}] ${hint}`);
const custom = (count: number, bounds = '5 10') =>
	h(`schema:-53 count:${count} sum:${count} custom_values:[${bounds}] buckets:[${count}]`);
const gauge = 'counter_reset_hint:gauge';

/** What is asked about, by name; a sample each minute from 1m on. */
const SERIES: Readonly<Record<string, readonly Point[]>> = {
	counter: [exponential(1), exponential(3), exponential(6)],
	gauge: [exponential(4, gauge), exponential(1, gauge), exponential(3, gauge)],
	reset: [exponential(5), exponential(2), exponential(3)],
	mixed: [1, exponential(2), exponential(3), 5],
	unlike: [exponential(1), custom(2)],
	coarser: [h('schema:1 count:1 sum:1 buckets:[0 1]'), h('count:3 sum:3 buckets:[1 2]')],
	nhcb: [custom(1), custom(3)],
	bounds: [custom(1), custom(3, '5 20')],
	floats: [1, 2]
};

const store = createMemoryStore();
for (const [name, points] of Object.entries(SERIES)) {
	store.addPoints(
		metric(name),
		points.map((_, i) => (i + 1) * 60_000),
		points
	);
}

/** Result and annotations of a query at 5m: each value or histogram, each text without prefix. */
function ask(text: string): readonly string[] {
	const outcome = query(store, text, 300_000, { features: ALL_FEATURES });
	if (!outcome.ok || outcome.result.type !== 'vector') throw new Error(JSON.stringify(outcome));
	return [
		...outcome.result.samples.map(({ value, histogram }) =>
			histogram ? formatHistogram(histogram) : String(value)
		),
		...outcome.annotations.map((one) => one.text.replace(/^PromQL /, ''))
	];
}

const notACounter = (name: string, at: string) =>
	`warning: this native histogram metric is not a counter: "${name}" (${at})`;
const notAGauge = (name: string, at: string) =>
	`warning: this native histogram metric is not a gauge: "${name}" (${at})`;
const mixedSamples = (at: string) =>
	`warning: encountered a mix of histograms and floats for metric name "mixed" (${at})`;
const ignored = (at: string) =>
	`info: ignored histograms in a range containing both floats and histograms for metric name "mixed" (${at})`;
const mixedSchemas = (at: string) =>
	`warning: vector contains a mix of histograms with exponential and custom buckets schemas for metric name "unlike" (${at})`;
const reconciled = (operation: string, at: string) =>
	`info: mismatched custom buckets were reconciled during ${operation} (${at})`;

describe('range vector functions of native histograms', () => {
	it.each<[string, readonly string[]]>([
		['increase(counter[5m])', ['{count:7.25, sum:7.25, (0.5,1]:7.25}']],
		[
			'rate(counter[5m])',
			['{count:0.02416666666666667, sum:0.02416666666666667, (0.5,1]:0.02416666666666667}']
		],
		['increase(reset[5m])', ['{count:5.25, sum:5.25, (0.5,1]:5.25}']],
		['increase(counter[5m] anchored)', ['{count:5, sum:5, (0.5,1]:5}']],
		['increase(reset[5m] anchored)', ['{count:3, sum:3, (0.5,1]:3}']],
		['increase(counter[90s] smoothed)', []],
		['increase(coarser[5m])', ['{count:4, sum:4, (0.5,1]:2, (1,2]:2}']],
		['increase(nhcb[5m])', ['{count:4, sum:4, [-Inf,5]:4}']],
		['irate(counter[5m])', ['{count:0.05, sum:0.05, (0.5,1]:0.05}']],
		[
			'irate(reset[4m])',
			['{count:0.016666666666666666, sum:0.016666666666666666, (0.5,1]:0.016666666666666666}']
		],
		['changes(counter[5m])', ['2']],
		['resets(reset[5m])', ['1']],
		['changes(mixed[5m])', ['3']],
		['resets(mixed[5m])', ['2']],
		['sum_over_time(counter[5m])', ['{count:10, sum:10, (0.5,1]:10}']],
		[
			'avg_over_time(gauge[5m])',
			['{count:2.6666666666666665, sum:2.6666666666666665, (0.5,1]:2.6666666666666665}']
		],
		['last_over_time(mixed[5m])', ['5']],
		['last_over_time(counter[5m])', ['{count:6, sum:6, (0.5,1]:6}']],
		['first_over_time(counter[5m])', ['{count:1, sum:1, (0.5,1]:1}']],
		['count_over_time(mixed[5m])', ['4']],
		['present_over_time(counter[5m])', ['1']],
		['absent_over_time(counter[5m])', []],
		['ts_of_first_over_time(counter[5m])', ['60']],
		['ts_of_last_over_time(counter[5m])', ['180']],
		['timestamp(counter)', ['180']],
		['timestamp(counter * 2)', ['300']],
		['max_over_time(counter[5m])', []],
		['deriv(counter[5m])', []],
		['sum_over_time(counter[5m:1m])', ['{count:22, sum:22, (0.5,1]:22}']]
	])('%s', (text, expected) => {
		expect(ask(text)).toEqual(expected);
	});
});

describe('annotations of range vector functions', () => {
	it.each<[string, readonly string[]]>([
		['rate(mixed[5m])', [mixedSamples('1:6')]],
		['sum(increase(mixed[5m] anchored))', [mixedSamples('1:14')]],
		['avg_over_time(mixed[5m])', [mixedSamples('1:15')]],
		['irate(mixed[5m])', [mixedSamples('1:7')]],
		['max_over_time(mixed[5m])', ['5', ignored('1:15')]],
		['quantile_over_time(0, mixed[5m])', ['1', ignored('1:20')]],
		['ts_of_max_over_time(mixed[5m])', ['240', ignored('1:21')]],
		['deriv(mixed[5m])', ['0.022222222222222223', ignored('1:7')]],
		['mixed smoothed', [mixedSamples('1:1')]],
		['histogram_count(increase(gauge[5m]))', ['5.25', notACounter('gauge', '1:26')]],
		['histogram_count(irate(gauge[5m]))', ['0.03333333333333333', notACounter('gauge', '1:23')]],
		['histogram_count(increase(gauge[5m] anchored))', ['3', notACounter('gauge', '1:26')]],
		['histogram_count(delta(counter[5m]))', ['8.75', notAGauge('counter', '1:23')]],
		['histogram_count(idelta(counter[5m]))', ['3', notAGauge('counter', '1:24')]],
		['histogram_count(delta(counter[5m] smoothed))', ['5', notAGauge('counter', '1:23')]],
		['delta(gauge[5m])', ['{count:-1.75, sum:-1.75, (0.5,1]:-1.75}']],
		[
			'rate(unlike[5m])',
			['{count:0.013333333333333334, sum:0.013333333333333334, [-Inf,5]:0.013333333333333334}']
		],
		['sum_over_time(unlike[5m])', [mixedSchemas('1:15')]],
		['delta(unlike[5m])', [mixedSchemas('1:7')]],
		['rate(unlike[5m] anchored)', [mixedSchemas('1:6')]],
		[
			'sum_over_time(bounds[5m])',
			['{count:4, sum:4, [-Inf,5]:4}', reconciled('aggregation', '1:15')]
		],
		[
			'increase(bounds[5m] anchored)',
			['{count:2, sum:2, [-Inf,5]:2}', reconciled('subtraction', '1:10')]
		],
		['rate(mixed[5m:1m])', [mixedSamples('1:1')]],
		[
			'rate(floats[5m])',
			[
				'0.008333333333333333',
				'info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "floats" (1:6)'
			]
		]
	])('%s', (text, expected) => {
		expect(ask(text)).toEqual(expected);
	});
});

describe('a bare range vector', () => {
	it('shows histograms as they are', () => {
		const outcome = query(store, 'mixed[3m]', 240_000);
		expect(outcome).toMatchObject({
			ok: true,
			result: { series: [{ histograms: [{ count: 2 }, { count: 3 }, undefined], end: 3 }] }
		});
	});
});

describe('a query for totals only', () => {
	it('says what a query for whole histograms would, save for bounds it does not see', () => {
		expect(ask('histogram_count(sum_over_time(bounds[5m]))')).toEqual(['4']);
	});
});
