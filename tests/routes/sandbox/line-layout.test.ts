import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readExposition } from '../../../src/routes/sandbox/exposition-lines.ts';
import { layOutLines, linesWithin } from '../../../src/routes/sandbox/line-layout.ts';

const linesOf = (text: string, before?: string) =>
	readExposition(text, before === undefined ? undefined : readExposition(before)).lines;

function check(columns: number, text: string, expected: readonly number[], before?: string) {
	const { tops } = layOutLines(linesOf(text, before), columns);
	expect([...tops.slice(1)].map((end, i) => end - (tops[i] ?? 0))).toEqual(expected);
}

describe('layOutLines', () => {
	it('gives every line a row where there is room to scroll, or before the room is known', () => {
		const text = `# ${'x'.repeat(200)}\nup{a="${'x'.repeat(200)}"} 1\n`;
		check(120, text, [1, 1]);
		check(0, text, [1, 1]);
	});

	it('wraps series beside their values, and comments over the whole width', () => {
		// 8 columns are kept for the value and one lies between: 21 for the series.
		check(30, `up{a="${'x'.repeat(13)}"} 1`, [1]);
		check(30, `up{a="${'x'.repeat(14)}"} 1`, [2]);
		check(30, `#${'x'.repeat(29)}\n#${'x'.repeat(30)}`, [1, 2]);
	});

	it('keeps as much for values as the longest takes, up to two fifths', () => {
		expect(layOutLines(linesOf('up 1234567890'), 40).valueColumns).toBe(10);
		expect(layOutLines(linesOf(`up ${'1'.repeat(90)}`), 40).valueColumns).toBe(16);
		check(40, `up ${'1'.repeat(33)}`, [3]);
	});

	it('has a row more for a change, unless the series takes it anyway', () => {
		check(30, 'up 3', [2], 'up 1');
		const long = `up{a="${'x'.repeat(15)}"}`;
		check(30, `${long} 3`, [2], `${long} 1`);
	});

	it('leaves room for characters that are wider', () => {
		check(30, `up{a="${'漢'.repeat(10)}"} 1`, [2]);
	});
});

it('linesWithin() finds just the lines that some rows show', () => {
	const lineOf = fc.integer({ min: 1, max: 90 }).map((length) => `#${'x'.repeat(length)}`);
	fc.assert(
		fc.property(
			fc.array(lineOf, { maxLength: 30 }),
			fc.integer({ min: -5, max: 60 }),
			fc.nat(20),
			(lines, first, rows) => {
				const layout = layOutLines(linesOf(lines.join('\n')), 30);
				const { from, to } = linesWithin(layout, first, first + rows);
				const shown = lines.flatMap((_, i) => {
					const [top = 0, end = 0] = layout.tops.slice(i, i + 2);
					return top <= first + rows && end > first ? [i] : [];
				});
				expect(lines.map((_, i) => i).slice(from, to)).toEqual(shown);
			}
		)
	);
});
