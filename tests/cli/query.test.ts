import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { query } from '../../src/cli/query.ts';
import { UsageError } from '../../src/cli/usage-error.ts';

let folder = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'lab-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
	const path = join(folder, name);
	writeFileSync(path, text);
	return path;
}

const samples = () =>
	file(
		'samples.om',
		`# TYPE x counter
x_total{a="1"} 1 100
x_total{a="1"} 5 115
x_total{a="1"} 9 130
x_total{a="1"} 13 145
x_total{a="2"} 3 145
# EOF
`
	);

describe('lab query --openmetrics', () => {
	it.each([
		[
			['x_total'],
			'{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"x_total","a":"1"},"value":[145,"13"]},{"metric":{"__name__":"x_total","a":"2"},"value":[145,"3"]}]}}'
		],
		[
			['--time', '130', 'x_total'],
			'{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"x_total","a":"1"},"value":[130,"9"]}]}}'
		],
		[
			['increase(x_total[1m])'],
			'{"status":"success","data":{"resultType":"vector","result":[{"metric":{"a":"1"},"value":[145,"13"]}]}}'
		],
		[
			['--start', '15s', '--end', '45s', '--step', '15s', 'sum(x_total)'],
			'{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[115,"5"],[130,"9"],[145,"16"]]}]}}'
		],
		[['1'], '{"status":"success","data":{"resultType":"scalar","result":[145,"1"]}}']
	])('%j', async (args, expected) => {
		expect(await query(['--openmetrics', samples(), ...args])).toEqual({
			text: expected,
			isError: false
		});
	});

	it('prints the error that Prometheus would answer with', async () => {
		expect(await query(['--openmetrics', samples(), 'rate(x_total)'])).toEqual({
			text: '{"status":"error","errorType":"bad_data","error":"invalid parameter \\"query\\": 1:6: parse error: expected type range vector in call to function \\"rate\\", got instant vector"}',
			isError: true
		});
	});
});

describe('a moment later than anything there is', () => {
	afterEach(() => vi.restoreAllMocks());
	const range = (end: string) => ['--start', '15s', '--end', end, '--step', '15s'];
	const told = async (...args: string[]) => {
		const lines = vi.spyOn(console, 'error').mockReturnValue();
		const { isError } = await query(['--openmetrics', samples(), ...args, 'x_total']);
		expect(isError).toBe(false);
		return lines.mock.calls.map(([line]) => line as string);
	};
	const end = 'is too late: the file ends 45s after its beginning, at 1970-01-01T00:02:25.000Z';

	it.each([
		[['--time', '46s'], [`lab: --time ${end}`]],
		[['--time', '1970-01-01T00:03:00Z'], [`lab: --time ${end}`]],
		[range('1m'), [`lab: --end ${end}`]],
		[['--time', '45s'], []],
		[range('45s'), []],
		[[], []]
	])('of %j: %j', async (args, lines) => {
		expect(await told(...args)).toEqual(lines);
	});
});

describe('lab query on a world', () => {
	it('is the same twice for one seed, and another for another', async () => {
		const ask = (seed: string) =>
			query(['--world', 'shop', '--seed', seed, '--until', '2m', 'http_requests_total']);
		const [first, again, other] = [await ask('1'), await ask('1'), await ask('2')];
		expect(first.isError).toBe(false);
		expect(first.text.length).toBeGreaterThan(1000);
		expect(again).toEqual(first);
		expect(other).not.toEqual(first);
	});

	it('runs the code it is given', async () => {
		const app = file(
			'mine.ts',
			`import { Counter } from 'prom-client';
			const hits = new Counter({ name: 'hits_total', help: 'h' });
			export const handle = () => { hits.inc(); return { status: 200 }; };`
		);
		const { text } = await query(['--app', app, '--until', '2m', 'count(hits_total)']);
		expect(text).toContain('"2"]');
	});
});

describe('a wrong call', () => {
	it.each([
		[[], /^no query given: put it last, in quotes, or - to read it from standard input$/],
		[['--sead', '1', 'x'], /^unknown option '--sead'; see/],
		[['--seed'], /argument missing; see/],
		[['sum', '(x)'], /^one query at a time: put quotes around it, "\(x\)" is left over$/],
		[['--seed', 'one', 'x'], /^--seed must be a whole number, not "one"$/],
		[['--until', 'later', 'x'], /^--until must be a duration such as 15m, not "later"$/],
		[['--world', 'farm', 'x'], /^there is no world "farm": known are cardinality, edges, shop$/],
		[['--start', '1m', 'x'], /^a range query needs all of --start, --end and --step$/],
		[['--app', '/nowhere/app.ts', 'x'], /^cannot read \/nowhere\/app.ts: there is no such file$/],
		[['--openmetrics', '/nowhere', 'x'], /^cannot read \/nowhere: there is no such file$/],
		[['--openmetrics', 'a', '--seed', '1', 'x'], /^--seed belongs to a world/]
	])('%j is answered with one clear line', async (args, message) => {
		const failure = await query(args).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(UsageError);
		expect((failure as UsageError).message).toMatch(message);
		expect((failure as UsageError).message).not.toContain('\n');
	});

	it.each([
		['x_total 1\n# EOF\n', /sample 1, of x_total, has no timestamp: write it in seconds/],
		['x_total{ 1\n# EOF\n', /^.*:1:\d+: /],
		['# EOF\n', /there is no sample in it$/],
		['a 1 5\na 2 5\n# EOF\n', /a has two different values at 5$/]
	])('the file %j is refused with its place', async (text, message) => {
		const path = file('broken.om', text);
		const failure = await query(['--openmetrics', path, 'x']).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(UsageError);
		expect((failure as UsageError).message).toMatch(message);
	});

	it('a world that cannot be read is refused with its place', async () => {
		const path = file('bad.yaml', 'title: x\nservice: { job: shop }\n');
		const failure = await query(['--world', path, 'x']).catch((error: unknown) => error);
		expect((failure as UsageError).message).toMatch(/bad\.yaml: \d+:\d+: traffic must have/);
	});

	it('code that does not load is refused', async () => {
		const app = file('broken.ts', 'export const x = (');
		const failure = await query(['--app', app, 'x']).catch((error: unknown) => error);
		expect((failure as UsageError).message).toBe(`${app}:1:19: Syntax error: unexpected token`);
	});
});
