import { group, pathRound } from 'd3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	affine,
	apply,
	decimate,
	invert,
	lastPoint,
	runs,
	samplePoints,
	traceLine
} from '$lib/charts/trace.ts';
import { series } from './example.ts';

const identity = affine([0, 1], [0, 1]);

describe('affine()', () => {
	test('maps the ends to the ends', () => {
		const map = affine([10, 20], [100, 300]);
		expect([apply(map, 10), apply(map, 20)]).toEqual([100, 300]);
	});
	test('turns axes that point up', () => expect(apply(affine([0, 10], [100, 0]), 3)).toBe(70));
	test('is undone by invert()', () =>
		expect(invert(affine([10, 20], [100, 300]), 150)).toBeCloseTo(12.5));
	test('puts a domain without length in the middle', () =>
		expect(apply(affine([5, 5], [0, 100]), 5)).toBe(50));
});

describe('runs()', () => {
	const check = (values: (number | undefined)[], expected: [number, number][]) =>
		expect(runs(series(values), 0, values.length)).toEqual(expected);

	test('is one without gaps', () => check([1, 2, 3], [[0, 3]]));
	test('breaks where there is no value', () =>
		check(
			[1, undefined, 3, 4],
			[
				[0, 1],
				[2, 4]
			]
		));
	test('breaks at what cannot be drawn', () =>
		check(
			[1, NaN, 3, Infinity],
			[
				[0, 1],
				[2, 3]
			]
		));
	test('has none where all is missing', () => check([undefined, undefined], []));
	test('has none of nothing', () => check([], []));
});

describe('decimate()', () => {
	const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
		minLength: 1,
		maxLength: 200
	});

	test('keeps every row when each has a pixel of its own', () => {
		expect(decimate(series([5, 1, 4]), [0, 3], identity)).toEqual([0, 1, 2]);
	});

	test('keeps first, lowest, highest and last of a pixel', () => {
		const squeezed = affine([0, 8], [0, 1]);
		expect(decimate(series([5, 6, 1, 3, 9, 4, 5]), [0, 7], squeezed)).toEqual([0, 2, 4, 6]);
	});

	test('keeps rows in order, at most four a pixel, and both ends', () => {
		fc.assert(
			fc.property(values, fc.integer({ min: 1, max: 40 }), (list, pixels) => {
				const x = affine([0, list.length], [0, pixels]);
				const kept = decimate(series(list), [0, list.length], x);
				expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b));
				expect(kept.length).toBeLessThanOrEqual(4 * pixels);
				expect([kept[0], kept.at(-1)]).toEqual([0, list.length - 1]);
			})
		);
	});

	test('keeps the lowest and the highest value of every pixel', () => {
		fc.assert(
			fc.property(values, fc.integer({ min: 1, max: 40 }), (list, pixels) => {
				const x = affine([0, list.length], [0, pixels]);
				const extremes = (rows: readonly number[]) => {
					const byPixel = group(rows, (row) => Math.floor(apply(x, row)));
					return [...byPixel].map(([pixel, members]) => {
						const inPixel = members.map((row) => list[row] as number);
						return [pixel, Math.min(...inPixel), Math.max(...inPixel)];
					});
				};
				const kept = decimate(series(list), [0, list.length], x);
				expect(extremes(kept)).toEqual(extremes([...list.keys()]));
			})
		);
	});
});

describe('traceLine()', () => {
	function check(
		values: (number | undefined)[],
		range: [number, number],
		expected: { d: string; lone: [number, number][] }
	) {
		const pen = pathRound(1);
		const lone = traceLine(pen, series(values), range, identity, identity);
		expect({ d: pen.toString(), lone }).toEqual(expected);
	}

	test('joins neighbours', () => check([1, 2, 3], [0, 2], { d: 'M0,1L1,2L2,3', lone: [] }));
	test('lifts the pen at a gap', () =>
		check([1, 2, undefined, 4, 5], [0, 4], { d: 'M0,1L1,2M3,4L4,5', lone: [] }));
	test('hands back a point between gaps', () =>
		check([1, 2, undefined, 4, undefined], [0, 4], { d: 'M0,1L1,2', lone: [[3, 4]] }));
	test('goes one row beyond the range on both sides', () =>
		check([1, 2, 3, 4, 5], [2, 2], { d: 'M1,2L2,3L3,4', lone: [] }));
	test('draws nothing of nothing', () => check([], [0, 1], { d: '', lone: [] }));
});

test('samplePoints() are the drawable rows in the range', () => {
	const points = samplePoints(series([1, 2, undefined, 4]), [1, 3], identity, identity);
	expect(points).toEqual([
		[1, 2],
		[3, 4]
	]);
});

test('lastPoint() is the newest drawable row in the range', () => {
	expect(lastPoint(series([1, 2, undefined, 4]), [0, 2], identity, identity)).toEqual([1, 2]);
	expect(lastPoint(series([undefined]), [0, 2], identity, identity)).toBeUndefined();
});
