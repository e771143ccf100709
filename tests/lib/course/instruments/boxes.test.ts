import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPromClient } from '#engine/registry';
import {
	boxesOf,
	boxName,
	countOf,
	growthOf,
	grown,
	readHistogram,
	sentenceOf
} from '../../../../src/lib/course/instruments/boxes.ts';

const EDGES = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What the registry shows after these observations. */
async function pageOf(observations: readonly number[]): Promise<string> {
	const client = createPromClient({ now: () => 0 });
	const histogram = new client.Histogram({ name: 'took_seconds', help: 'Took.', buckets: EDGES });
	for (const one of observations) histogram.observe(one);
	return client.register.metrics();
}

const exposed = async (...observations: number[]) => readHistogram(await pageOf(observations))!;

test('the lines of a histogram are read as they stand on the page', async () => {
	const { name, lines } = await exposed(0.3, 7);
	expect(name).toBe('took_seconds');
	expect(lines).toHaveLength(11);
	expect(lines[4]).toEqual({
		id: '0.5',
		part: '_bucket',
		labels: '{le="0.5"}',
		text: '1',
		value: 1
	});
	expect(lines[5]).toMatchObject({ id: '1', labels: '{le="1"}' });
	expect(lines.at(-2)).toEqual({ id: 'sum', part: '_sum', labels: '', text: '7.3', value: 7.3 });
});

test('a page without a histogram, and none at all, have nothing to read', () => {
	expect(readHistogram('')).toBeUndefined();
	expect(readHistogram('# TYPE hits counter\nhits 1\n')).toBeUndefined();
	expect(readHistogram('# TYPE h histogram\nh_bucket{le="1} x\n')).toBeUndefined();
});

test('other metrics on the page are left alone', () => {
	const page =
		'# TYPE h histogram\nh_bucket{le="+Inf"} 2\nh_sum 1\nh_count 2\nh_created 5\nhits 1\n';
	expect(readHistogram(page)?.lines.map(({ id }) => id)).toEqual(['+Inf', 'sum', 'count']);
});

test('a box holds what is above the edge before it and at most its own', () =>
	fc.assert(
		fc.asyncProperty(
			fc.array(fc.oneof(fc.double({ min: 0, max: 10, noNaN: true }), fc.constantFrom(...EDGES))),
			async (observations) => {
				for (const { from, to, own, upTo } of boxesOf(await exposed(...observations))) {
					const isIn = (one: number) => one <= to && (one > from || from === 0);
					expect(own).toBe(observations.filter(isIn).length);
					expect(upTo).toBe(observations.filter((one) => one <= to).length);
				}
			}
		),
		{ numRuns: 50 }
	));

test('one observation adds 1 to every line from its box on, to the count, and itself to the sum', async () => {
	const check = async (seconds: number, expected: number[]) =>
		expect(growthOf(await exposed(2), await exposed(2, seconds))).toEqual(expected);
	await check(0.3, [0, 0, 0, 0, 1, 1, 1, 1, 1, expect.closeTo(0.3), 1]);
	await check(0.25, [0, 0, 0, 1, 1, 1, 1, 1, 1, 0.25, 1]);
	await check(0.005, [1, 1, 1, 1, 1, 1, 1, 1, 1, expect.closeTo(0.005), 1]);
	await check(60, [0, 0, 0, 0, 0, 0, 0, 0, 1, 60, 1]);
});

test('what has been added is written with its sign, sums to the millisecond', () => {
	expect(grown({ id: '0.5', growth: 1 })).toBe('+1');
	expect(grown({ id: 'sum', growth: 0.20072 })).toBe('+0.201');
	expect(grown({ id: 'count', growth: 0 })).toBe('');
});

test('boxes are called by their edges', async () => {
	const names = boxesOf(await exposed()).map(boxName);
	expect(names.slice(0, 2)).toEqual(['up to 0.01', '0.01 to 0.05']);
	expect(names.at(-1)).toBe('above 5');
});

test('the sentence says what the last request did', async () => {
	const none = await exposed();
	const one = await exposed(0.3);
	const two = await exposed(0.3, 12);
	expect(countOf(two)).toBe(2);
	expect(sentenceOf(none, none)).toBe('No request yet. All 11 lines are at 0.');
	expect(sentenceOf(none, one)).toBe(
		'1 request. The last one took 300 ms, fell into the box 0.25 to 0.5 s and changed 7 of 11 lines.'
	);
	expect(sentenceOf(one, two)).toBe(
		'2 requests. The last one took 12 s, fell into the box above 5 s and changed 3 of 11 lines.'
	);
	expect(sentenceOf(none, two)).toBe('2 requests. The last 2 changed 7 of 11 lines.');
});
