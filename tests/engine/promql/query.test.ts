import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLabels, labels } from '#engine/model';
import { functionTable, query, queryRange, type QueryOptions } from '#engine/promql';
import { createMemoryStore, metric, type MemoryStore, type Point } from './memory-querier.ts';

const MINUTE = 60_000;

/** Two jobs of two instances; a counter with a reset, a gauge with holes and an end, and buckets; scraped every 15 s. */
function shop(): MemoryStore {
	const store = createMemoryStore();
	for (const job of ['api', 'web']) {
		for (const instance of ['0', '1']) {
			const times = Float64Array.from(
				{ length: 60 },
				(_, i) => i * 15_000 + Number(instance) * 7000
			);
			const add = (name: string, extra: Record<string, string>, at: (i: number) => number) =>
				store.addColumns({
					labels: metric(name, { job, instance, ...extra }),
					times,
					values: Float64Array.from(times, (_, i) => at(i)),
					start: 0,
					end: 60
				});
			add('requests_total', {}, (i) => (i < 33 ? i * 7 : i * 3));
			add('late_total', {}, (i) => i);
			for (const [le, share] of [
				['0.1', 1],
				['1', 3],
				['+Inf', 4]
			] as const) {
				add('latency_bucket', { le }, (i) => i * share);
			}
			const points = Array.from(times, (_, i): Point =>
				i === 40 ? 'stale' : i % 7 === 3 ? 'absent' : Math.sin(i) * 10
			);
			store.addPoints(metric('temperature', { job, instance }), Array.from(times), points);
		}
	}
	return store;
}

describe('query', () => {
	const store = shop();
	const at = 10 * MINUTE;

	it('gives a scalar, a string or a vector, at the time asked for', () => {
		expect(query(store, '1 + 1', at)).toMatchObject({
			result: { type: 'scalar', time: at, value: 2 }
		});
		expect(query(store, '("a")', at)).toMatchObject({
			result: { type: 'string', time: at, value: 'a' }
		});
		expect(query(store, 'vector(1)', at)).toMatchObject({
			result: { type: 'vector', time: at, samples: [{ labels: [], value: 1 }] }
		});
	});

	it('gives the samples of a range vector, in (t - range, t]', () => {
		const outcome = query(store, 'requests_total{job="api",instance="0"}[30s]', at);
		expect(outcome).toMatchObject({
			result: {
				type: 'matrix',
				series: [{ times: Float64Array.of(585_000, 600_000), values: Float64Array.of(117, 120) }]
			}
		});
	});

	it('sorts a vector by labels', () => {
		const outcome = query(store, 'requests_total', at);
		if (!outcome.ok || outcome.result.type !== 'vector') throw new Error('no vector');
		expect(outcome.result.samples.map((sample) => formatLabels(sample.labels))).toEqual([
			'requests_total{instance="0", job="api"}',
			'requests_total{instance="0", job="web"}',
			'requests_total{instance="1", job="api"}',
			'requests_total{instance="1", job="web"}'
		]);
	});

	it('says that a text is no PromQL, and where', () => {
		expect(query(store, 'sum(', at)).toEqual({
			ok: false,
			errorType: 'bad_data',
			message: '1:5: parse error: unclosed left parenthesis'
		});
	});

	it('says why an evaluation cannot go on', () => {
		expect(query(store, 'requests_total / on (job) requests_total', at)).toMatchObject({
			ok: false,
			errorType: 'execution'
		});
	});

	it('counts the column of an annotation in bytes, from the line it is on', () => {
		const outcome = query(store, 'label_replace(\n  rate(temperature[1m]), "l", "ä", "", "")', at);
		expect(outcome).toMatchObject({
			annotations: [
				{
					level: 'info',
					text: 'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "temperature" (2:8)'
				}
			]
		});
		const quoted = query(store, 'label_replace(up, "ö", "", "", "") or rate(temperature[1m])', at);
		expect(quoted).toMatchObject({ annotations: [{ text: expect.stringMatching(/\(1:45\)$/) }] });
	});

	it('looks back as far as it is told to', () => {
		const check = (options: QueryOptions, found: number) =>
			expect(query(store, 'count(requests_total)', 16 * MINUTE, options)).toMatchObject({
				result: { samples: found === 0 ? [] : [{ value: found }] }
			});
		check({}, 4);
		check({ lookback: MINUTE }, 0);
		check({ lookback: 75_000 }, 2);
	});

	it('evaluates a subquery without a step at the default one', () => {
		const check = (options: QueryOptions, steps: number) =>
			expect(query(store, 'count_over_time(vector(1)[10m:])', at, options)).toMatchObject({
				result: { samples: [{ value: steps }] }
			});
		check({}, 10);
		check({ defaultSubqueryStep: 2 * MINUTE }, 5);
	});

	it('stops when it would hold too many samples', () => {
		const range = { start: 0, end: at, step: 15_000 };
		expect(queryRange(store, 'requests_total', range, { maxSamples: 150 })).toEqual({
			ok: false,
			errorType: 'execution',
			message: 'query processing would load too many samples into memory in query execution'
		});
		expect(queryRange(store, 'requests_total', range, { maxSamples: 164 }).ok).toBe(true);
	});
});

