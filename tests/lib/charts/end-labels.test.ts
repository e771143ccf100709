import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spreadLabels } from '$lib/charts/end-labels.ts';

function check(ys: readonly number[], expected: readonly number[]) {
	const labels = ys.map((y, i) => ({ key: String(i), y }));
	expect(spreadLabels(labels, 10, [0, 100]).map(({ y }) => y)).toEqual(expected);
}

test('labels with room stay beside their lines', () => check([10, 40, 80], [10, 40, 80]));
test('labels that meet move apart', () => check([40, 41, 42], [40, 50, 60]));
test('labels at the bottom give way upwards', () => check([98, 99], [90, 100]));
test('labels come in the order of their lines', () => check([60, 20], [20, 60]));

test('labels that fit keep their distance and stay inside', () => {
	const heights = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 10 });
	fc.assert(
		fc.property(heights, (ys) => {
			const spread = spreadLabels(
				ys.map((y, i) => ({ key: String(i), y })),
				10,
				[0, 100]
			).map(({ y }) => y);
			spread.forEach((y, i) => {
				expect(y).toBeGreaterThanOrEqual(-1e-9);
				expect(y).toBeLessThanOrEqual(100);
				if (i > 0) expect(y - (spread[i - 1] as number)).toBeGreaterThanOrEqual(10 - 1e-9);
			});
		})
	);
});
