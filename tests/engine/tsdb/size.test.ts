import { describe, expect, it } from 'vitest';
import { labels, REFUSED } from '#engine/model';
import { Head } from '#engine/tsdb';
import { addAll, dump, scrape } from './support.ts';

const INTERVAL = 15_000;

/** Rows of a target with as many series as wanted, named s0, s1, … */
function filled(rows: number, series: number): Head {
	const head = new Head();
	const appender = head.appender();
	for (let row = 0; row < rows; row++) {
		const values = Array.from({ length: series }, (_, i) => [`s${i}`, row * i] as const);
		scrape(appender, row * INTERVAL, Object.fromEntries(values));
	}
	return head;
}

describe('size', () => {
	it('of an empty head is nothing', () => {
		expect(new Head().size().total).toBe(0);
	});

	it('is the sum of its parts', () => {
		const { total, ...parts } = filled(700, 3).size();
		expect(Object.values(parts).reduce((a, b) => a + b)).toBe(total);
		expect(parts.sealed).toBeGreaterThan(0);
	});

	it('counts arrays exactly', () => {
		const head = filled(8, 2);
		expect(head.size()).toMatchObject({ values: 2 * 8 * 8, times: 8 * 8, marks: 0, sealed: 0 });
		const appender = head.appender();
		scrape(appender, 1e9, { s0: 1 });
		scrape(appender, 1e9 + 1, { s0: 'stale' });
		expect(head.size()).toMatchObject({ values: 3 * 8 * 8, times: 2 * 8 * 8, marks: 8 });
	});

	it('tells what a metric and what a label takes', () => {
		const stats = filled(100, 3).stats();
		expect(stats.bytesByMetricName.map(({ name }) => name)).toEqual(['s0', 's1', 's2']);
		const metrics = stats.bytesByMetricName.reduce((sum, { value }) => sum + value, 0);
		const { values, marks, series, sealed, labels, postings } = stats.size;
		expect(metrics).toBe(values + marks + series);
		expect(sealed).toBe(0);
		expect(stats.indexBytesByLabelName).toHaveLength(1);
		expect(stats.indexBytesByLabelName[0]!.value).toBeLessThanOrEqual(labels + postings);
	});

	it('of metrics counts their sealed entries', () => {
		const stats = filled(700, 3).stats();
		const metrics = stats.bytesByMetricName.reduce((sum, { value }) => sum + value, 0);
		const { values, marks, series, sealed } = stats.size;
		expect(metrics).toBeGreaterThan(values + marks + series);
		// Timestamps of the block are nobody's own.
		expect(metrics).toBeLessThan(values + marks + series + sealed);
	});

	it('tells live series from those that have ended', () => {
		const head = new Head();
		const appender = head.appender();
		scrape(appender, 10, { a: 1, b: 1, c: 1 });
		scrape(appender, 20, { a: 2, b: 'stale', c: 'stale' });
		scrape(appender, 30, { a: 3, c: 3 });
		expect(head.stats()).toMatchObject({ numSeries: 3, liveSeries: 2, churnedSeries: 1 });
		scrape(head.appender(), 40, { b: 4 });
		expect(head.stats()).toMatchObject({ liveSeries: 3, churnedSeries: 0 });
	});
});

