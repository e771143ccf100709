import { expect, test } from 'vitest';
import { moveCursor } from '$lib/charts/cursor.ts';

function check(key: string, row: number | undefined, expected: number | undefined) {
	expect(moveCursor(key, row, [5, 50])).toBe(expected);
}

test('arrows go one row', () => {
	check('ArrowRight', 20, 21);
	check('ArrowLeft', 20, 19);
});

test('Page keys go ten', () => {
	check('PageUp', 20, 30);
	check('PageDown', 20, 10);
});

test('Home and End go to the ends of what is shown', () => {
	check('Home', 20, 5);
	check('End', 20, 49);
});

test('the cursor stays within what is shown', () => {
	check('ArrowLeft', 5, 5);
	check('PageUp', 45, 49);
	check('ArrowRight', 2, 5);
});

test('the first key finds the newest row, Home the oldest', () => {
	check('ArrowLeft', undefined, 49);
	check('End', undefined, 49);
	check('Home', undefined, 5);
});

test('other keys do not move it', () => {
	check('Enter', 20, undefined);
});

test('nothing moves where nothing is shown', () => {
	expect(moveCursor('Home', undefined, [3, 3])).toBeUndefined();
});
