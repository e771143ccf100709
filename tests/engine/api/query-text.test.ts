import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatQuery, parseQuery, queryExemplars, toJson } from '#engine/api';
import { ALL_FEATURES } from '#engine/promql';

/** Of each query the `data` of parse_query and of format_query, as Prometheus 3.14 wrote them. */
const TREES = readFileSync(new URL('query-trees.txt', import.meta.url), 'utf8')
	.trimEnd()
	.split('\n\n')
	.map((entry) => entry.split('\n') as [query: string, tree: string, formatted: string]);

const data = (json: string) => `{"status":"success","data":${json}}`;
const badData = (error: string) => ({ status: 'error', errorType: 'bad_data', error });

describe('the tree and the lines of a query', () => {
	it.each(TREES)('%s', (query, tree, formatted) => {
		expect(toJson('data', parseQuery(query, ALL_FEATURES))).toBe(data(tree));
		expect(toJson('data', formatQuery(query, ALL_FEATURES))).toBe(data(formatted));
	});

	it('are refused for what does not parse, or is not switched on', () => {
		const unclosed = 'invalid parameter "query": 1:5: parse error: unclosed left parenthesis';
		expect(formatQuery('sum(')).toEqual(badData(unclosed));
		expect(parseQuery('sum(')).toEqual(badData(unclosed));
		expect(parseQuery('x + fill(0) y')).toMatchObject({ status: 'error' });
	});
});

describe('exemplars', () => {
	it('are none, and without content for a query that looks at no series', () => {
		expect(queryExemplars({ query: 'rate(x[5m])' })).toMatchObject({ data: [] });
		for (const query of [
			'x',
			'sum by (a) (x)',
			'topk(scalar(x), vector(1))',
			'-(1 + x)',
			'x[5m:]'
		]) {
			expect(queryExemplars({ query })).toMatchObject({ data: [] });
		}
		expect(queryExemplars({ query: '1 + 2' })).toMatchObject({ data: undefined });
		expect(queryExemplars({ query: '"x"' })).toMatchObject({ data: undefined });
	});

	it.each([
		[
			{ query: 'x', start: 'y' },
			`invalid parameter "start": invalid time value for 'start': cannot parse "y" to a valid timestamp`
		],
		[{ query: 'x', start: '2', end: '1' }, 'end timestamp must not be before start timestamp'],
		[{ query: 'sum(' }, '1:5: parse error: unclosed left parenthesis']
	])('are refused for %j', (params, error) => {
		expect(queryExemplars(params)).toEqual(badData(error));
	});
});
