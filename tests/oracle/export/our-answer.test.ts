import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openSource } from '../../../src/cli/source.ts';
import { temporaryFolder } from '../../cli/serve-support.ts';
import { ourAnswer } from './our-answer.ts';

const VALUES = [0.1 + 0.2, -0, NaN, Infinity, -Infinity, 5e-324, 2 ** 53];
const TIMES = VALUES.map((_, i) => i * 1_001);
const BASE = 1_767_603_600_001;

const folder = temporaryFolder();
afterAll(() => folder.remove());

const path = join(folder.path, 'samples.om');
const words = ['0.30000000000000004', '-0', 'NaN', '+Inf', '-Inf', '5e-324', '9007199254740992'];
const lines = words.map((word, i) => `x{a="b"} ${word} ${(BASE + (TIMES[i] as number)) / 1000}`);
writeFileSync(path, `${lines.join('\n')}\n# EOF\n`);

const { api } = await openSource({ openmetrics: path });

const answer = (query: string, row: number, step = 0) =>
	ourAnswer(api, { query, start: BASE + (TIMES[row] as number), end: BASE + 6_006, step });

const labels = ['__name__', 'x', 'a', 'b'];
const points = (rows: readonly number[]) =>
	rows.map((row) => ({ time: BASE + (TIMES[row] as number), value: VALUES[row] }));
const quiet = { text: undefined, warnings: [], infos: [] };

test.each([...VALUES.entries()])('number %d, which is %d, keeps every bit', async (row, value) => {
	const time = BASE + (TIMES[row] as number);
	const series = [{ labels, floats: [{ time, value }], histograms: [] }];
	expect(await answer('x', row)).toStrictEqual({ type: 'vector', series, ...quiet });
});

test('range vectors and the steps of a range are matrices', async () => {
	const all = [...VALUES.keys()];
	expect(await answer('x[1m]', 6)).toStrictEqual({
		type: 'matrix',
		series: [{ labels, floats: points(all), histograms: [] }],
		...quiet
	});
	expect(await answer('x', 0, 1_001)).toMatchObject({ series: [{ floats: points(all) }] });
});

test('scalars and strings have no labels', async () => {
	const floats = [{ time: BASE, value: 1 }];
	expect(await answer('scalar(vector(1))', 0)).toMatchObject({
		type: 'scalar',
		series: [{ labels: [], floats }]
	});
	expect(await answer('"x"', 0)).toMatchObject({ type: 'string', text: 'x', series: [] });
});

test('an error is told in its words, annotations in order', async () => {
	const { error } = await answer('x + on () group_left () {a="b"} unless', 0);
	expect(error).toMatch(/^invalid parameter "query": 1:39: parse error: /);
	expect((await answer('rate(x[5s])', 6)).infos).toHaveLength(1);
});
