import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labels, type Matcher } from '#engine/model';
import { Head } from '#engine/tsdb';
import { dump, samplesText, scrape } from './support.ts';

const ROWS = 1000;
const A: Matcher = { name: '__name__', type: '=', value: 'a' };

function filled(): { head: Head; appender: ReturnType<Head['appender']> } {
	const head = new Head();
	const appender = head.appender();
	for (let row = 0; row < ROWS; row++) scrape(appender, row, { a: row, b: -row });
	return { head, appender };
}

describe('delete', () => {
	it('takes samples away, sealed and open ones, of the series that match', () => {
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.nat(ROWS), fc.nat(ROWS)), { maxLength: 3 }),
				fc.nat(ROWS),
				fc.nat(ROWS),
				(deletions, from, keep) => {
					const { head, appender } = filled();
					let expected = Array.from({ length: ROWS }, (_, row) => row);
					for (const [low, high] of deletions) {
						dump(head, low - 100, high + 50);
						head.delete([A], low, high);
						expected = expected.filter((row) => row < low || row > high);
					}
					head.truncate(keep);
					scrape(appender, ROWS, { a: ROWS, b: -ROWS });
					const start = Math.max(from, keep);
					const [a, b] = head.select([], start, Infinity);
					const samples = [...expected, ROWS].filter((row) => row >= start);
					expect(samplesText(a!)).toBe(samples.map((row) => `${row}@${row}`).join(' '));
					expect(b!.end - b!.start).toBe(ROWS + 1 - start);
				}
			),
			{ numRuns: 40 }
		);
	});

	it('of everything leaves no series that a query sees', () => {
		const { head } = filled();
		head.delete([A], -Infinity, Infinity);
		expect(head.series([], 0, Infinity)).toEqual([labels({ __name__: 'b' })]);
		expect(dump(head, 0, Infinity, [A])).toEqual([]);
		expect(head.stats().samples).toBe(ROWS);
	});

	it('leaves series and times of the head as they are until retention comes, as Prometheus does', () => {
		const { head } = filled();
		scrape(head.appender(), ROWS + 10, { a: 1 });
		head.delete([A], ROWS - 5, Infinity);
		const stats = head.stats();
		expect(stats).toMatchObject({ numSeries: 2, liveSeries: 2, minTime: 0, maxTime: ROWS + 10 });
		expect(stats.samples).toBe(2 * ROWS - 5);
		head.delete([], -Infinity, Infinity);
		expect(head.stats()).toMatchObject({
			numSeries: 2,
			minTime: 0,
			maxTime: ROWS + 10,
			samples: 0
		});
		head.truncate(ROWS + 5);
		expect(head.stats()).toMatchObject({ numSeries: 1, maxTime: ROWS + 10 });
	});

	it('does not change what a reader holds', () => {
		const { head, appender } = filled();
		scrape(appender, ROWS, { a: 'stale', b: 1 });
		const held = [head.select([A], 0, Infinity)[0]!, head.select([A], 900, Infinity)[0]!];
		const before = held.map(samplesText);
		head.delete([A], 10, 950);
		expect(dump(head, 940, 951, [A])).toEqual(['a 951@951']);
		expect(held.map(samplesText)).toEqual(before);
	});

	it('leaves samples that come later as they are, and earlier ones out of order', () => {
		const { head, appender } = filled();
		head.delete([A], 500, Infinity);
		expect(scrape(head.appender(), ROWS - 2, { a: 1 })).toEqual(['out of order']);
		for (let row = ROWS; row < ROWS + 800; row++) scrape(appender, row, { a: row, b: 1 });
		expect(dump(head, 498, ROWS + 1, [A])).toEqual(['a 498@498 499@499 1000@1000 1001@1001']);
	});

	it('refuses while a row is open', () => {
		const { head, appender } = filled();
		appender.begin(5000);
		expect(() => head.delete([A], 0, 1)).toThrow('cannot delete while a row is open');
	});
});
