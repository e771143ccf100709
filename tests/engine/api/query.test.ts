import { describe, expect, it } from 'vitest';
import { toJson } from '#engine/api';
import { T, testApi } from './support.ts';

const api = testApi();

async function check(query: string, time: string | undefined, expected: string): Promise<void> {
	expect(toJson('query', await api.query({ query, time }))).toBe(expected);
}

function data(type: string, result: string): string {
	return `{"status":"success","data":{"resultType":"${type}","result":${result}}}`;
}

function badData(message: string): string {
	return `{"status":"error","errorType":"bad_data","error":"${message}"}`;
}

describe('the body of an instant query', () => {
	it('is, for a vector, samples with their labels, which are not made safe for HTML', async () => {
		await check(
			'x_total',
			'1767603600',
			data(
				'vector',
				'[{"metric":{"__name__":"x_total","a":"1","b":"<&>é"},"value":[1767603600,"1"]},' +
					'{"metric":{"__name__":"x_total","a":"2","b":"<&>é"},"value":[1767603600,"1e-07"]}]'
			)
		);
	});

	it('is, for a range selector, the samples themselves', async () => {
		await check(
			'x_total{a="1"}[5m]',
			'1767603630',
			data(
				'matrix',
				'[{"metric":{"__name__":"x_total","a":"1","b":"<&>é"},"values":[[1767603600,"1"],[1767603615.123,"2.5"],[1767603630,"1e+30"]]}]'
			)
		);
	});

	it('is, for a scalar or a string, one value, without exponents', async () => {
		await check('1e30', '1767603600.5', data('scalar', `[1767603600.5,"1${'0'.repeat(30)}"]`));
		await check('1e-7', '0', data('scalar', '[0,"0.0000001"]'));
		await check(
			'"a<b> \\"q\\" \\\\b \\x08\\x0c\\x01\\n"',
			'-1.5',
			data('string', '[-1.5,"a\\u003cb\\u003e \\"q\\" \\\\b \\b\\f\\u0001\\n"]')
		);
	});

	it('is empty when nothing is found', async () => {
		await check('nosuch', undefined, data('vector', '[]'));
		await check('nosuch[5m]', undefined, data('matrix', '[]'));
	});

	it('is at the present when no time is given', async () => {
		await check('time()', undefined, data('scalar', '[1767603630,"1767603630"]'));
		await check('time()', '', data('scalar', '[1767603630,"1767603630"]'));
	});

	it.each([
		['1e20', '100000000000000000000'],
		['1e21', '1e+21'],
		['-1e-6', '-0.000001'],
		['9.9e-7', '9.9e-07'],
		['1e-300', '1e-300'],
		['0/0', 'NaN'],
		['-1/0', '-Inf']
	])('writes the sample %s as %s', async (value, text) => {
		const expected = `[{"metric":{},"value":[1767603600,"${text}"]}]`;
		await check(`vector(${value})`, '1767603600', data('vector', expected));
	});

	it.each([
		['1767603600', '1767603600'],
		['1767603600.1', '1767603600.100'],
		['1767603600.05', '1767603600.050'],
		['1767603600.0006', '1767603600.001'],
		['1.7676036e9', '1767603600'],
		['-0.001', '-0.001'],
		['-1.5', '-1.500'],
		['2026-01-05T09:00:00Z', '1767603600'],
		['2026-01-05T09:00:00.5Z', '1767603600.500'],
		['2026-01-05T09:00:00.123999999Z', '1767603600.123'],
		['2026-01-05T10:00:00+01:00', '1767603600'],
		['2026-01-05T08:30:00-00:30', '1767603600']
	])('reads the time %s as %s', async (time, seconds) => {
		await check('vector(1)', time, data('vector', `[{"metric":{},"value":[${seconds},"1"]}]`));
	});
});

describe('a bad instant query', () => {
	it.each([
		'x',
		'1e400',
		'2026-01-05',
		'2026-01-05T09:00:00',
		'2026-02-30T00:00:00Z',
		'2026-01-01T24:00:00Z'
	])('has a time like %s', async (time) => {
		const message = `invalid parameter \\"time\\": invalid time value for 'time': cannot parse \\"${time}\\" to a valid timestamp`;
		await check('1', time, badData(message));
	});

	it('does not parse', async () => {
		await check(
			'sum(',
			'0',
			badData('invalid parameter \\"query\\": 1:5: parse error: unclosed left parenthesis')
		);
		await check(
			'',
			'0',
			badData(
				'invalid parameter \\"query\\": unknown position: parse error: no expression found in input'
			)
		);
	});

	it('has its error made safe for HTML', async () => {
		await check(
			'1',
			'<',
			badData(
				`invalid parameter \\"time\\": invalid time value for 'time': cannot parse \\"\\u003c\\" to a valid timestamp`
			)
		);
	});

	it('fails in the evaluation', async () => {
		const response = await api.query({ query: 'x_total * on() x_total', time: '1767603600' });
		expect(response).toMatchObject({ status: 'error', errorType: 'execution' });
	});
});

