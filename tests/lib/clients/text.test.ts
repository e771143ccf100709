import { expect, test } from 'vitest';
import { markedPieces, text, withoutMarks } from '../../../src/lib/clients/text.ts';

test('a text loses the indentation of its first line and the breaks around it', () => {
	expect(text('\n\t\tdef f():\n\n\t\t    pass\n\t')).toBe('def f():\n\n    pass');
	expect(text('\n\t\tone\n\ttwo\n')).toBe('one\n\ttwo');
});

test('what stands between marks is told apart', () => {
	expect(markedPieces('le="«1.0»"} 1')).toEqual([
		{ text: 'le="', isMarked: false },
		{ text: '1.0', isMarked: true },
		{ text: '"} 1', isMarked: false }
	]);
	expect(markedPieces('«a»\n«b»').map(({ text }) => text)).toEqual(['a', '\n', 'b']);
	expect(markedPieces('')).toEqual([]);
});

test('a text without its marks is what was marked', () => {
	expect(withoutMarks('le="«1.0»"} 1')).toBe('le="1.0"} 1');
});
