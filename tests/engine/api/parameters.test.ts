import { describe, expect, it } from 'vitest';
import { toJson, type QueryWishes } from '#engine/api';
import type { QueryOptions } from '#engine/promql';
import { testApi } from './support.ts';

const api = testApi();
const time = '1767603600';
const range = { start: '1767603600', end: '1767603600', step: '1' };
const truncated = ['results truncated due to limit'];
const badData = (error: string) => ({ status: 'error', errorType: 'bad_data', error });

describe('limit', () => {
	it('keeps the first series of a query, and warns', async () => {
		expect(toJson('query', await api.query({ query: 'x_total', time, limit: '1' }))).toBe(
			'{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"x_total","a":"1","b":"<&>é"},"value":[1767603600,"1"]}]},"warnings":["results truncated due to limit"]}'
		);
		expect(await api.query({ query: 'x_total[1m]', time, limit: '1' })).toMatchObject({
			data: { series: [{}] },
			warnings: truncated
		});
		expect(await api.queryRange({ query: 'x_total', ...range, limit: '1' })).toMatchObject({
			data: { series: [{}] },
			warnings: truncated
		});
	});

	it.each(['', '0', '2', '+3', '9223372036854775807'])(
		'of %j says nothing where there is no more',
		async (limit) => {
			const all = { warnings: [], infos: [] };
			const answer = await api.query({ query: 'x_total', time, limit });
			expect(answer).toMatchObject({ ...all, data: { samples: [{}, {}] } });
			expect(await api.queryRange({ query: 'x_total', ...range, limit })).toMatchObject(all);
			expect(await api.query({ query: '1', time, limit })).toMatchObject(all);
		}
	);

	it('keeps the first of a list, and warns', async () => {
		expect(await api.labels({ limit: '2' })).toMatchObject({
			data: ['__name__', 'a'],
			warnings: truncated
		});
		expect(await api.labelValues('a', { limit: '1' })).toMatchObject({
			data: ['1'],
			warnings: truncated
		});
		expect(await api.series({ match: ['x_total', 'g'], limit: '1' })).toMatchObject({
			data: [['__name__', 'g', 'http.path', '/q"\\\n']],
			warnings: truncated
		});
		expect(await api.labelValues('a', { limit: '2' })).toMatchObject({ warnings: [] });
	});

	it.each([
		['-1', 'limit must be non-negative'],
		['x', 'strconv.Atoi: parsing "x": invalid syntax'],
		['1.5', 'strconv.Atoi: parsing "1.5": invalid syntax'],
		['9223372036854775808', 'strconv.Atoi: parsing "9223372036854775808": value out of range']
	])('of %s is refused', async (limit, reason) => {
		const refused = badData(`invalid parameter "limit": ${reason}`);
		expect(await api.query({ query: '(', time: 'x', limit })).toEqual(refused);
		expect(await api.queryRange({ query: '(', ...range, limit })).toEqual(refused);
		expect(await api.labels({ limit, start: 'x' })).toEqual(refused);
		expect(await api.labelValues('a', { limit })).toEqual(refused);
		expect(await api.series({ match: ['['], limit })).toEqual(refused);
	});
});

describe('lookback_delta', () => {
	const late = String(Number(time) + 120);
	const found = async (lookbackDelta?: string) => {
		const answer = await api.query({ query: 'x_total', time: late, lookbackDelta });
		return (
			answer.status === 'success' && answer.data.type === 'vector' && answer.data.samples.length
		);
	};

	it('is how far back selectors look', async () => {
		expect(await found('1m')).toBe(0);
		expect(await found('91')).toBe(2);
	});

	it('is as usual when it is none', async () => {
		for (const none of [undefined, '', '0', '-5']) expect(await found(none)).toBe(2);
	});

	it('is refused in words of its own', async () => {
		expect(await api.query({ query: '1', lookbackDelta: 'x' })).toEqual(
			badData('error parsing lookback delta duration: cannot parse "x" to a valid duration')
		);
	});
});

