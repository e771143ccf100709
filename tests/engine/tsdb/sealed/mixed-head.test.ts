import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
	ABSENT,
	labels,
	SAMPLE,
	STALE,
	type FloatHistogram,
	type Matcher,
	type SeriesColumns
} from '#engine/model';
import { Head } from '#engine/tsdb';
import { histogramRun } from './random-histogram.ts';

type Value = FloatHistogram | number | 'stale';

interface Sample {
	readonly time: number;
	readonly value: Value;
}

/** What a series does in each of so many rows, over and over. */
const habit = fc.record({
	histograms: histogramRun,
	/** For each row which of the histograms it gets; or a float, or nothing. */
	turns: fc.array(
		fc.oneof(
			{ weight: 6, arbitrary: fc.nat(20) },
			{ weight: 1, arbitrary: fc.constantFrom('float', 'absent', 'stale' as const) }
		),
		{ minLength: 3, maxLength: 40 }
	),
	/** Rows from which on, for as long, the series has floats alone, or is not there. */
	floats: fc.tuple(fc.nat(1000), fc.nat(400)),
	absence: fc.tuple(fc.nat(1000), fc.nat(700))
});

type Habit = typeof habit extends fc.Arbitrary<infer V> ? V : never;

const ROWS = 1000;

function valueAt({ histograms, turns, floats, absence }: Habit, row: number): Value | 'absent' {
	if (row >= absence[0] && row < absence[0] + absence[1]) return 'absent';
	const turn = turns[row % turns.length]!;
	if (turn === 'absent' || turn === 'stale') return turn;
	const isFloat = turn === 'float' || (row >= floats[0] && row < floats[0] + floats[1]);
	return isFloat ? row / 4 : histograms[turn % histograms.length]!;
}

function samplesOf({ times, values, marks, histograms, start, end }: SeriesColumns): Sample[] {
	const samples: Sample[] = [];
	for (let row = start; row < end; row++) {
		const mark = marks?.[row] ?? SAMPLE;
		if (mark === ABSENT) continue;
		const value = mark === STALE ? 'stale' : (histograms?.[row] ?? (values[row] as number));
		samples.push({ time: times[row] as number, value });
	}
	return samples;
}

/** Writes the rows of all habits, and the same samples to lists. Some rows are rolled back. */
function filled(habits: readonly Habit[], head: Head): Sample[][] {
	const lists: Sample[][] = habits.map(() => []);
	const appender = head.appender();
	const refs = habits.map((_, i) => appender.ref(labels({ __name__: 'm', i: String(i) })));
	for (let row = 0; row < ROWS; row++) {
		const isKept = row % 11 !== 10;
		appender.begin(row);
		habits.forEach((one, i) => {
			const value = valueAt(one, row);
			if (value === 'stale') appender.markStale(refs[i]!);
			else if (typeof value === 'number') appender.add(refs[i]!, value);
			else if (value !== 'absent') appender.addHistogram(refs[i]!, value);
			if (isKept && value !== 'absent') lists[i]!.push({ time: row, value: value as Value });
		});
		if (isKept) appender.commit();
		else appender.rollback();
	}
	return lists;
}

it('histograms and floats, open and sealed, come back as they were, whatever is asked, deleted and forgotten', () => {
	const ranges = fc.array(fc.tuple(fc.nat(ROWS), fc.nat(ROWS)), { minLength: 1, maxLength: 4 });
	fc.assert(
		fc.property(
			fc.array(habit, { minLength: 1, maxLength: 3 }),
			ranges,
			fc.option(fc.tuple(fc.nat(ROWS), fc.nat(200))),
			fc.nat(ROWS),
			(habits, queries, deletion, kept) => {
				const head = new Head({ openedBytes: 50_000 });
				let lists = filled(habits, head);
				const check = (from: number, to: number) => {
					const inside = ({ time }: Sample) => time >= from && time <= to;
					const expected = lists.map((list) => list.filter(inside));
					const found = expected.map((_, i) => {
						const matcher: Matcher = { name: 'i', type: '=', value: String(i) };
						return head.select([matcher], from, to).flatMap(samplesOf);
					});
					expect(found).toEqual(expected);
				};
				for (const [from, length] of queries) check(from, from + length);
				if (deletion) {
					const [low, length] = deletion;
					head.delete([], low, low + length);
					lists = lists.map((list) => list.filter(({ time }) => time < low || time > low + length));
				}
				check(0, ROWS);
				head.truncate(kept);
				for (const [from, length] of queries) check(Math.max(kept, from), from + length);
				check(kept, Infinity);
			}
		),
		{ numRuns: 30 }
	);
});
