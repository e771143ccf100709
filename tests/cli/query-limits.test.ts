import { afterAll, describe, expect, it } from 'vitest';
import { explain } from '../../src/cli/explain.ts';
import { readQueryLimits } from '../../src/cli/query-limits.ts';
import { query } from '../../src/cli/query.ts';
import { startServing } from '../../src/cli/serve.ts';
import { samplesFile, temporaryFolder } from './serve-support.ts';

const folder = temporaryFolder();
const samples = samplesFile(folder.path);
afterAll(() => folder.remove());

const ask = async (...args: string[]) => (await query(['--openmetrics', samples, ...args])).text;
const TOO_MANY = 'query processing would load too many samples into memory in query execution';

it('are Prometheus’ own where nothing is said', () => {
	expect(readQueryLimits({})).toEqual({
		maxSamples: 50_000_000,
		timeout: 120_000,
		lookback: 300_000
	});
});

describe('a query', () => {
	it('may hold so many samples', async () => {
		expect(await ask('--query.max-samples', '3', 'x_total[1m]')).toContain(TOO_MANY);
		expect(await ask('--query.max-samples', '5', 'x_total[1m]')).toContain('"status":"success"');
		const told = await explain([
			...['--openmetrics', samples, '--query.max-samples', '3'],
			'x_total[1m]'
		]);
		expect(told).toMatchObject({ isError: true });
		expect(told.text).toContain(TOO_MANY);
	});

	it('may take so long', async () => {
		const slow = 'sum_over_time(vector(1)[1000h:1s])';
		expect(await ask('--query.timeout', '1ms', slow)).toContain('"errorType":"timeout"');
	});

	it('looks so far back', async () => {
		const late = ['--time', '1767603705', 'count(x_total)'];
		expect(await ask(...late)).toContain('"2"');
		expect(await ask('--query.lookback-delta', '30s', ...late)).toContain('"result":[]');
	});
});

it('hold for what is served, which tells them', async () => {
	const lab = await startServing([
		...['--openmetrics', samples, '--port', '0', '--query.max-samples', '3'],
		...['--query.timeout', '90s', '--query.lookback-delta', '1m']
	]);
	try {
		const body = async (path: string) => (await fetch(`${lab.url}/api/v1/${path}`)).text();
		expect(await body('query?query=x_total[1m]')).toContain(TOO_MANY);
		expect(await body('status/flags')).toContain(
			'"query.lookback-delta":"1m","query.max-samples":"3","query.timeout":"1m30s"'
		);
	} finally {
		await lab.close();
	}
});

it.each([
	['query.max-samples', 'many', 'must be a whole number from 0 to'],
	['query.max-samples', '-1', 'must be a whole number from 0 to'],
	['query.timeout', '0s', 'must be a duration above 0'],
	['query.lookback-delta', '5', 'must be a duration such as 15m']
])('--%s %s is refused', (name, text, reason) => {
	expect(() => readQueryLimits({ [name]: text })).toThrow(`--${name} ${reason}`);
});