describe('annotations', () => {
	it('are told as warnings and infos', async () => {
		const response = await api.query({ query: 'rate(g[5m])', time: '1767603600' });
		expect(response).toMatchObject({ status: 'success', warnings: [] });
		const warned = await api.query({ query: 'quantile(2, x_total)', time: '1767603600' });
		expect(toJson('query', warned)).toMatch(
			/"warnings":\["PromQL warning: quantile value should be between 0 and 1, got 2 \(1:10\)"\]}$/
		);
	});
});

it('a raw range of samples is a copy, which may be taken away', async () => {
	const ask = () => api.query({ query: 'x_total[1m]', time: '1767603630' });
	const response = await ask();
	const again = await ask();
	if (response.status !== 'success' || response.data.type !== 'matrix') throw new Error('no data');
	const buffers = response.data.series.map(({ values }) => values.buffer as ArrayBuffer);
	structuredClone(response, { transfer: buffers });
	expect(await ask()).toEqual(again);
});

describe('a range query', () => {
	async function checkRange(
		query: string,
		[start, end, step]: readonly [string, string, string],
		expected: string
	): Promise<void> {
		expect(toJson('query_range', await api.queryRange({ query, start, end, step }))).toBe(expected);
	}

	it('gives a matrix', async () => {
		await checkRange(
			'x_total{a="1"}',
			['1767603585', '1767603615.5', '7.5'],
			data(
				'matrix',
				'[{"metric":{"__name__":"x_total","a":"1","b":"<&>é"},"values":[[1767603600,"1"],[1767603607.500,"1"],[1767603615,"1"]]}]'
			)
		);
		await checkRange(
			'1',
			['2026-01-05T09:00:00Z', '1767603660', '1m'],
			data('matrix', '[{"metric":{},"values":[[1767603600,"1"],[1767603660,"1"]]}]')
		);
		await checkRange('nosuch', ['0', '0', '1'], data('matrix', '[]'));
	});

	it.each([
		['x', '1', '1', 'invalid parameter "start": cannot parse "x" to a valid timestamp'],
		['', '1', '1', 'invalid parameter "start": cannot parse "" to a valid timestamp'],
		['1', 'x', '1', 'invalid parameter "end": cannot parse "x" to a valid timestamp'],
		['2', '1', 'x', 'invalid parameter "end": end timestamp must not be before start time'],
		['1', '2', 'x', 'invalid parameter "step": cannot parse "x" to a valid duration'],
		['1', '2', '', 'invalid parameter "step": cannot parse "" to a valid duration'],
		['1', '2', '1e400', 'invalid parameter "step": cannot parse "1e400" to a valid duration'],
		[
			'1',
			'2',
			'1e10',
			'invalid parameter "step": cannot parse "1e10" to a valid duration. It overflows int64'
		],
		[
			'1',
			'2',
			'Inf',
			'invalid parameter "step": cannot parse "Inf" to a valid duration. It overflows int64'
		],
		...['0', '-1', 'NaN', '0s', '1e-10'].map((step) => [
			'1',
			'2',
			step,
			'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer'
		]),
		[
			'0',
			'11001',
			'1',
			'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)'
		]
	] as string[][])('from %s to %s by %s is refused: %s', async (start, end, step, error) => {
		expect(await api.queryRange({ query: '1', start: start!, end: end!, step: step! })).toEqual({
			status: 'error',
			errorType: 'bad_data',
			error
		});
	});

	it('may have 11,001 points', async () => {
		const response = await api.queryRange({ query: '1', start: '0', end: '11000.9', step: '1' });
		expect(response.status === 'success' && response.data.grid).toEqual({
			start: 0,
			step: 1000,
			count: 11_001
		});
	});

	it('is of a scalar or an instant vector', async () => {
		await checkRange(
			'x_total[5m]',
			['0', '1', '1'],
			badData(
				'invalid parameter \\"query\\": invalid expression type \\"range vector\\" for range query, must be Scalar or instant Vector'
			)
		);
	});
});

it('a query at the present sees what is there', async () => {
	const response = await testApi({ now: () => T }).query({ query: 'count(x_total)' });
	expect(response).toMatchObject({ data: { samples: [{ value: 2 }] } });
});