describe('a budget', () => {
	const maxBytes = 20_000;

	function full(): { head: Head; appender: ReturnType<Head['appender']>; stored: number } {
		const head = new Head({ maxBytes });
		const appender = head.appender();
		let stored = 0;
		for (let row = 0; row < 5; row++) {
			const names = Array.from({ length: 10 }, (_, i) => [`r${row}_${i}`, 1] as const);
			const outcomes = scrape(appender, row * INTERVAL, Object.fromEntries(names));
			stored += outcomes.filter((outcome) => outcome === 'appended').length;
		}
		return { head, appender, stored };
	}

	it('refuses new series beyond it, with an outcome that says so', () => {
		const { head, appender, stored } = full();
		expect(stored).toBeGreaterThan(5);
		expect(stored).toBeLessThan(45);
		expect(head.stats().numSeries).toBe(stored);
		// Posting lists and tables grow in steps.
		expect(head.size().total).toBeLessThan(maxBytes * 1.05);
		expect(appender.ref(labels({ __name__: 'another' }))).toBe(REFUSED);
		expect(scrape(appender, 1e6, { another: 1 })).toEqual(['out of budget']);
		expect(scrape(appender, 2e6, { another: 'stale' })).toEqual(['stale']);
		expect(dump(head, 1e6, 3e6)).toEqual([]);
	});

	it('loses nothing that is stored, and lets series go on that are there', () => {
		const { head, appender } = full();
		const before = dump(head);
		expect(scrape(appender, 1e6, { r0_0: 2, another: 1 })).toEqual(['appended', 'out of budget']);
		expect(dump(head, 0, 1e6 - 1)).toEqual(before);
		expect(dump(head, 1e6)).toEqual(['r0_0 2@1000000']);
	});

	it('that retention makes room in takes new series again', () => {
		const { head, appender } = full();
		expect(scrape(appender, 1e6, { another: 1 })).toEqual(['out of budget']);
		head.truncate(1e6);
		expect(scrape(appender, 2e6, { another: 1 })).toEqual(['appended']);
	});

	it('holds for a series that was forgotten and comes back through its old reference', () => {
		const head = new Head({ maxBytes: 1100 });
		const appender = head.appender();
		expect(scrape(appender, 10, { a: 1 })).toEqual(['appended']);
		const ref = appender.ref(labels({ __name__: 'a' }));
		head.truncate(20);
		expect(scrape(appender, 30, { b: 1 })).toEqual(['appended']);
		appender.begin(40);
		expect(appender.add(ref, 2)).toBe('out of budget');
		appender.markStale(ref);
		appender.commit();
		expect(dump(head)).toEqual(['b 1@30']);
	});

	it('takes no sample at all when there is a quarter more than it, until something is forgotten', () => {
		const head = new Head({ maxBytes: 20_000 });
		const appender = head.appender();
		const row = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`s${i}`, 1] as const));
		const outcomes: string[][] = [];
		for (let k = 0; k < 200; k++) outcomes.push(scrape(appender, k * INTERVAL, row));
		expect(outcomes[0]).toEqual(Array(20).fill('appended'));
		expect(outcomes.at(-1)).toEqual(Array(20).fill('out of budget'));
		expect(head.size().total).toBeLessThanOrEqual(25_000);
		const stored = dump(head);
		scrape(appender, 1e7, row);
		expect(dump(head)).toEqual(stored);
		head.truncate(1e7);
		expect(scrape(appender, 2e7, row)).toEqual(outcomes[0]);
	});

	it('is for the head, whoever writes', () => {
		const { head } = full();
		const other = head.appender();
		other.begin(1e6);
		expect(addAll(other, { x: 1 })).toEqual(['out of budget']);
		other.rollback();
	});
});

describe('shrink', () => {
	it('forgets the oldest until the rest fits', () => {
		const head = filled(3000, 5);
		const before = head.size().total;
		const since = head.shrink(before * 0.9) as number;
		expect(head.size().total).toBeLessThanOrEqual(before * 0.9);
		expect(head.stats().minTime).toBeGreaterThan(0);
		expect(head.stats()).toMatchObject({ maxTime: 2999 * INTERVAL, numSeries: 5 });
		expect(since % (30 * 60_000)).toBe(0);
		const kept = head.select([], since, Infinity);
		expect(kept.map(({ start, end }) => end - start)).toEqual(
			new Array(5).fill(3000 - Math.ceil(since / INTERVAL))
		);
	});

	it('does nothing when there is nothing to do, and keeps the end in any case', () => {
		const head = filled(700, 2);
		expect(head.shrink(1e9)).toBeUndefined();
		expect(new Head().shrink(0)).toBeUndefined();
		head.shrink(0);
		expect(dump(head, 699 * INTERVAL)).toEqual([
			`s0 0@${699 * INTERVAL}`,
			`s1 699@${699 * INTERVAL}`
		]);
	});
});
