import { describe, expect, it } from 'vitest';
import { columnAfter, placeIn } from '../../../src/lib/editor/python-source.ts';

const source = { file: 'app.py', others: () => ({ 'gunicorn.conf.py': 'workers = 4\n' }) };

describe('placeIn()', () => {
	it('gives the program with its edited file, and a column from 0', () => {
		expect(placeIn(source, 'a\nbcd', 2, 3)).toEqual({
			files: { 'gunicorn.conf.py': 'workers = 4\n', 'app.py': 'a\nbcd' },
			file: 'app.py',
			line: 2,
			column: 2
		});
	});

	it.each([
		['at the beginning', 'abc', 1, 0],
		['behind characters of two code units', '🙂🙂x', 5, 2],
		['beyond the end of the line', 'ab', 9, 2]
	])('counts code points %s', (_, line, column, points) => {
		expect(placeIn(source, line, 1, column).column).toBe(points);
	});
});

describe('columnAfter()', () => {
	it.each([
		['abc', 0, 1],
		['abc', 2, 3],
		['🙂🙂x', 2, 5],
		['ab', 9, 3]
	])('in %o after %i', (line, points, column) => {
		expect(columnAfter(line, points)).toBe(column);
	});
});
