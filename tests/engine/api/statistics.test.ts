import { describe, expect, it } from 'vitest';
import { toJson, type ApiSources } from '#engine/api';
import { labels } from '#engine/model';
import { functionTable, type Call } from '#engine/promql';
import { Head } from '#engine/tsdb';
import { isEvaluatedOnce } from '../../../src/engine/api/statistics/evaluated-once.ts';
import { isStepInvariant } from '../../../src/engine/promql/invariance.ts';
import { T, testApi } from './support.ts';

/** Two counters, scraped every 15 s for two minutes. */
function head(): Head {
	const store = new Head();
	const appender = store.appender();
	for (let i = 0; i <= 8; i++) {
		appender.begin(T + i * 15_000);
		for (const a of ['1', '2']) appender.add(appender.ref(labels({ __name__: 'x', a })), i);
		appender.commit();
	}
	return store;
}

const sources = { querier: head(), now: () => T + 120_000 };
const instant = async (query: string, stats = 'all', more: Partial<ApiSources> = {}) => {
	const answer = await testApi({ ...sources, ...more }).query({ query, stats });
	if (answer.status === 'error') throw new Error(answer.error);
	return answer.data.stats;
};
const range = async (query: string, more: Partial<ApiSources> = {}) => {
	const seconds = (time: number) => String(time / 1000);
	const bounds = { start: seconds(T + 60_000), end: seconds(T + 120_000), step: '30s' };
	const api = testApi({ ...sources, ...more });
	const answer = await api.queryRange({ query, ...bounds, stats: 'all' });
	if (answer.status === 'error') throw new Error(answer.error);
	return answer.data.stats?.samples;
};

describe('samples of a query', () => {
	/** As Prometheus 3.14 counts them over the same data. */
	it.each([
		['1', 0, 0, 1],
		['"a"', 0, 0, 0],
		['x', 2, 2, 2],
		['x[1m]', 8, 8, 8],
		['sum(x)', 2, 2, 2],
		['rate(x[1m])', 8, 8, 6],
		['sum(rate(x[1m]))', 8, 8, 6],
		['x + x', 4, 4, 10],
		['timestamp(x)', 2, 2, 4],
		['max_over_time(rate(x[30s])[1m:15s])', 8, 10, 14],
		['x @ 1767603600', 2, 2, 2]
	])('%s: %d, of which it reads %d, and holds %d', async (query, total, read, peak) => {
		expect((await instant(query))?.samples).toEqual({
			totalQueryableSamples: total,
			samplesRead: read,
			peakSamples: peak
		});
	});

	it.each([
		['x', 6, 6, [2, 2, 2], [2, 2, 2]],
		['rate(x[1m])', 24, 16, [8, 8, 8], [8, 4, 4]],
		['rate(x[1m] @ end())', 24, 8, [8, 8, 8], [8, 0, 0]],
		['x @ start()', 6, 2, [2, 2, 2], [2, 0, 0]],
		['time()', 0, 0, [0, 0, 0], [0, 0, 0]]
	])('%s over a range', async (query, total, read, totals, reads) => {
		expect(await range(query, { perStepStatistics: true })).toMatchObject({
			totalQueryableSamples: total,
			samplesRead: read,
			perStep: {
				times: [T + 60_000, T + 90_000, T + 120_000],
				totalQueryableSamples: totals,
				samplesRead: reads
			}
		});
	});

	it('are told for each step only where that is switched on', async () => {
		expect(await range('x')).not.toHaveProperty('perStep');
		expect((await instant('x', 'true', { perStepStatistics: true }))?.samples).not.toHaveProperty(
			'perStep'
		);
	});

	it('are not told when counting them takes too long', async () => {
		let asked = 0;
		let answering = Infinity;
		const queryOptions = () => ({
			interrupt: () => (++asked > answering ? ('timeout' as const) : undefined)
		});
		await instant('sum(x)', '', { queryOptions });
		answering = asked;
		asked = 0;
		const stats = await instant('sum(x)', 'all', { queryOptions });
		expect(stats).toHaveProperty('timings');
		expect(stats?.samples).toBeUndefined();
	});
});

describe('timings', () => {
	it('are those of the clock that is given, in seconds', async () => {
		let now = 0;
		const stats = await instant('x', 'true', { clock: () => (now += 250) });
		expect(stats?.timings).toEqual({
			evalTotalTime: 0.25,
			resultSortTime: 0,
			queryPreparationTime: 0,
			innerEvalTime: 0.25,
			execQueueTime: 0,
			execTotalTime: 0.25
		});
	});
});

describe('statistics', () => {
	it('are written as Prometheus writes them', async () => {
		const api = testApi({ ...sources, clock: () => 0, perStepStatistics: true });
		expect(toJson('query', await api.query({ query: 'count(x)', stats: 'all' }))).toBe(
			'{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1767603720,"2"]}],"stats":{' +
				'"timings":{"evalTotalTime":0,"resultSortTime":0,"queryPreparationTime":0,"innerEvalTime":0,"execQueueTime":0,"execTotalTime":0},' +
				'"samples":{"totalQueryableSamplesPerStep":[[1767603720,2]],"totalQueryableSamples":2,' +
				'"samplesReadPerStep":[[1767603720,2]],"samplesRead":2,"peakSamples":2}}}}'
		);
	});

	it('are not told unless they are asked for, and with a warning for any other word', async () => {
		const api = testApi(sources);
		expect(await api.query({ query: 'x' })).not.toHaveProperty('data.stats');
		expect(await api.query({ query: 'x', stats: '' })).not.toHaveProperty('data.stats');
		const odd = await api.query({ query: 'x', stats: '1' });
		expect(odd).toHaveProperty('data.stats.samples');
		expect(odd).toMatchObject({ warnings: [expect.stringContaining('deprecated') as string] });
	});
});

it('know the same functions to vary with the step as the evaluation', () => {
	const span = { from: 0, to: 0 };
	for (const func of functionTable.keys()) {
		const call: Call = {
			kind: 'call',
			span,
			func,
			args: [{ kind: 'number', span, value: 1, isDuration: false }]
		};
		expect([func, isEvaluatedOnce(call)]).toEqual([func, isStepInvariant(call)]);
	}
});