describe('timeout', () => {
	const asked: (number | undefined)[] = [];
	const patient = testApi({
		queryOptions: (timeout): QueryOptions => {
			asked.push(timeout);
			return timeout === 1 ? { interrupt: () => 'timeout' } : {};
		}
	});

	it('is passed on in milliseconds, and ends the query', async () => {
		await patient.query({ query: 'x_total', timeout: '1m' });
		await patient.query({ query: 'x_total' });
		expect(await patient.query({ query: 'x_total', time, timeout: '0.001' })).toEqual({
			status: 'error',
			errorType: 'timeout',
			error: 'query timed out in expression evaluation'
		});
		expect(asked).toEqual([60_000, undefined, 1]);
	});

	it.each(['0', '0s', '-1'])('of %s is over before the query begins', async (timeout) => {
		const over = { errorType: 'timeout', error: 'query timed out in query execution' };
		expect(await api.query({ query: '1', timeout })).toMatchObject(over);
		expect(await api.query({ query: 'x_total * on() x_total', timeout })).toMatchObject(over);
		expect(await api.queryRange({ query: '1', ...range, timeout })).toMatchObject(over);
		expect(await api.query({ query: '(', timeout })).toMatchObject({ errorType: 'bad_data' });
	});

	it('must be a duration', async () => {
		const refused = badData('invalid parameter "timeout": cannot parse "x" to a valid duration');
		expect(await api.query({ query: '1', timeout: 'x' })).toEqual(refused);
		expect(await api.queryRange({ query: '1', ...range, timeout: 'x' })).toEqual(refused);
	});
});

describe('stats', () => {
	const warnings = async (wishes: QueryWishes) => {
		const answer = await api.query({ query: 'x_total', time, ...wishes });
		return answer.status === 'success' && answer.warnings;
	};

	it('other than true and all has a warning, after all others', async () => {
		for (const stats of [undefined, '', 'true', 'all'])
			expect(await warnings({ stats })).toEqual([]);
		expect(await warnings({ stats: '1', limit: '1' })).toEqual([
			...truncated,
			'value "1" for parameter "stats" is deprecated and will be rejected in the next major release, use "true" or "all"'
		]);
	});
});

describe('the limits of metadata', () => {
	it('are counted in metrics, and in what is said of each', async () => {
		const names = async (params: { limit?: string; limitPerMetric?: string }) => {
			const answer = await api.metadata(params);
			if (answer.status === 'error') return answer.error;
			return Object.entries(answer.data).map(([name, entries]) => `${name} ${entries.length}`);
		};
		expect(await names({})).toEqual(['x_total 2', 'g 1']);
		expect(await names({ limit: '1' })).toEqual(['g 1']);
		expect(await names({ limit: '0' })).toEqual([]);
		expect(await names({ limit: '-1' })).toHaveLength(2);
		expect(await names({ limitPerMetric: '1' })).toEqual(['x_total 1', 'g 1']);
		expect(await names({ limit: 'x' })).toBe('limit must be a number');
		expect(await names({ limitPerMetric: 'x' })).toBe('limit_per_metric must be a number');
	});
});

describe('time', () => {
	// As a Prometheus on amd64 answers.
	it.each([
		['NaN', '-9223372036.854'],
		['Inf', '-9223372036.854'],
		['-inf', '-9223372036.854'],
		['1e300', '0'],
		['9e15', '-412866226.847'],
		['1e17', '-2537764290.115'],
		['-1e18', '6930898827.444'],
		['9223372036', '9223372036']
	])('of %s is %s', async (asked, told) => {
		expect(await api.query({ query: 'time()', time: asked })).toMatchObject({
			data: { type: 'scalar', time: Number(told) * 1000, value: Number(told) }
		});
	});

	it('that no float can hold is refused', async () => {
		expect(await api.query({ query: '1', time: '1e999' })).toMatchObject({
			error:
				'invalid parameter "time": invalid time value for \'time\': cannot parse "1e999" to a valid timestamp'
		});
	});
});
