import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ABSENT, SAMPLE, STALE } from '#engine/model';
import { BLOCK_ROWS, kindOf, MARK_WORDS } from '../../../../src/engine/tsdb/sealed/layout.ts';
import {
	entrySize,
	entrySpan,
	isEntryMarked,
	markAt,
	neighbourOf,
	openEntry
} from '../../../../src/engine/tsdb/sealed/open.ts';
import { sealEntry } from '../../../../src/engine/tsdb/sealed/seal.ts';
import type { UnsealedRows } from '../../../../src/engine/tsdb/sealed/span.ts';
import { WordList } from '../../../../src/engine/tsdb/sealed/words.ts';

/** The head, the span, and the marks. */
const MOST_OVERHEAD = 2 + MARK_WORDS;

function rowsOf(values: readonly number[], first = 0, marks?: readonly number[]): UnsealedRows {
	const offset = 3;
	const column = new Float64Array(offset + BLOCK_ROWS).fill(NaN);
	column.set(values, offset + first);
	const marked = marks && new Uint8Array(offset + BLOCK_ROWS);
	if (marks) marked?.set(marks, offset + first);
	return { values: column, marks: marked, offset, first, end: first + values.length };
}

/** Seals the rows, opens them again, and expects what was there. Returns the words that they took. */
function roundTrip(rows: UnsealedRows): number {
	const list = new WordList();
	list.push(7);
	const at = sealEntry(list, rows);
	const words = list.toArray();
	expect(entrySize(words, at)).toBe(list.length - at);
	expectRows(words, at, rows);
	return list.length - at;
}

function expectRows(
	words: Uint32Array,
	at: number,
	rows: UnsealedRows,
	beside?: UnsealedRows
): void {
	const untouched = -12345;
	const opened = new Float64Array(BLOCK_ROWS + 10).fill(untouched);
	openEntry(words, at, opened, 5, beside);
	expect(entrySpan(words, at)).toEqual({ first: rows.first, end: rows.end });
	const wrong: unknown[] = [];
	for (let row = -5; row < BLOCK_ROWS + 5; row++) {
		const isThere = row >= rows.first && row < rows.end;
		const mark = isThere ? (rows.marks?.[rows.offset + row] ?? SAMPLE) : ABSENT;
		const value = isThere ? rows.values[rows.offset + row] : untouched;
		const isMarkRight = row < 0 || row >= BLOCK_ROWS || markAt(words, at, row) === mark;
		const isValueRight = Object.is(opened[5 + row], value) || (isThere && mark !== SAMPLE);
		if (!isMarkRight || !isValueRight) wrong.push({ row, value, opened: opened[5 + row] });
	}
	expect(wrong).toEqual([]);
}

const COUNT = { minLength: 1, maxLength: BLOCK_ROWS } as const;

const bits = fc
	.tuple(fc.nat(0xffffffff), fc.nat(0xffffffff))
	.map((halves) => new Float64Array(Uint32Array.from(halves).buffer)[0] as number);

const strange = fc.constantFrom(
	...[0, -0, NaN, Infinity, -Infinity, 5e-324, -5e-324, 2 ** 50, -(2 ** 50), 2 ** 53, 1e308, 0.1]
);

function cumulated(steps: readonly number[]): number[] {
	let sum = 0;
	return steps.map((step) => (sum = step < 0 ? -step : sum + step));
}

const counter = fc.array(fc.integer({ min: -3, max: 1000 }), COUNT).map(cumulated);

/** Columns of every sort, those that real series are like and those that are like none. */
const column = fc.oneof(
	counter,
	fc.array(fc.integer(), COUNT),
	fc.array(fc.maxSafeInteger(), COUNT),
	fc.array(bits, COUNT),
	fc.array(fc.double(), COUNT),
	fc.array(fc.oneof(strange, fc.nat(5)), COUNT),
	fc.array(fc.float({ noNaN: true }), COUNT),
	fc
		.tuple(fc.integer({ min: 1, max: 15 }), fc.array(fc.integer(), COUNT))
		.map(([decimals, numbers]) => numbers.map((number) => number / 10 ** decimals)),
	fc.tuple(bits, fc.integer({ min: 1, max: BLOCK_ROWS })).map(([value, count]) => {
		return new Array<number>(count).fill(value);
	}),
	fc.array(fc.tuple(fc.double(), fc.integer({ min: 1, max: 40 })), COUNT).map((runs) => {
		const repeated = runs.flatMap(([value, count]) => new Array<number>(count).fill(value));
		return repeated.slice(0, BLOCK_ROWS);
	}),
	fc
		.tuple(fc.integer(), fc.integer(), fc.array(fc.integer({ min: -2, max: 2 }), COUNT))
		.map(([start, slope, noise]) => noise.map((offset, i) => start + slope * i + offset))
);

