import { expect, test } from 'vitest';
import { toLowerCase, toUpperCase } from '../../../../src/engine/scrape/relabel/letter-case.ts';

function check(text: string, upper: string, lower: string): void {
	expect([toUpperCase(text), toLowerCase(text)]).toEqual([upper, lower]);
}

test('every character is mapped to one', () => {
	check('GeT /x', 'GET /X', 'get /x');
	check('Äß', 'Äß', 'äß');
	check('ﬁ', 'ﬁ', 'ﬁ');
	check('𐐀𐐨', '𐐀𐐀', '𐐨𐐨');
});

test('a sigma is the same everywhere in a word', () => {
	check('ΟΔΟΣ', 'ΟΔΟΣ', 'οδοσ');
});

test('the dotted I loses its dot', () => {
	check('İı', 'İI', 'iı');
});

test('a Greek letter with an iota below has one capital', () => {
	check('ᾀᾳῃῳ', 'ᾈᾼῌῼ', 'ᾀᾳῃῳ');
	check('ᾈΐ', 'ᾈΐ', 'ᾀΐ');
});

test('what is no character is said to be none', () => {
	check('a\udc80', 'A\ufffd', 'a\ufffd');
});

test('letters of which Go does not know the other case stay as they are', () => {
	check('\u019b\u0264\ua7cb', '\u019b\u0264\ua7cb', '\u019b\u0264\ua7cb');
	check('\u{10d50}\u{10d70}', '\u{10d50}\u{10d70}', '\u{10d50}\u{10d70}');
});
