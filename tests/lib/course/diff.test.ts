import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines, hunks } from '../../../src/lib/course/diff.ts';

const MARKS = { same: ' ', removed: '-', added: '+' } as const;

function check(before: string, after: string, expected: string) {
	const lines = diffLines(before, after);
	expect(lines.map(({ kind, text }) => MARKS[kind] + text).join('\n')).toBe(expected);
}

test('equal texts have nothing but same lines', () => {
	check('a\nb\n', 'a\nb\n', ' a\n b');
});

test('an inserted line is added, and the rest stays', () => {
	check('a\nc', 'a\nb\nc', ' a\n+b\n c');
});

test('a replaced line is removed before its replacement is added', () => {
	check('a\nb\nc', 'a\nx\nc', ' a\n-b\n+x\n c');
});

test('from nothing everything is added', () => {
	check('', 'a\nb', '+a\n+b');
});

test('line endings of Windows make no difference', () => {
	check('a\r\nb\r\n', 'a\nb\n', ' a\n b');
});

test('a hunk ends where the texts agree again', () => {
	const found = hunks(diffLines('a\nb\nc\nd', 'x\nb\nc\ny'));
	expect(found.map(({ from, lines }) => [from, lines.length])).toEqual([
		[0, 2],
		[4, 2]
	]);
});

test('changes that only a blank line keeps apart are one hunk', () => {
	expect(hunks(diffLines('a\n\nb', 'x\n\ny'))).toHaveLength(1);
});

test('both texts can be read out of their diff', () => {
	const text = fc
		.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
		.map((lines) => lines.map((line) => `${line}\n`).join(''));
	fc.assert(
		fc.property(text, text, (before, after) => {
			const lines = diffLines(before, after);
			const without = (kind: string) =>
				lines
					.filter((line) => line.kind !== kind)
					.map((line) => `${line.text}\n`)
					.join('');
			expect(without('added')).toBe(before);
			expect(without('removed')).toBe(after);
		})
	);
});
