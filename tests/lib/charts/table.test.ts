import { expect, test } from 'vitest';
import { chartTable } from '$lib/charts/table.ts';
import { series } from './example.ts';

const times = Float64Array.of(0, 15_000, 30_000, 45_000);
const all = [
	series([1, 2, undefined, 4], { times: [...times], label: '200' }),
	series([5, NaN, 7, 8], { times: [...times], label: '500' })
];

function check(range: [number, number], limit: number, expected: readonly string[]) {
	const { header, rows, stride } = chartTable(all, times, range, { unit: 'number', limit });
	expect(header).toEqual(['200', '500']);
	expect([
		`every ${stride}`,
		...rows.map(({ time, cells }) => `${time} ${cells.map((cell) => cell || '–').join(' ')}`)
	]).toEqual(expected);
}

test('has a row for each time in the range, and empty cells for gaps', () => {
	check([15_000, 45_000], 10, ['every 1', '00:00:15 2 NaN', '00:00:30 – 7', '00:00:45 4 8']);
});

test('thins out to the limit, and keeps the newest row', () => {
	check([0, 45_000], 2, ['every 2', '00:00:15 2 NaN', '00:00:45 4 8']);
});

test('is empty outside the data', () => {
	check([60_000, 90_000], 10, ['every 1']);
});
