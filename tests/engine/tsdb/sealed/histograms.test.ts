import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ABSENT, CUSTOM_BUCKETS_SCHEMA, SAMPLE, STALE, type FloatHistogram } from '#engine/model';
import { openHistograms, sealHistograms } from '../../../../src/engine/tsdb/sealed/histograms.ts';
import { BLOCK_ROWS } from '../../../../src/engine/tsdb/sealed/layout.ts';
import {
	entrySize,
	entrySpan,
	hasHistograms,
	markAt
} from '../../../../src/engine/tsdb/sealed/open.ts';
import { WordList } from '../../../../src/engine/tsdb/sealed/words.ts';
import { histogramOf } from '../support.ts';
import { histogramRun } from './random-histogram.ts';

/** A row of a block: a histogram, a float, or a mark. */
type Row = FloatHistogram | number | 'absent' | 'stale';

/** Seals the rows, opens them again, and expects what was there. Returns the bytes that they took. */
function roundTrip(rows: readonly Row[], first = 0): number {
	const offset = 2;
	const end = first + rows.length;
	const values = new Float64Array(offset + BLOCK_ROWS);
	const marks = new Uint8Array(offset + BLOCK_ROWS);
	const histograms: (FloatHistogram | undefined)[] = [];
	rows.forEach((row, i) => {
		const at = offset + first + i;
		if (typeof row === 'object') histograms[at] = row;
		else if (typeof row === 'number') values[at] = row;
		else marks[at] = row === 'stale' ? STALE : ABSENT;
	});
	const list = new WordList();
	list.push(7);
	const at = sealHistograms(list, { values, marks, offset, first, end }, histograms);
	const words = list.toArray();
	expect(hasHistograms(words, at)).toBe(true);
	expect(entrySize(words, at)).toBe(list.length - at);
	expect(entrySpan(words, at)).toEqual({ first, end });
	const opened = new Float64Array(BLOCK_ROWS);
	const found: (FloatHistogram | undefined)[] = [];
	openHistograms(words, at, opened, 0, (row, histogram) => (found[row] = histogram));
	const back = rows.map((_, i): Row => {
		const mark = markAt(words, at, first + i);
		if (mark !== SAMPLE) return mark === STALE ? 'stale' : 'absent';
		return found[first + i] ?? (opened[first + i] as number);
	});
	// toEqual tells -0 from 0, and takes NaN for itself.
	expect(back).toEqual(rows);
	return (list.length - at) * 4;
}

const mixed = fc
	.tuple(
		histogramRun,
		fc.array(
			fc.oneof(
				{ weight: 5, arbitrary: fc.constant('histogram' as const) },
				{ weight: 1, arbitrary: fc.oneof(fc.double(), fc.nat(5), fc.constantFrom(0, -0, NaN)) },
				{ weight: 1, arbitrary: fc.constantFrom('absent', 'stale' as const) }
			),
			{ minLength: 1, maxLength: 60 }
		)
	)
	.map(([run, kinds]) => {
		let next = 0;
		return kinds.map((kind): Row => (kind === 'histogram' ? run[next++ % run.length]! : kind));
	});

describe('sealed native histograms', () => {
	it('come back bit for bit, with floats, holes and markers between them', () => {
		fc.assert(
			fc.property(mixed, fc.nat(BLOCK_ROWS - 60), (rows, first) => void roundTrip(rows, first)),
			{ numRuns: 300 }
		);
	});

	it('come back from a whole block', () => {
		fc.assert(
			fc.property(histogramRun, (run) => {
				roundTrip(Array.from({ length: BLOCK_ROWS }, (_, i) => run[i % run.length]!));
			}),
			{ numRuns: 50 }
		);
	});

	it('are the same object where nothing has changed', () => {
		const list = new WordList();
		const rows = { values: new Float64Array(3), marks: undefined, offset: 0, first: 0, end: 3 };
		const at = sealHistograms(list, rows, [histogramOf([1]), histogramOf([1]), histogramOf([2])]);
		const found: FloatHistogram[] = [];
		openHistograms(list.toArray(), at, new Float64Array(3), 0, (_, one) => found.push(one));
		expect(found[1]).toBe(found[0]);
		expect(found[2]!.positive.indexes).toBe(found[0]!.positive.indexes);
	});

	it('that stand still take a bit each', () => {
		const first = roundTrip([histogramOf([5, 7, 9])]);
		const all = roundTrip(new Array<Row>(BLOCK_ROWS).fill(histogramOf([5, 7, 9])));
		expect(all - first).toBeLessThanOrEqual(BLOCK_ROWS / 8);
	});

	it('of a busy service take a few bits for each bucket', () => {
		const buckets = 20;
		let counts = new Array<number>(buckets).fill(0);
		const rows = Array.from({ length: BLOCK_ROWS }, (_, row) => {
			counts = counts.map((count, i) => count + ((row * 7 + i * 3) % 8));
			return histogramOf(counts);
		});
		expect(roundTrip(rows) / (BLOCK_ROWS * buckets)).toBeLessThan(1.25);
	});

	it('that get a bucket take little more than those that had it from the beginning', () => {
		const early = Array.from({ length: 40 }, (_, row) => histogramOf([row, row < 20 ? 0 : 1]));
		const late = early.map((one, row) => (row < 20 ? histogramOf([row]) : one));
		expect(roundTrip(late) - roundTrip(early)).toBeLessThanOrEqual(16);
	});

	it('with custom bounds have the bounds once', () => {
		const bounds = Array.from({ length: 30 }, (_, i) => 0.1 * i);
		const nhcb = (row: number): FloatHistogram => ({
			...histogramOf(new Array<number>(31).fill(row)),
			schema: CUSTOM_BUCKETS_SCHEMA,
			zeroThreshold: 0,
			customValues: [...bounds]
		});
		const one = roundTrip([nhcb(0)]);
		const many = roundTrip([nhcb(0), nhcb(1), nhcb(2), nhcb(3)]);
		expect((many - one) / 3).toBeLessThan(40);
	});
});
