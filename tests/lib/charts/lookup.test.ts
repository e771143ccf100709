import { describe, expect, test } from 'vitest';
import {
	closestReadings,
	indexRange,
	nearestIndex,
	nearestReading,
	readingsAt,
	valueNear
} from '$lib/charts/lookup.ts';
import { series } from './example.ts';

const times = Float64Array.of(10, 20, 30, 40);

describe('indexRange()', () => {
	const check = (from: number, to: number, expected: [number, number]) =>
		expect(indexRange(times, [from, to])).toEqual(expected);

	test('includes both ends', () => check(20, 30, [1, 3]));
	test('takes what lies between', () => check(11, 39, [1, 3]));
	test('is empty outside', () => check(50, 60, [4, 4]));
});

describe('nearestIndex()', () => {
	const check = (at: number, expected: number) => expect(nearestIndex(times, at)).toBe(expected);

	test('goes to the nearer neighbour', () => check(24, 1));
	test('also upwards', () => check(26, 2));
	test('stays within the times', () => check(1000, 3));
	test('has no answer without times', () =>
		expect(nearestIndex(new Float64Array(), 1)).toBeUndefined());
});

describe('valueNear()', () => {
	const gappy = series([1, undefined, 3], { times: [10, 20, 30] });
	const check = (at: number, tolerance: number, expected: number | undefined) =>
		expect(valueNear(gappy, at, tolerance)).toBe(expected);

	test('reads the nearest value', () => check(11, 5, 1));
	test('does not reach over a gap', () => check(20, 5, undefined));
	test('does not reach beyond the tolerance', () => check(40, 5, undefined));
});

describe('readings', () => {
	const all = [1, 5, 3, 4].map((value) => series([value], { label: `s${value}` }));
	const readings = readingsAt(all, 0, 0.5);
	const names = (list: readonly { series: { label: string } }[]) =>
		list.map((one) => one.series.label);

	test('come highest first', () => expect(names(readings)).toEqual(['s5', 's4', 's3', 's1']));
	test('leave out series without a value there', () =>
		expect(readingsAt([...all, series([undefined])], 0, 0.5)).toHaveLength(4));
	test('the nearest to a value is found', () =>
		expect(nearestReading(readings, 3.4)?.series.label).toBe('s3'));
	test('there is no nearest of none', () => expect(nearestReading([], 3)).toBeUndefined());
	test('a few around a value keep their order', () =>
		expect(names(closestReadings(readings, 2, 3.2))).toEqual(['s4', 's3']));
	test('without a value the highest are taken', () =>
		expect(names(closestReadings(readings, 2, undefined))).toEqual(['s5', 's4']));
});
