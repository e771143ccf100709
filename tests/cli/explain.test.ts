import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEATURE_FLAGS } from '#engine/promql';
import { explain } from '../../src/cli/explain.ts';
import { query } from '../../src/cli/query.ts';
import { UsageError } from '../../src/cli/usage-error.ts';

/** One line a sample: a counter that is reset, one that is not, and a histogram. */
const SAMPLES = `# TYPE x counter
${counter('a', [10, 14, 2, 6])}
${counter('b', [1, 2, 3, 4])}
# TYPE d histogram
d_bucket{le="0.1"} 20 145
d_bucket{le="0.5"} 80 145
d_bucket{le="1.0"} 90 145
d_bucket{le="+Inf"} 100 145
# EOF
`;

function counter(name: string, values: readonly number[]): string {
	return values.map((value, i) => `x_total{a="${name}"} ${value} ${100 + 15 * i}`).join('\n');
}

let folder = '';
let file = '';
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'lab-'));
	file = join(folder, 'samples.om');
	writeFileSync(file, SAMPLES);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What is printed, without the times that a run took, and the columns that these widen. */
async function lines(...args: readonly string[]): Promise<string[]> {
	const { text } = await explain(['--openmetrics', file, ...args]);
	return text.split('\n').map((line) => line.replace(/\s*\d+\.\d{1,2} ms/, '').trimEnd());
}

describe('lab explain', () => {
	it('prints the tree, and how a rate comes about', async () => {
		expect(await lines('--time', '150', 'sum(rate(x_total{a="a"}[1m]))')).toEqual([
			'at 1970-01-01T00:02:30Z',
			' in all',
			'',
			'sum(rate(x_total{a="a"}[1m]))  vector  1 → 1 series',
			'│  1 group.',
			'│    {} = 0.2222222222222222',
			'│      {a="a"} 0.2222222222222222',
			'└─ rate(x_total{a="a"}[1m])    vector  1 → 1 series',
			'   │  x_total{a="a"}: 4 samples in the window of 1m (00:01:30, 00:02:30].',
			'   │  It rises by 10 from first to last sample, 45 s; reset before 00:02:10, made up for.',
			"   │  From the window's start to the first sample it is 10 s: extrapolated over all of it.",
			"   │  From the last sample to the window's end it is 5 s: extrapolated over all of it.",
			'   │  rate() = 10 × (10 s + 45 s + 5 s) / 45 s / 60 s = 0.222222.',
			'   └─ x_total{a="a"}[1m]       matrix  1 → 1 series  4 samples',
			'         Looks at (00:01:30, 00:02:30] and finds 1 series there.',
			'           x_total{a="a"} 6'
		]);
	});

	it('prints the buckets of a quantile, and how certain it is', async () => {
		expect(await lines('histogram_quantile(0.75, d_bucket)')).toEqual(
			expect.arrayContaining([
				'│  d_bucket: a classic histogram, 4 buckets, 100 observations in all.',
				'│  The rank is 0.75 × 100 = 75. It lies in the bucket (0.1, 0.5].',
				'│  Along a straight line: 0.1 + (0.5 − 0.1) × 55 / 60 = 0.466667.',
				'│  All that is certain: the true quantile lies between 0.1 and 0.5.',
				'│      above  up to  count  cumulative',
				'│          0    0.1     20          20',
				'│    ▸   0.1    0.5     60          80'
			])
		);
	});

	it('prints which series found no partner, and why', async () => {
		expect(await lines('x_total{a="a"} + x_total{a="b"}')).toEqual(
			expect.arrayContaining([
				'│  Series with equal labels form 2 groups: 1 without a partner on the right, 1 without a partner on the left.',
				'│    {a="a"} left only: left 6, right none',
				'│      The right side has no series with a="a"; it has a="b".'
			])
		);
	});

	it('says where the data of an empty result vanished, and why', async () => {
		const printed = await lines('sum(x_totl)');
		expect(printed).toContain('└─ x_totl    vector  0 → 0 series  ∅ the data vanished here');
		expect(printed.slice(-6)).toEqual([
			'There is no result. The data vanished at x_totl:',
			'  There is no metric named x_totl. Nearest: x_total.',
			'',
			'advice (unknown-metric) on x_totl:',
			'  No metric is called x_totl; did you mean x_total?',
			'  Use x_total: sum(x_total)'
		]);
	});

	it('looks into the last step of a range', async () => {
		const [when] = await lines('--start', '0s', '--end', '45s', '--step', '15s', 'x_total');
		expect(when).toBe(
			'4 steps of 15s from 1970-01-01T00:01:40Z to 1970-01-01T00:02:25Z; details at 1970-01-01T00:02:25Z, about x_total{a="a"}'
		);
	});

	it('gives advice, knowing the types of the file, with the query as it would be', async () => {
		const printed = await lines('sum(x_total)');
		expect(printed).toEqual(
			expect.arrayContaining([
				expect.stringMatching(/^(advice|remark) \(raw-counter\) on x_total:$/),
				expect.stringMatching(/^ {2}.*: sum\(rate\(x_total\[\d+m\]\)\)$/)
			])
		);
	});

	it('prints the annotations of the query', async () => {
		expect(await lines('histogram_quantile(2, d_bucket)')).toContain(
			'warning: quantile value should be between 0 and 1, got 2 (1:20)'
		);
	});

	it('prints the plain object, with texts for the numbers that JSON has not', async () => {
		const { text, isError } = await explain([
			...['--openmetrics', file, '--json'],
			'histogram_quantile(0.99, d_bucket)'
		]);
		expect(isError).toBe(false);
		expect(JSON.parse(text)).toMatchObject({
			ok: true,
			explanation: {
				root: { kind: 'call', seriesOut: 1, detail: { kind: 'quantile', chosen: 3, upper: '+Inf' } }
			},
			findings: [{ rule: 'raw-counter', span: { from: 25, to: 33 } }]
		});
	});

	it.each([
		['rate(x_total)', /^error: 1:6: parse error: expected type range vector in call to/],
		['x_total + on() x_total', /^error: found duplicate series for the match group {}/]
	])('says what is wrong with %s', async (text, message) => {
		const printed = await explain(['--openmetrics', file, text]);
		expect(printed.isError).toBe(true);
		expect(printed.text).toMatch(message);
	});

	it('puts a caret under the place of an error, and a hint below', async () => {
		expect((await lines('sum(\n\trate(x_total))')).slice(0, 4)).toEqual([
			'error: 2:7: parse error: expected type range vector in call to function "rate", got instant vector',
			'  \trate(x_total))',
			'  \t     ^',
			'hint: rate() looks at a stretch of time: add a range such as [5m] after the selector, or [5m:] after an expression that is no selector.'
		]);
		expect((await lines('x_total{a="ä"} + ratee(x_total)')).slice(0, 3)).toEqual([
			'error: 1:19: parse error: unknown function with name "ratee"',
			'  x_total{a="ä"} + ratee(x_total)',
			'                   ^'
		]);
		const of = 'abs(x_total + on() sum(x_total))';
		expect((await lines(of)).slice(1, 4)).toEqual([
			`  ${of}`,
			'      ^~~~~~~~~~~~~~~~~~~~~~~~~~~',
			'hint: Several series of the left side meet the same one of the right side. If that is what you mean, write group_left: x_total + on () group_left () sum(x_total)'
		]);
	});

	it('marks the node of an error in the tree', async () => {
		const printed = await lines('abs(x_total + on() x_total)');
		expect(printed).toContainEqual(expect.stringMatching(/^└─ x_total \+ .*✗ the error is here$/));
	});

	it('words a wrong time as a query does', async () => {
		expect(await explain(['--openmetrics', file, '--time', 'noon', 'x_total'])).toEqual({
			text: 'error: invalid parameter "time": invalid time value for \'time\': cannot parse "noon" to a valid timestamp',
			isError: true
		});
	});
});

