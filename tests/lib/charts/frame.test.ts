import { describe, expect, test } from 'vitest';
import { frame, hasRoomForLabels, shorten } from '$lib/charts/frame.ts';
import { valueAxis } from '$lib/charts/value-axis.ts';

const axis = valueAxis([0, 1400], 'per-second', 4);

describe('frame()', () => {
	test('leaves room for the widest tick', () => {
		const long = valueAxis([0, 9_900_000], 'seconds', 4);
		const wide = { width: 300, height: 240 };
		expect(frame(wide, valueAxis([0, 90_000], 'number', 4), []).left).toBeGreaterThan(
			frame(wide, long, []).left
		);
	});

	test('begins plots above each other at one place where there is room', () => {
		const size = { width: 640, height: 240 };
		expect(frame(size, axis, []).left).toBe(frame(size, valueAxis([0, 9], 'number', 4), []).left);
	});

	test('leaves room for labels only when there are some', () => {
		const size = { width: 640, height: 240 };
		expect(frame(size, axis, ['checkout']).right).toBeLessThan(frame(size, axis, []).right - 60);
	});

	test('keeps a plot when there is no room at all', () => {
		const { left, right } = frame({ width: 0, height: 240 }, axis, []);
		expect(right).toBeGreaterThan(left);
	});
});

describe('hasRoomForLabels()', () => {
	const check = (width: number, height: number, count: number, expected: boolean) =>
		expect(hasRoomForLabels(width, height, count)).toBe(expected);

	test('a few lines in a wide chart have labels', () => check(640, 240, 4, true));
	test('one line needs none', () => check(640, 240, 1, false));
	test('a narrow chart has none', () => check(390, 240, 4, false));
	test('a low chart has no room for many', () => check(640, 150, 8, false));
	test('many lines have none', () => check(1200, 600, 9, false));
});

test('shorten() leaves what fits and marks what it cuts', () => {
	expect(shorten('GET · /checkout')).toBe('GET · /checkout');
	expect(shorten('GET · /api/v1/products')).toBe('GET · /api/v1/pro…');
});
