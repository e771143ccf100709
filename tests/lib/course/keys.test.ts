import { expect, test } from 'vitest';
import { keyAction, type KeyAction, type KeyPress } from '../../../src/lib/course/keys.ts';

function check(press: Partial<KeyPress>, isTyping: boolean, expected: KeyAction | undefined) {
	const none = { key: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
	expect(keyAction({ ...none, ...press }, isTyping)).toBe(expected);
}

test('Ctrl-Enter runs, also while typing', () => {
	check({ key: 'Enter', ctrlKey: true }, true, 'run');
	check({ key: 'Enter', metaKey: true }, false, 'run');
});

test('Ctrl-Shift-Enter checks, also while typing', () => {
	check({ key: 'Enter', ctrlKey: true, shiftKey: true }, true, 'check');
	check({ key: 'Enter', metaKey: true, shiftKey: true }, true, 'check');
});

test('letters mean something only while nobody is typing', () => {
	check({ key: 'h' }, false, 'hint');
	check({ key: 'h' }, true, undefined);
	check({ key: '?', shiftKey: true }, false, 'map');
	check({ key: '?', shiftKey: true }, true, undefined);
});

test('what belongs to the browser is left to it', () => {
	check({ key: 'h', ctrlKey: true }, false, undefined);
	check({ key: 'h', metaKey: true }, false, undefined);
	check({ key: 'h', altKey: true }, false, undefined);
	check({ key: 'Enter' }, false, undefined);
});