describe('--enable-feature', () => {
	const LIMITK = 'limitk(1, x_total)';

	it('switches experimental parts on, for both commands', async () => {
		const on = ['--openmetrics', file, '--enable-feature', 'promql-experimental-functions', LIMITK];
		expect(await query(['--openmetrics', file, LIMITK])).toMatchObject({ isError: true });
		expect(await query(on)).toMatchObject({ isError: false });
		expect(await explain(['--openmetrics', file, LIMITK])).toMatchObject({ isError: true });
		expect(await explain(on)).toMatchObject({ isError: false });
	});

	it('takes lists, and can be repeated', async () => {
		const { text } = await query([
			...['--openmetrics', file],
			'--enable-feature=promql-experimental-functions,promql-binop-fill-modifiers',
			'--enable-feature=promql-extended-range-selectors',
			'limitk(1, rate(x_total[1m] anchored)) + fill(0) x_total{a="c"}'
		]);
		expect(text).toContain('"status":"success"');
	});

	it('refuses a name that is none, and lists those there are', async () => {
		const failure = await query(['--enable-feature=limitk', 'up']).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(UsageError);
		expect((failure as UsageError).message).toBe(
			`--enable-feature: there is no "limitk" in PromQL: known are ${FEATURE_FLAGS.map(({ flag }) => flag).join(', ')}`
		);
	});
});

describe('a wrong call', () => {
	it('of query with --json is answered with one clear line', async () => {
		const failure = await query(['--json', 'up']).catch((error: unknown) => error);
		expect((failure as UsageError).message).toBe(
			"unknown option '--json'; see npm run -s lab -- help"
		);
	});
});
