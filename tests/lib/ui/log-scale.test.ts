import { expect, test } from 'vitest';
import { LOG_STEP, logPlace, logValue } from '../../../src/lib/ui/log-scale.ts';

/** The values that one meets by pressing an arrow key so often. */
function press(from: number, way: 1 | -1, times: number): number[] {
	const met = [from];
	for (let i = 0; i < times; i++) {
		const before = met.at(-1) as number;
		// A browser moves to the next step of its grid, which begins at the least value.
		const grid = Math.round(logPlace(before) / LOG_STEP) * LOG_STEP;
		met.push(logValue(grid + way * LOG_STEP, before));
	}
	return met;
}

test.each([1, 10, 100, 2000, 0.1])('from %d each press up gets somewhere', (from) => {
	const met = press(from, 1, 150);
	for (const [i, value] of met.slice(1).entries()) expect(value).toBeGreaterThan(met[i] as number);
});

test.each([1000, 250, 10, 0.5])('from %d each press down gets somewhere', (from) => {
	const met = press(from, -1, 150);
	for (const [i, value] of met.slice(1).entries()) expect(value).toBeLessThan(met[i] as number);
});

test('what is said has two digits', () => {
	expect(logValue(Math.log10(2634), 100)).toBe(2600);
	for (const value of press(100, 1, 100)) expect(value).toBe(Number(value.toPrecision(2)));
});

test('below 100 comes 99, above it 110', () => {
	expect(press(100, 1, 1)).toEqual([100, 110]);
	expect(press(100, -1, 1)[1]).toBe(98);
	expect(logValue(logPlace(100) - LOG_STEP * 0.6, 100)).toBe(99);
});

test('a typed value of more digits stays as long as the slider does', () =>
	expect(logValue(logPlace(123.4), 123.4)).toBe(123.4));
