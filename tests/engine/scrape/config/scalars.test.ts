import { expect, test } from 'vitest';
import { formatByteSize, parseByteSize } from '../../../../src/engine/scrape/config/byte-size.ts';
import { scalarText } from '../../../../src/engine/scrape/config/emit-scalar.ts';
import { expandEnvironment } from '../../../../src/engine/scrape/config/environment.ts';
import { compareKeys } from '../../../../src/engine/scrape/config/key-order.ts';
import { excerpt, resolveText } from '../../../../src/engine/scrape/config/resolve-scalar.ts';

/** What go-yaml of version 2 makes of texts without quotes. */
test.each([
	['1', '!!int'],
	['-0x1F', '!!int'],
	['0o17', '!!int'],
	['08', '!!float'],
	['1_000', '!!int'],
	['1e5', '!!float'],
	['.5', '!!float'],
	['0.', '!!float'],
	['.', '!!str'],
	['1.2.3', '!!str'],
	['1e999', '!!str'],
	['18446744073709551615', '!!int'],
	['-18446744073709551615', '!!float'],
	['y', '!!bool'],
	['oN', '!!str'],
	['Null', '!!null'],
	['', '!!null'],
	['<<', '!!str'],
	['.inf', '!!float'],
	['2001-02-28', '!!timestamp'],
	['2001-02-29', '!!str'],
	['2001-1-1 1:2:3', '!!timestamp'],
	['2001-1-1T1:2:3Z', '!!timestamp'],
	['2001-1-1T1:2:3', '!!str'],
	['1:30', '!!str'],
	['15s', '!!str']
])('%j is %s', (text, tag) => {
	expect(resolveText(text).tag).toBe(tag);
});

test('a complaint shows the first bytes of a long value', () => {
	expect(excerpt('0123456789')).toBe(' `0123456789`');
	expect(excerpt('0123456789a')).toBe(' `0123456...`');
	// The seventh byte is the first half of a character.
	expect(excerpt('012345äöü').toWellFormed()).toBe(' `012345\ufffd...`');
});

test.each([
	['0', 0],
	['15MB', 15 * 1024 ** 2],
	['1GiB512MiB', 1.5 * 1024 ** 3],
	['1.5KB', 1536],
	['.5KB', 512],
	['-1KiB', -1024],
	['+3B', 3]
])('%s is a size', (text, value) => {
	expect(parseByteSize(text)).toEqual({ value });
});

test.each([
	['100', 'units: unknown unit  in 100'],
	['7kB', 'units: unknown unit kB in 7kB'],
	['MB', 'units: invalid MB'],
	['', 'units: invalid '],
	['1..5KB', 'units: unknown unit  in 1..5KB'],
	['9EB', 'units: overflow parsing unit'],
	['1MB1KiB', 'units: unknown unit KiB in 1MB1KiB']
])('%j is no size', (text, error) => {
	expect(parseByteSize(text)).toEqual({ error });
});

test('a size is written with the largest units that are whole', () => {
	expect([0, 1, 1024, 1536, 15 * 1024 ** 2, -1536].map(formatByteSize)).toEqual([
		'0B',
		'1B',
		'1KiB',
		'1KiB512B',
		'15MiB',
		'-1KiB-512B'
	]);
});

test('the environment is empty, and dollars can be written', () => {
	const missing: string[] = [];
	const expand = (text: string) => expandEnvironment(text, (name) => missing.push(name));
	expect(expand('a$B-${C}d')).toBe('a-d');
	expect(expand('$$ ${$} $ x$')).toBe('$ $ $ x$');
	expect(expand('${} ${ $1x')).toBe('  x');
	expect(missing).toEqual(['B', 'C', '1']);
});

test('keys are sorted as people would: numbers by their value, letters last', () => {
	const sorted = ['a1', 'a10', 'a2', 'A', '_x', 'b', 'a', '1', 'é', 'a01'].sort(compareKeys);
	expect(sorted).toEqual(['_x', '1', 'A', 'a', 'a1', 'a01', 'a2', 'a10', 'b', 'é']);
});

function block(text: string, column = 0): string {
	return scalarText(text, { column, indent: 2, place: 'block' });
}

test.each([
	['plain words', 'plain words'],
	['', '""'],
	['12', '"12"'],
	['yes', '"yes"'],
	['1:30', '"1:30"'],
	['a: b', "'a: b'"],
	['a:b', 'a:b'],
	['a #b', "'a #b'"],
	['- a', "'- a'"],
	['-a', '-a'],
	["it's", "it's"],
	["'", "''''"],
	[' x', "' x'"],
	['*', "'*'"],
	['tab\there', '"tab\\there"'],
	['a "quote"', 'a "quote"'],
	['😀', '"\\U0001F600"'],
	['two\nlines', '|-\n  two\n  lines'],
	['two\nlines\n', '|\n  two\n  lines'],
	['x \ny', '"x \\ny"'],
	['\n', '|2+\n']
])('%j is written as %s', (text, expected) => {
	expect(block(text)).toBe(expected);
});

test('in a flow list more texts need quotes', () => {
	expect(scalarText('a,b', { column: 0, indent: 2, place: 'flow' })).toBe("'a,b'");
	expect(scalarText('a:b', { column: 0, indent: 2, place: 'flow' })).toBe("'a:b'");
});

test('a long text is broken at a space behind column 80', () => {
	expect(block('one two three', 78)).toBe('one\n  two three');
	expect(block('one  two three', 78)).toBe('one  two\n  three');
	expect(block('one\ttwo  three four', 70)).toBe('"one\\ttwo  three\n  four"');
});