describe('a sealed entry', () => {
	it('gives back every double, bit for bit, in hardly more words than the doubles take', () => {
		const kinds = new Set<number>();
		fc.assert(
			fc.property(column, fc.nat(), (values, place) => {
				const rows = rowsOf(values, place % (BLOCK_ROWS - values.length + 1));
				const words = roundTrip(rows);
				expect(words).toBeLessThanOrEqual(values.length * 2 + 2);
				const list = new WordList();
				const at = sealEntry(list, rows);
				kinds.add(kindOf(list.toArray()[at] as number));
			}),
			{ numRuns: 1000 }
		);
		expect([...kinds].sort()).toEqual([0, 1, 2, 3, 5]);
	});

	it('keeps marks beside the values', () => {
		const mark = fc.oneof(
			{ weight: 5, arbitrary: fc.constant(SAMPLE) },
			fc.constantFrom(ABSENT, STALE)
		);
		fc.assert(
			fc.property(column, fc.array(mark, { minLength: 128, maxLength: 128 }), (values, marks) => {
				const rows = rowsOf(values, 0, marks.slice(0, values.length));
				expect(roundTrip(rows)).toBeLessThanOrEqual(values.length * 2 + MOST_OVERHEAD);
			}),
			{ numRuns: 300 }
		);
	});

	it('tells whether rows are marked', () => {
		const list = new WordList();
		const at = sealEntry(list, rowsOf([1, 2, NaN, 4], 10, [SAMPLE, SAMPLE, STALE, SAMPLE]));
		const words = list.toArray();
		expect(isEntryMarked(words, at, 10, 12)).toBe(false);
		expect(isEntryMarked(words, at, 10, 14)).toBe(true);
		expect(isEntryMarked(words, at, 9, 12)).toBe(true);
		expect(isEntryMarked(words, at, 13, 14)).toBe(false);
	});

	it.each([
		['a constant', () => 7, 2],
		['a steady counter', (i: number) => 1e6 + 40 * i, 4],
		['a clock in milliseconds', (i: number) => 1_760_000_000_123 + 15_000 * i, 7],
		['a constant that is no whole number', () => Math.PI, 7],
		['an idle sum of seconds', (i: number) => (i < 60 ? Math.PI : Math.E), 11],
		['a gauge between 0 and 15', (i: number) => (i * 7) % 16, 17],
		['a gauge with two decimals', (i: number) => ((i * 7) % 16) / 100, 17],
		['a counter up to 255 a row', (i: number) => 128 * i + ((i * 37) % 128), 34],
		['a counter of bytes', (i: number) => 1e12 + 128 * i + ((i * 37) % 128), 35]
	])('of %s takes few words', (_, valueAt, words) => {
		const values = Array.from({ length: BLOCK_ROWS }, (_, i) => valueAt(i));
		expect(roundTrip(rowsOf(values))).toBeLessThanOrEqual(words);
	});

	it('of a counter that starts again stays small', () => {
		const values = Array.from({ length: BLOCK_ROWS }, (_, i) => (i < 50 ? 1e6 + i : i - 50));
		expect(roundTrip(rowsOf(values))).toBeLessThanOrEqual(8);
	});
});

describe('an entry beside another bucket', () => {
	const pair = fc.array(fc.tuple(fc.nat(100), fc.nat(3), fc.nat(60)), {
		minLength: BLOCK_ROWS,
		maxLength: BLOCK_ROWS
	});

	it('is opened with that bucket, restarts and all', () => {
		let besides = 0;
		fc.assert(
			fc.property(pair, (steps) => {
				const starts = steps.map(([, , restart]) => restart === 0);
				const lower = cumulated(steps.map(([a], i) => (starts[i] ? -1 : a)));
				const upper = cumulated(steps.map(([a, b], i) => (starts[i] ? -2 : a + b)));
				const list = new WordList();
				const lowerAt = sealEntry(list, rowsOf(lower));
				const rows = rowsOf(upper);
				const at = sealEntry(list, rows, { rows: rowsOf(lower), at: lowerAt });
				const words = list.toArray();
				const neighbour = neighbourOf(words, at);
				expect(entrySize(words, at)).toBe(list.length - at);
				if (neighbour === undefined) return expectRows(words, at, rows);
				besides++;
				expect(neighbour).toBe(lowerAt);
				expectRows(words, at, rows, rowsOf(lower));
			})
		);
		expect(besides).toBeGreaterThan(50);
	});

	it('takes the bits of what lies between the two', () => {
		const lower = cumulated(Array.from({ length: BLOCK_ROWS }, (_, i) => (i * 7919) % 1000));
		const upper = lower.map((count, i) => count + 2 * i + ((i * 31) % 2));
		const list = new WordList();
		const lowerAt = sealEntry(list, rowsOf(lower));
		const at = sealEntry(list, rowsOf(upper), { rows: rowsOf(lower), at: lowerAt });
		expect(list.length - at).toBeLessThanOrEqual(11);
	});

	it.each([
		['has fewer rows', rowsOf([1, 2, 3])],
		['has decimals', rowsOf(new Array<number>(BLOCK_ROWS).fill(0.5))],
		['has marks', rowsOf(new Array<number>(BLOCK_ROWS).fill(5), 0, [STALE])]
	])('that %s stands alone', (_, neighbour) => {
		const list = new WordList();
		const neighbourAt = sealEntry(list, neighbour);
		const rows = rowsOf(Array.from({ length: BLOCK_ROWS }, (_, i) => i * i));
		const at = sealEntry(list, rows, { rows: neighbour, at: neighbourAt });
		expect(neighbourOf(list.toArray(), at)).toBeUndefined();
		expectRows(list.toArray(), at, rows);
	});
});
