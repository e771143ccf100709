import { describe, expect, test } from 'vitest';
import { isolate, isShown, toggle, type Selection } from '$lib/charts/selection.ts';

const keys = ['a', 'b', 'c'];

function check(selection: Selection, expected: string) {
	expect(keys.filter((key) => isShown(selection, key)).join('')).toBe(expected);
}

describe('a press on a name', () => {
	test('shows that series alone', () => check(isolate(undefined, 'b'), 'b'));
	test('goes over to another', () => check(isolate(new Set('b'), 'c'), 'c'));
	test('shows all again when it already was alone', () => check(isolate(new Set('b'), 'b'), 'abc'));
	test('shows it alone among several', () => check(isolate(new Set('ab'), 'a'), 'a'));
});

describe('a press with Ctrl', () => {
	test('hides a series', () => check(toggle(undefined, keys, 'b'), 'ac'));
	test('shows it again', () => check(toggle(new Set('ac'), keys, 'b'), 'abc'));
	test('shows all when it hides the last', () => check(toggle(new Set('b'), keys, 'b'), 'abc'));
	test('lets later series appear once all are shown', () =>
		expect(toggle(new Set('ac'), keys, 'b')).toBeUndefined());
});
