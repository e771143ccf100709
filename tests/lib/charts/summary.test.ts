import { expect, test } from 'vitest';
import { summarize } from '$lib/charts/summary.ts';
import { series } from './example.ts';

const NINE = Date.UTC(2026, 0, 5, 9);
const MINUTE = 60_000;
const times = [0, 5, 10, 15].map((minute) => NINE + minute * MINUTE);

function check(all: ReturnType<typeof series>[], expected: string) {
	expect(summarize(all, [NINE, NINE + 15 * MINUTE], 'per-second')).toBe(expected);
}

test('names the highest series and when it was', () => {
	check(
		[
			series([1, 2, 3, 2], { times, label: '200' }),
			series([4, 9.5, 1, 1], { times, label: '500' })
		],
		'2 series from 09:00 to 09:15; highest 500 9.5/s at 09:05:00.'
	);
});

test('says the truth at that moment', () => {
	check(
		[
			series([1, 2, 3, 2], { times, label: 'measured' }),
			series([1, 2, 5, 9], { times, label: 'truth', role: 'truth' })
		],
		'1 series from 09:00 to 09:15; highest measured 3/s at 09:10:00; truth 5/s.'
	);
});

test('counts the gaps of a series that is alone', () => {
	check(
		[series([1, undefined, 3, undefined], { times, label: 'up' })],
		'1 series from 09:00 to 09:15; highest up 3/s at 09:10:00; 2 gaps.'
	);
});

test('says so when there is nothing', () => {
	check([series([undefined], { times: [NINE] })], 'No data from 09:00 to 09:15.');
	check([], 'No data from 09:00 to 09:15.');
});

test('speaks of the truth when only that is shown', () => {
	check(
		[series([1, 2], { times: times.slice(0, 2), label: 'truth', role: 'truth' })],
		'1 series from 09:00 to 09:15; highest truth 2/s at 09:05:00.'
	);
});
