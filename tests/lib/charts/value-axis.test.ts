import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Unit } from '$lib/charts/numbers.ts';
import { valueAxis, valueDomain, valueExtent } from '$lib/charts/value-axis.ts';
import { series } from './example.ts';

describe('valueExtent()', () => {
	const check = (values: (number | undefined)[], expected: [number, number] | undefined) =>
		expect(valueExtent([series(values)], [1, 3])).toEqual(expected);

	test('looks only at the range', () => check([100, 3, 1, 2, -100], [1, 3]));
	test('skips gaps', () => check([0, 3, undefined, 2, 0], [2, 3]));
	test('skips what has no place on an axis', () => check([0, NaN, Infinity, 2, 0], [2, 2]));
	test('knows nothing without values', () => check([1, undefined, undefined, NaN, 1], undefined));
});

describe('valueDomain()', () => {
	function check(extent: [number, number], expected: [number, number], unit?: Unit) {
		const [low, high] = valueDomain(extent, unit);
		expect(low).toBeCloseTo(expected[0]);
		expect(high).toBeCloseTo(expected[1]);
	}

	test('stands on zero, with air above', () => check([20, 100], [0, 104.8]));
	test('leaves zero when the line would be flat', () => check([90, 100], [89.4, 100.6]));
	test('hangs from zero when all is negative', () => check([-100, -20], [-104.8, 0]));
	test('goes around zero when values lie on both sides', () => check([-10, 10], [-11.2, 11.2]));
	test('ends a share at all', () => check([0.2, 0.99], [0, 1], 'ratio'));
	test('lets a ratio above one be', () => check([0, 2], [0, 2.12], 'ratio'));
	test('gives a constant height', () => check([8, 8], [0, 10]));
	test('gives zero height too', () => check([0, 0], [0, 1]));
	test('gives a negative constant depth', () => check([-8, -8], [-10, 0]));
});

describe('valueAxis()', () => {
	function check(extent: [number, number], unit: Unit, expected: string) {
		const axis = valueAxis(extent, unit, 4);
		expect(`${axis.ticks.map(({ text }) => text).join(' ')} ${axis.unit}`).toBe(expected);
	}

	test('writes the unit once', () => check([0, 0.35], 'seconds', '0 100 200 300 400 ms'));
	test('scales all ticks alike', () => check([0, 1400], 'per-second', '0 0.5 1.0 1.5 k/s'));
	test('is round in mebibytes', () => check([0, 280 * 2 ** 20], 'bytes', '0 100 200 300 MiB'));
	test('counts shares in per cent', () => check([0, 0.17], 'ratio', '0 5 10 15 20 %'));
	test('groups large numbers', () =>
		check([0, 38_000], 'number', '0 10,000 20,000 30,000 40,000 50,000 '));

	test('contains every value', () => {
		const value = fc.double({ min: -1e300, max: 1e300, noNaN: true });
		fc.assert(
			fc.property(value, value, (a, b) => {
				const [low, high] = valueAxis([Math.min(a, b), Math.max(a, b)], 'number', 5).domain;
				// Values below 1e-300 count as zero.
				const slack = 1e-300 + 1e-9 * Math.max(Math.abs(a), Math.abs(b));
				expect(low).toBeLessThanOrEqual(Math.min(a, b) + slack);
				expect(high).toBeGreaterThanOrEqual(Math.max(a, b) - slack);
				expect(high).toBeGreaterThan(low);
			})
		);
	});
});