describe('queryRange', () => {
	const store = shop();

	it('refuses what is no scalar or instant vector', () => {
		const check = (text: string, type: string) =>
			expect(queryRange(store, text, { start: 0, end: MINUTE, step: MINUTE })).toEqual({
				ok: false,
				errorType: 'bad_data',
				message: `invalid expression type "${type}" for range query, must be Scalar or instant Vector`
			});
		check('requests_total[1m]', 'range vector');
		check('"text"', 'string');
	});

	it('evaluates a scalar as one series without labels', () => {
		expect(queryRange(store, 'time()', { start: 0, end: 2000, step: 1000 })).toMatchObject({
			result: { series: [{ labels: [], values: Float64Array.of(0, 1, 2) }] }
		});
	});

	it('takes as many steps as fit between start and end', () => {
		expect(queryRange(store, '1', { start: 0, end: 2999, step: 1000 })).toMatchObject({
			result: { grid: { start: 0, step: 1000, count: 3 } }
		});
	});

	it('sorts series by labels, whatever the query orders', () => {
		const range = { start: 0, end: 10 * MINUTE, step: MINUTE };
		const outcome = queryRange(store, 'sort_desc(sum by (job) (requests_total))', range);
		if (!outcome.ok) throw new Error(outcome.message);
		expect(outcome.result.series.map((series) => series.labels)).toEqual([
			labels({ job: 'api' }),
			labels({ job: 'web' })
		]);
	});
});

const QUERIES = [
	'requests_total',
	'temperature',
	'temperature offset 1m',
	'rate(requests_total[1m])',
	'increase(requests_total[50s] offset 20s)',
	'deriv(temperature[2m])',
	'max_over_time(temperature[2m])',
	'quantile_over_time(0.3, temperature[3m])',
	'changes(temperature[3m])',
	'avg_over_time(rate(requests_total[1m])[2m:20s])',
	'sum by (job) (rate(requests_total[1m]))',
	'stddev without (instance) (temperature)',
	'quantile(0.4, temperature)',
	'count_values("v", requests_total)',
	'histogram_quantile(0.9, sum by (le) (rate(latency_bucket[1m])))',
	'requests_total / on (job, instance) group_right late_total',
	'requests_total and (temperature > 0)',
	'temperature or requests_total',
	'absent(temperature > 9)',
	'timestamp(temperature)',
	'sum(temperature > 5) or vector(0)'
];

describe('a range query', () => {
	const store = shop();
	it('is at each step what an instant query is at that time', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...QUERIES),
				fc.integer({ min: -60, max: 900 }),
				fc.integer({ min: 1, max: 120 }),
				(text, start, step) => {
					const range = { start: start * 1000, end: (start + 5 * step) * 1000, step: step * 1000 };
					const whole = queryRange(store, text, range);
					if (!whole.ok) throw new Error(whole.message);
					for (let i = 0; i < whole.result.grid.count; i++) {
						const single = query(store, text, range.start + i * range.step);
						if (!single.ok || single.result.type !== 'vector') throw new Error(text);
						const there = whole.result.series.filter(({ present }) => present[i] === 1);
						expect(there.map(({ labels, values }) => ({ labels, value: values[i] }))).toEqual(
							single.result.samples
						);
					}
				}
			),
			{ numRuns: 150 }
		);
	});
});

describe('the function table', () => {
	it('knows all 90 functions of Prometheus 3.14', () => {
		expect(functionTable.size).toBe(90);
	});
	it('has a line of documentation for each', () => {
		for (const { doc } of functionTable.values()) expect(doc).toMatch(/^[A-Z0-9].*\.$/);
	});
});
