import { describe, expect, it } from 'vitest';
import { labels } from '#engine/model';
import { Head } from '#engine/tsdb';
import { dump, samplesText, scrape } from './support.ts';

describe('columns', () => {
	it('share the timestamps of their appender by identity', () => {
		const head = new Head();
		const appender = head.appender();
		for (let t = 0; t < 100; t++)
			scrape(appender, t, t < 50 ? { a: t, b: t } : { a: t, b: t, c: t });
		const [a, b, c] = head.select([], 0, 100);
		expect(b?.times).toBe(a?.times);
		expect(c?.times).toBe(a?.times);
		expect([a?.start, a?.end, c?.start, c?.end]).toEqual([0, 100, 50, 100]);
	});

	it('of series born in the same stretch of rows share them too, without paying for the rows before', () => {
		const head = new Head();
		const appender = head.appender();
		for (let t = 0; t < 10_000; t++) scrape(appender, t, { a: t });
		const { values, times } = head.size();
		scrape(appender, 10_000, { a: 0, b: 1 });
		scrape(appender, 10_001, { a: 0, b: 2, c: 1 });
		const [, b, c] = head.select([], 0, 20_000);
		expect(c?.times).toBe(b?.times);
		expect(samplesText(b!)).toBe('1@10000 2@10001');
		expect(samplesText(c!)).toBe('1@10001');
		const grown = head.size();
		expect(grown.values + grown.times - values - times).toBeLessThan(2 * 1024);
	});

	it('know how far apart their rows are, from where on that is the same for all', () => {
		const head = new Head();
		const appender = head.appender();
		const interval = (from: number) => head.select([], from, 10_000)[0]?.interval;
		for (const t of [0, 15, 30, 45]) scrape(appender, t, { a: t });
		expect([interval(0), interval(30), interval(45)]).toEqual([15, 15, undefined]);
		for (const t of [65, 80, 95]) scrape(appender, t, { a: t });
		expect([interval(0), interval(45), interval(65)]).toEqual([undefined, undefined, 15]);
		for (let t = 110; t < 6000; t += 15) scrape(appender, t, { a: t });
		head.truncate(5000);
		expect(interval(0)).toBe(15);
		scrape(appender, 9000, { a: 1 });
		expect([interval(0), interval(9000)]).toEqual([undefined, undefined]);
	});

	it('that a reader holds stay as they were while the head goes on', () => {
		const head = new Head();
		const appender = head.appender();
		for (let t = 0; t < 20; t++) scrape(appender, t, { a: t, b: t });
		const held = head.select([], 0, 100);
		const before = held.map(samplesText);
		for (let t = 20; t < 500; t++) scrape(appender, t, t % 3 ? { a: -t } : { a: 'stale', b: -t });
		expect(held.map(samplesText)).toEqual(before);
		head.truncate(450);
		expect(held.map(samplesText)).toEqual(before);
	});

	it('are cut to the range, both ends included', () => {
		const head = new Head();
		const appender = head.appender();
		for (const t of [10, 20, 30, 40]) scrape(appender, t, { a: t });
		expect(dump(head, 20, 30)).toEqual(['a 20@20 30@30']);
		expect(dump(head, 21, 39)).toEqual(['a 30@30']);
		expect(dump(head, 31, 39)).toEqual([]);
		expect(dump(head, 41, 99)).toEqual([]);
		expect(dump(head, 30, 20)).toEqual([]);
		expect(head.series([], 31, 39)).toEqual([]);
		expect(head.series([], 40, 40)).toEqual([labels({ __name__: 'a' })]);
	});

	it('without a row in the range are left out, though the series spans it', () => {
		const head = new Head();
		const appender = head.appender();
		scrape(appender, 10, { a: 1, b: 1 });
		scrape(appender, 20, { b: 2 });
		scrape(appender, 30, { a: 3, b: 3 });
		expect(dump(head, 15, 25)).toEqual(['b 2@20']);
		expect(head.series([], 15, 25)).toEqual([labels({ __name__: 'b' })]);
		expect(head.select([], 15, 30)[0]?.start).toBe(2);
	});
});

