import { describe, expect, it } from 'vitest';
import { HOUR, labels } from '#engine/model';
import { Head } from '#engine/tsdb';
import { dump, HISTOGRAMS, scrape } from './support.ts';

const A = labels({ __name__: 'a' });

describe('a sample that is out of bounds', () => {
	it('is more than an hour older than the newest sample of any series', () => {
		const head = new Head();
		scrape(head.appender(), 10 * HOUR, { b: 1 });
		const appender = head.appender();
		appender.begin(10 * HOUR + 5);
		const ref = appender.ref(A);
		expect(appender.add(ref, 1, 9 * HOUR - 1)).toBe('out of bounds');
		expect(appender.addHistogram(ref, HISTOGRAMS.h1, 9 * HOUR - 1)).toBe('out of bounds');
		expect(appender.add(ref, 1, 9 * HOUR)).toBe('appended');
		appender.commit();
		expect(dump(head, 0, 9 * HOUR)).toEqual([`a 1@${9 * HOUR}`]);
	});

	it('is so before anything else, be it the last sample once more', () => {
		const head = new Head();
		scrape(head.appender(), 0, { a: 1 });
		scrape(head.appender(), 2 * HOUR, { b: 1 });
		expect(scrape(head.appender(), 0, { a: 1 })).toEqual(['out of bounds']);
	});

	it('may come in a row that is too old: nothing of it is stored, nor marked', () => {
		const head = new Head();
		const appender = head.appender();
		scrape(appender, 0, { a: 1 });
		scrape(head.appender(), 2 * HOUR, { b: 1 });
		expect(scrape(appender, 10, { a: 2, c: 1 })).toEqual(['out of bounds', 'out of bounds']);
		scrape(appender, 20, { a: 'stale' });
		expect(scrape(appender, 2 * HOUR, { a: 3 })).toEqual(['appended']);
		expect(dump(head)).toEqual([`a 1@0 3@${2 * HOUR}`, `b 1@${2 * HOUR}`]);
	});

	it('is measured by what was committed when the row began', () => {
		const head = new Head();
		scrape(head.appender(), 0, { a: 1 });
		const appender = head.appender();
		appender.begin(5);
		scrape(head.appender(), 2 * HOUR, { b: 1 });
		const pending = head.appender();
		pending.begin(9 * HOUR);
		pending.add(pending.ref(labels({ __name__: 'b' })), 2);
		expect(appender.add(appender.ref(A), 2)).toBe('appended');
		appender.commit();
		pending.rollback();
		expect(scrape(head.appender(), 1 * HOUR, { a: 3 })).toEqual(['appended']);
		expect(dump(head, 0, HOUR)).toEqual([`a 1@0 2@5 3@${HOUR}`]);
	});

	it('is older than what retention has cut, too', () => {
		const head = new Head({ appendableWindow: Infinity });
		scrape(head.appender(), 50 * HOUR, { b: 1 });
		expect(scrape(head.appender(), 1, { a: 1 })).toEqual(['appended']);
		head.truncate(5 * HOUR);
		expect(scrape(head.appender(), 5 * HOUR - 1, { a: 1 })).toEqual(['out of bounds']);
		expect(scrape(head.appender(), 5 * HOUR, { a: 1 })).toEqual(['appended']);
		head.truncate(1 * HOUR);
		expect(scrape(head.appender(), 4 * HOUR, { c: 1 })).toEqual(['out of bounds']);
	});

	it('is so by samples with their own times, too', () => {
		const head = new Head();
		const appender = head.appender();
		appender.begin(HOUR);
		appender.add(appender.ref(A), 1, 3 * HOUR);
		appender.commit();
		expect(scrape(appender, 2 * HOUR - 1, { b: 1 })).toEqual(['out of bounds']);
		expect(scrape(appender, 2 * HOUR, { b: 1 })).toEqual(['appended']);
	});

	it('is so in a head that was empty when retention came', () => {
		const head = new Head();
		head.truncate(5 * HOUR);
		expect(scrape(head.appender(), 5 * HOUR - 1, { a: 1 })).toEqual(['out of bounds']);
		expect(scrape(head.appender(), 5 * HOUR, { a: 1 })).toEqual(['appended']);
	});

	it('is not there without an appendable window', () => {
		const head = new Head({ appendableWindow: Infinity });
		scrape(head.appender(), 50 * HOUR, { b: 1 });
		expect(scrape(head.appender(), -HOUR, { a: 1 })).toEqual(['appended']);
	});
});

describe('a head that was never offered a sample', () => {
	it('takes any, and counts from it', () => {
		const head = new Head();
		const appender = head.appender();
		appender.begin(100 * HOUR);
		const ref = appender.ref(A);
		expect(appender.add(ref, 1, 5 * HOUR)).toBe('appended');
		expect(appender.add(ref, 1, 4 * HOUR - 1)).toBe('out of bounds');
		expect(appender.add(ref, 1)).toBe('appended');
		appender.commit();
	});

	it('counts from it even when it is rolled back', () => {
		const head = new Head();
		const appender = head.appender();
		appender.begin(100 * HOUR);
		appender.add(appender.ref(A), 1);
		appender.rollback();
		expect(scrape(head.appender(), 98 * HOUR, { a: 1 })).toEqual(['out of bounds']);
	});

	it('does not count from a row without samples', () => {
		const head = new Head();
		const appender = head.appender();
		scrape(appender, 100 * HOUR, {});
		expect(scrape(head.appender(), HOUR, { a: 1 })).toEqual(['appended']);
	});

	it('counts from a staleness marker as from a sample', () => {
		const head = new Head();
		scrape(head.appender(), 100 * HOUR, { a: 'stale' });
		expect(scrape(head.appender(), HOUR, { a: 1 })).toEqual(['out of bounds']);
	});
});
