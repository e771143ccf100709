import { describe, expect, test } from 'vitest';
import { formatRange, formatTime, timeTicks } from '$lib/charts/time-axis.ts';

const NINE = Date.UTC(2026, 0, 5, 9);
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('formatTime() is as exact as the step', () => {
	const check = (at: number, step: number, expected: string) =>
		expect(formatTime(at, step)).toBe(expected);

	test('minutes', () => check(NINE, MINUTE, '09:00'));
	test('seconds', () => check(NINE + 5 * SECOND, 15 * SECOND, '09:00:05'));
	test('milliseconds', () => check(NINE + 250, 250, '09:00:00.250'));
	test('a moment off the step keeps its seconds', () =>
		check(NINE + 5 * SECOND, MINUTE, '09:00:05'));
});

describe('formatRange()', () => {
	const check = (from: number, to: number, expected: string) =>
		expect(formatRange([from, to]).join(' to ')).toBe(expected);

	test('says minutes when both ends are whole minutes', () =>
		check(NINE, NINE + 15 * MINUTE, '09:00 to 09:15'));
	test('says seconds when one end needs them', () =>
		check(NINE, NINE + 5 * SECOND, '09:00:00 to 09:00:05'));
	test('says the days when there are several', () =>
		check(NINE, NINE + 24 * HOUR, '5 Jan 09:00 to 6 Jan 09:00'));
});

describe('timeTicks()', () => {
	const check = (from: number, to: number, count: number, expected: string[]) =>
		expect(timeTicks([from, to], count).map(({ text }) => text)).toEqual(expected);

	test('are round minutes', () =>
		check(NINE, NINE + 15 * MINUTE, 4, ['09:00', '09:05', '09:10', '09:15']));
	test('are round seconds in a short range', () =>
		check(NINE, NINE + 30 * SECOND, 3, ['09:00:00', '09:00:15', '09:00:30']));
	test('say the day at midnight', () =>
		check(NINE + 12 * HOUR, NINE + 18 * HOUR, 3, ['21:00', '6 Jan', '03:00']));
	test('are days in a long range', () =>
		check(NINE, NINE + 72 * HOUR, 3, ['6 Jan', '7 Jan', '8 Jan']));
	test('are the one moment of a range without length', () => check(NINE, NINE, 5, ['09:00:00']));
	test('fall on round moments when the range does not', () =>
		check(NINE + 61 * SECOND, NINE + 16 * MINUTE, 3, ['09:05', '09:10', '09:15']));
});