describe('truncate', () => {
	function filled(): { head: Head; appender: ReturnType<Head['appender']> } {
		const head = new Head();
		const appender = head.appender();
		for (let t = 0; t < 1000; t++) scrape(appender, t, t < 400 ? { a: t, old: t } : { a: t });
		return { head, appender };
	}

	it('forgets series that are wholly older and gives memory back', () => {
		const { head } = filled();
		const before = head.stats();
		head.truncate(900);
		expect(head.series([], 0, 2000)).toEqual([labels({ __name__: 'a' })]);
		expect(head.stats().bytes).toBeLessThan(before.bytes / 2);
		expect(head.stats().numSeries).toBe(1);
		expect(head.stats().minTime).toBeLessThanOrEqual(900);
		expect(head.stats().minTime).toBeGreaterThan(900 - 128);
	});

	it('keeps every sample since the given time, and appenders go on', () => {
		const { head, appender } = filled();
		head.truncate(500);
		scrape(appender, 1000, { a: 1000, old: 1000, fresh: 1000 });
		scrape(appender, 1001, { a: 1001, old: 1001, fresh: 1001 });
		expect(dump(head, 998)).toEqual([
			'a 998@998 999@999 1000@1000 1001@1001',
			'fresh 1000@1000 1001@1001',
			'old 1000@1000 1001@1001'
		]);
		expect(dump(head, 500, 502)).toEqual(['a 500@500 501@501 502@502']);
		const [a, fresh, old] = head.select([], 1000, 1001);
		expect(fresh?.times).toBe(old?.times);
		expect(a?.values[a.start]).toBe(1000);
	});

	it('beyond everything leaves an empty head that can be written again', () => {
		const { head, appender } = filled();
		head.truncate(5000);
		expect(head.stats()).toMatchObject({ numSeries: 0, samples: 0, minTime: undefined });
		expect(scrape(appender, 6000, { a: 1 })).toEqual(['appended']);
		expect(scrape(head.appender(), 7000, { a: 2 })).toEqual(['appended']);
		expect(dump(head)).toEqual(['a 1@6000 2@7000']);
		expect(head.stats().numSeries).toBe(1);
	});

	it('leaves references of appenders valid', () => {
		const { head, appender } = filled();
		const old = appender.ref(labels({ __name__: 'old' }));
		head.truncate(500);
		expect(() => appender.add(old, 1)).toThrow('no row is open');
		appender.begin(1000);
		expect(appender.add(old, 1)).toBe('appended');
		appender.commit();
		expect(dump(head, 1000)).toEqual(['old 1@1000']);
		expect(appender.ref(labels({ __name__: 'old' }))).toBe(old);
	});

	it('gives the places of references that were released to other series', () => {
		const head = new Head();
		const appender = head.appender();
		let most = 0;
		for (let row = 0; row < 400; row++) {
			const refs = [0, 1, 2].map((i) =>
				appender.ref(labels({ __name__: 'm', row: `${row}-${i}` }))
			);
			appender.begin(row * 1000);
			for (const ref of refs) appender.add(ref, row);
			appender.commit();
			for (const ref of refs) appender.release(ref);
			most = Math.max(most, ...refs);
			if (row % 10 === 9) head.truncate((row - 5) * 1000);
		}
		expect(most).toBeLessThan(100);
		expect(dump(head, 399_000)).toEqual([0, 1, 2].map((i) => `m{row="399-${i}"} 399@399000`));
	});

	it('keeps a released reference that is asked for again', () => {
		const { head, appender } = filled();
		const old = appender.ref(labels({ __name__: 'old' }));
		appender.release(old);
		expect(appender.ref(labels({ __name__: 'old' }))).toBe(old);
		head.truncate(500);
		scrape(appender, 1000, { other: 1 });
		expect(appender.ref(labels({ __name__: 'another' }))).not.toBe(old);
		scrape(appender, 1010, { old: 2 });
		expect(dump(head, 1010)).toEqual(['old 2@1010']);
	});

	it('leaves a reference valid whose series has come back under another one', () => {
		const { head, appender } = filled();
		const old = appender.ref(labels({ __name__: 'old' }));
		head.truncate(500);
		const again = appender.ref(labels({ __name__: 'old' }));
		appender.begin(1000);
		expect(appender.add(again, 1)).toBe('appended');
		// Both are the same series: of what comes later in the row nothing is kept.
		expect(appender.add(old, 2)).toBe('appended');
		appender.commit();
		appender.begin(1010);
		appender.markStale(old);
		appender.markStale(again);
		appender.commit();
		appender.begin(1020);
		appender.add(old, 3);
		appender.commit();
		expect(dump(head, 1000)).toEqual(['old 1@1000 stale@1010 3@1020']);
	});

	it('keeps holes and markers where they were', () => {
		const head = new Head();
		const appender = head.appender();
		for (let t = 0; t < 400; t++) {
			scrape(
				appender,
				t,
				t % 100 === 50 ? { a: 'stale', b: t } : t % 100 > 50 ? { b: t } : { a: t, b: t }
			);
		}
		const before = dump(head, 260);
		head.truncate(256);
		expect(dump(head, 260)).toEqual(before);
		head.truncate(399);
		expect(dump(head, 399)).toEqual(['b 399@399']);
	});

	it('refuses while a row is open', () => {
		const { head, appender } = filled();
		appender.begin(2000);
		expect(() => head.truncate(10)).toThrow('cannot truncate while a row is open');
	});
});
