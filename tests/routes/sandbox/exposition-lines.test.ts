import { describe, expect, it } from 'vitest';
import {
	filterLines,
	MOST_LINES,
	readExposition
} from '../../../src/routes/sandbox/exposition-lines.ts';

function change(before: string, after: string): string[] {
	return readExposition(after, readExposition(before)).lines.map((line) => line.change);
}

describe('readExposition', () => {
	it('splits samples into series and value, and leaves comments whole', () => {
		const { lines, sampleCount } = readExposition('# HELP a b {c} 1\na{x="} 1"} 2 1000\nb 3\n');
		expect(lines.map(({ kind, text, value }) => [kind, text, value])).toEqual([
			['comment', '# HELP a b {c} 1', ''],
			['sample', 'a{x="} 1"}', '2 1000'],
			['sample', 'b', '3']
		]);
		expect(sampleCount).toBe(2);
	});

	it('says by how much a sample has changed since the page before', () => {
		expect(change('a 1\nb 5', 'a 16\nb 5')).toEqual(['+15', '']);
		expect(change('a 1.1', 'a 1')).toEqual(['−0.1']);
	});

	it('says which samples are new, and changes that are no difference', () => {
		expect(change('a 1', 'a 1\nb 2')).toEqual(['', 'new']);
		expect(change('a NaN', 'a 2')).toEqual(['changed']);
	});

	it('calls nothing new on the first page', () => {
		expect(readExposition('a 1').lines[0]?.change).toBe('');
	});

	it('shows the first lines of a huge page and counts the rest', () => {
		const page = readExposition('a{n="1"} 1\n'.repeat(MOST_LINES + 5));
		expect(page.lines).toHaveLength(MOST_LINES);
		expect(page.lineCount).toBe(MOST_LINES + 5);
	});

	it('cuts lines that no screen shows', () => {
		const [line] = readExposition(`a{x="${'y'.repeat(5000)}"} 1`).lines;
		expect(line?.text).toMatch(/^a\{x="y+… \(5,007 characters\)$/);
		expect(line?.value).toBe('1');
	});
});

describe('filterLines', () => {
	it('finds text in any case, in series and values', () => {
		const page = readExposition('# TYPE a counter\na{b="C"} 1\nd 17');
		expect(filterLines(page, 'B="c').map(({ text }) => text)).toEqual(['a{b="C"}']);
		expect(filterLines(page, '17').map(({ text }) => text)).toEqual(['d']);
		expect(filterLines(page, ' ')).toHaveLength(3);
	});
});
