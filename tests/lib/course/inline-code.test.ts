import { expect, test } from 'vitest';
import { sentenceParts, spoken } from '../../../src/lib/course/inline-code.ts';

function checkSpoken(sentence: string, python: string, typescript: string) {
	expect(spoken(sentence, 'python')).toBe(python);
	expect(spoken(sentence, 'typescript')).toBe(typescript);
}

test('words are words', () => checkSpoken('All is well.', 'All is well.', 'All is well.'));
test('code loses its backticks', () => checkSpoken('Use `rate()`.', 'Use rate().', 'Use rate().'));
test('code of two languages is said in one', () =>
	checkSpoken('Then `raise`|`throw` it.', 'Then raise it.', 'Then throw it.'));
test('a bar between words or inside code separates no languages', () => {
	checkSpoken('`5..|4..` or a|b', '5..|4.. or a|b', '5..|4.. or a|b');
	checkSpoken('`a` | `b`', 'a | b', 'a | b');
});
test('a backtick without another stays', () => checkSpoken('a ` b', 'a ` b', 'a ` b'));
test('an empty sentence has no parts', () => expect(sentenceParts('')).toEqual([]));

test('parts come in the order of the sentence', () =>
	expect(sentenceParts('`a` or `b`|`c`!')).toEqual([
		{ kind: 'code', text: 'a' },
		{ kind: 'words', text: ' or ' },
		{ kind: 'code per language', text: { python: 'b', typescript: 'c' } },
		{ kind: 'words', text: '!' }
	]));
