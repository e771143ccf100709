import { describe, expect, it } from 'vitest';
import { httpStatus, toJson, type ApiErrorType, type SeriesParams } from '#engine/api';
import { testApi } from './support.ts';

const api = testApi();

function refused(error: string): object {
	return { status: 'error', errorType: 'bad_data', error };
}

describe('label names', () => {
	async function check(params: SeriesParams, expected: string[]): Promise<void> {
		expect(await api.labels(params)).toMatchObject({ status: 'success', data: expected });
	}

	it('are those of all series, or of the series that a selector finds', async () => {
		await check({}, ['__name__', 'a', 'b', 'http.path', 'zone']);
		await check({ match: ['x_total'] }, ['__name__', 'a', 'b']);
		await check({ match: ['old', 'g'] }, ['__name__', 'http.path', 'zone']);
		await check({ match: ['nosuch'] }, []);
	});

	it('are those of series with samples in the range', async () => {
		await check({ start: '1767603600' }, ['__name__', 'a', 'b', 'http.path']);
		await check({ end: '1767603599.999' }, ['__name__', 'zone']);
		await check({ start: '-292273086-05-16T16:47:06Z', end: '2026-01-05T09:00:00Z' }, [
			'__name__',
			'a',
			'b',
			'http.path',
			'zone'
		]);
	});

	it('are refused for bad parameters', async () => {
		expect(await api.labels({ start: 'x' })).toEqual(
			refused(
				`invalid parameter "start": invalid time value for 'start': cannot parse "x" to a valid timestamp`
			)
		);
		expect(await api.labels({ match: ['x['] })).toMatchObject({ errorType: 'bad_data' });
		expect(await api.labels({ match: ['{}'] })).toEqual(
			refused('match[] must contain at least one non-empty matcher')
		);
		expect(await api.labels({ match: ['{a=~".*"}'] })).toEqual(
			refused('match[] must contain at least one non-empty matcher')
		);
	});

	it('are written as a list', async () => {
		expect(toJson('labels', await api.labels({ match: ['old'] }))).toBe(
			'{"status":"success","data":["__name__","zone"]}'
		);
		expect(toJson('labels', await api.labels({ match: ['nosuch'] }))).toBe(
			'{"status":"success","data":[]}'
		);
	});
});

describe('label values', () => {
	it.each([
		['a', {}, ['1', '2']],
		['a', { match: ['g'] }, []],
		['__name__', {}, ['g', 'old', 'x_total']],
		['__name__', { match: ['x_total', 'g'] }, ['g', 'x_total']],
		['http.path', {}, ['/q"\\\n']],
		['U__http_2e_path', {}, ['/q"\\\n']],
		['U____name__', {}, []],
		['U______name____', {}, ['g', 'old', 'x_total']],
		['nosuch', {}, []]
	] as [string, SeriesParams, string[]][])('of %s for %j', async (name, params, expected) => {
		expect(await api.labelValues(name, params)).toMatchObject({ data: expected });
	});

	it('are made safe for HTML', async () => {
		expect(toJson('labels', await api.labelValues('b', {}))).toBe(
			'{"status":"success","data":["\\u003c\\u0026\\u003eé"]}'
		);
	});

	it('need a name', async () => {
		expect(await api.labelValues('', {})).toEqual(refused('invalid label name: ""'));
	});
});

describe('series', () => {
	it('are found by any of several selectors, each once', async () => {
		const response = await api.series({ match: ['{a="1"}', 'x_total', 'old'] });
		expect(toJson('series', response)).toBe(
			'{"status":"success","data":[{"__name__":"old","zone":"é"},' +
				'{"__name__":"x_total","a":"1","b":"<&>é"},{"__name__":"x_total","a":"2","b":"<&>é"}]}'
		);
	});

	it('have their labels escaped as JSON needs', async () => {
		expect(toJson('series', await api.series({ match: ['g'] }))).toBe(
			'{"status":"success","data":[{"__name__":"g","http.path":"/q\\"\\\\\\n"}]}'
		);
	});

	it('are refused without a selector, or with a bad one', async () => {
		expect(await api.series({})).toEqual(refused('no match[] parameter provided'));
		expect(await api.series({ match: ['{}'] })).toEqual(
			refused('invalid parameter "match[]": match[] must contain at least one non-empty matcher')
		);
		expect(await api.series({ match: ['g', ''] })).toEqual(
			refused('invalid parameter "match[]": unknown position: parse error: unexpected end of input')
		);
	});
});

describe('metadata', () => {
	it('is told once for each metric, sorted, untyped as unknown', async () => {
		expect(toJson('metadata', await api.metadata({}))).toBe(
			'{"status":"success","data":{"g":[{"type":"unknown","unit":"seconds","help":""}],' +
				'"x_total":[{"type":"counter","unit":"","help":"Xs, \\u003cb\\u003eall\\u003c/b\\u003e."},' +
				'{"type":"gauge","unit":"","help":"Xs"}]}}'
		);
	});

	it('can be asked of one metric', async () => {
		expect(toJson('metadata', await api.metadata({ metric: 'g' }))).toBe(
			'{"status":"success","data":{"g":[{"type":"unknown","unit":"seconds","help":""}]}}'
		);
		expect(toJson('metadata', await api.metadata({ metric: 'nosuch' }))).toBe(
			'{"status":"success","data":{}}'
		);
	});
});

it.each([
	['bad_data', 400],
	['not_found', 404],
	['execution', 422],
	['canceled', 499],
	['internal', 500],
	['timeout', 503]
] as [ApiErrorType, number][])('%s comes with HTTP status %d', (errorType, status) => {
	expect(httpStatus(errorType)).toBe(status);
});

it('warnings and infos are written when there are some', () => {
	const response = { status: 'success', data: [], warnings: ['a', 'b'], infos: ['<'] } as const;
	expect(toJson('labels', response)).toBe(
		'{"status":"success","data":[],"warnings":["a","b"],"infos":["\\u003c"]}'
	);
});
