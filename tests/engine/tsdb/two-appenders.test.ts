import { describe, expect, it } from 'vitest';
import { Head } from '#engine/tsdb';
import { addAll, dump, scrape } from './support.ts';

describe('a series of two appenders', () => {
	it('is one series, merged by time', () => {
		const head = new Head();
		const before = head.appender();
		const after = head.appender();
		scrape(before, 10, { up: 1 });
		scrape(before, 20, { up: 'stale' });
		scrape(after, 25, { up: 2 });
		scrape(after, 35, { up: 3 });
		expect(dump(head)).toEqual(['up 1@10 stale@20 2@25 3@35']);
		expect(dump(head, 15, 25)).toEqual(['up stale@20 2@25']);
		expect(head.stats().numSeries).toBe(1);
		expect(head.stats().samples).toBe(3);
	});

	it('takes turns, in order only', () => {
		const head = new Head();
		const one = head.appender();
		const two = head.appender();
		scrape(one, 10, { a: 1 });
		expect(scrape(two, 20, { a: 2 })).toEqual(['appended']);
		expect(scrape(one, 15, { a: 3, b: 3 })).toEqual(['out of order', 'appended']);
		expect(scrape(one, 20, { a: 2, b: 4 })).toEqual(['unchanged', 'appended']);
		expect(scrape(one, 30, { a: 5 })).toEqual(['appended']);
		expect(scrape(two, 30, { a: 6 })).toEqual(['duplicate timestamp']);
		expect(dump(head)).toEqual(['a 1@10 2@20 5@30', 'b 3@15 4@20']);
	});

	it('is not copied where the range touches one of them', () => {
		const head = new Head();
		const one = head.appender();
		const two = head.appender();
		scrape(one, 10, { a: 1 });
		scrape(two, 20, { a: 2, b: 2 });
		scrape(two, 30, { a: 3, b: 3 });
		const [a, b] = head.select([], 20, 30);
		expect(a?.times).toBe(b?.times);
	});

	it('that both have open keeps what was committed first', () => {
		const head = new Head();
		const [one, two] = [head.appender(), head.appender()];
		scrape(one, 10, { a: 1 });
		one.begin(20);
		expect(addAll(one, { a: 2, b: 2 })).toEqual(['appended', 'appended']);
		two.begin(25);
		expect(addAll(two, { a: 3, c: 3 })).toEqual(['appended', 'appended']);
		two.commit();
		one.commit();
		expect(dump(head)).toEqual(['a 1@10 3@25', 'b 2@20', 'c 3@25']);
		expect(scrape(one, 30, { a: 4, b: 4 })).toEqual(['appended', 'appended']);
		expect(dump(head, 26)).toEqual(['a 4@30', 'b 4@30']);
	});
});
