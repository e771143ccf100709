import { describe, expect, it } from 'vitest';
import { errorSpan } from '../../../src/lib/editor/promql-place.ts';

function check(query: string, [line, column]: [number, number], marked: string) {
	const { from, to } = errorSpan(query, { line, column });
	expect(query.slice(from, to)).toBe(marked);
}

describe('errorSpan', () => {
	it('marks the word at the place', () => {
		check('sum(rats(up[5m]))', [1, 5], 'rats');
		check('up ) down', [1, 4], ')');
	});

	it('marks the last character where the query ends too early', () => {
		check('sum(up', [1, 7], 'p');
		check('', [1, 1], '');
	});

	it('counts columns in bytes and lines from one', () => {
		check('{a="é€"} x', [1, 13], 'x');
		check('up{a="🙂"} )', [1, 14], ')');
		check('sum(\n  foo bar)', [2, 7], 'bar');
	});

	it('stays within the text for a place outside of it', () => {
		check('up', [9, 9], 'p');
	});
});
