import { describe, expect, it } from 'vitest';
import { labels } from '#engine/model';
import { Head, type HeadStats } from '#engine/tsdb';
import { addAll, dump, scrape } from './support.ts';

/** What readers can tell; arrays have grown, and stay so. */
function withoutSizes(stats: HeadStats): Partial<HeadStats> {
	return { ...stats, bytes: undefined, size: undefined, bytesByMetricName: undefined };
}

describe('a row', () => {
	it('is invisible before the commit and whole after it', () => {
		const head = new Head();
		const appender = head.appender();
		appender.begin(10);
		addAll(appender, { a: 1, b: 2 });
		expect(dump(head)).toEqual([]);
		expect(head.series([], 0, 100)).toEqual([]);
		expect(head.stats().numSeries).toBe(0);
		appender.commit();
		expect(dump(head)).toEqual(['a 1@10', 'b 2@10']);
	});

	it('leaves no trace after a rollback', () => {
		const head = new Head();
		const appender = head.appender();
		scrape(appender, 10, { a: 1, c: 1 });
		scrape(appender, 20, { a: 2 });
		const before = withoutSizes(head.stats());
		appender.begin(30);
		addAll(appender, { a: 3, b: 3, c: 3 });
		appender.markStale(appender.ref(labels({ __name__: 'a' })));
		appender.rollback();
		expect(dump(head)).toEqual(['a 1@10 2@20', 'c 1@10']);
		expect(withoutSizes(head.stats())).toEqual(before);
	});

	it('can be written again at the same time after a rollback, as a failed scrape does', () => {
		const head = new Head();
		const appender = head.appender();
		scrape(appender, 10, { a: 1, b: 1 });
		appender.begin(20);
		addAll(appender, { a: 2, b: 2 });
		appender.rollback();
		expect(scrape(appender, 20, { a: 'stale', b: 'stale', up: 0 })).toEqual([
			'stale',
			'stale',
			'appended'
		]);
		scrape(appender, 30, { a: 3, up: 1 });
		expect(dump(head)).toEqual(['a 1@10 stale@20 3@30', 'b 1@10 stale@20', 'up 0@20 1@30']);
	});

	it('after a rolled back hole keeps the earlier end of the series', () => {
		const head = new Head();
		const appender = head.appender();
		scrape(appender, 10, { a: 1, b: 1 });
		scrape(appender, 20, { b: 2 });
		appender.begin(30);
		addAll(appender, { a: 3 });
		appender.rollback();
		scrape(appender, 30, { a: 4 });
		expect(dump(head)).toEqual(['a 1@10 4@30', 'b 1@10 2@20']);
		expect(dump(head, 15, 25)).toEqual(['b 2@20']);
	});

	it('takes more samples in another commit at the same time, as the rules of a group do', () => {
		const head = new Head();
		const appender = head.appender();
		scrape(appender, 10, { a: 1 });
		expect(scrape(appender, 10, { b: 2 })).toEqual(['appended']);
		expect(dump(head)).toEqual(['a 1@10', 'b 2@10']);
		scrape(appender, 20, { a: 3 });
		appender.begin(20);
		expect(addAll(appender, { b: 4, a: 3, c: 5 })).toEqual(['appended', 'unchanged', 'appended']);
		expect(dump(head)).toEqual(['a 1@10 3@20', 'b 2@10']);
		appender.commit();
		expect(dump(head)).toEqual(['a 1@10 3@20', 'b 2@10 4@20', 'c 5@20']);
		scrape(appender, 30, { a: 5, b: 6 });
		expect(new Set(head.select([], 0, 30).map(({ times }) => times)).size).toBe(1);
	});

	it('of a second commit at the same time can be rolled back alone', () => {
		const head = new Head();
		const appender = head.appender();
		scrape(appender, 10, { a: 1 });
		appender.begin(10);
		addAll(appender, { a: 1, b: 2 });
		appender.rollback();
		expect(dump(head)).toEqual(['a 1@10']);
	});

	it('earlier than the last one takes no sample, of whatever series', () => {
		const head = new Head();
		const appender = head.appender();
		scrape(appender, 10, { a: 1, b: 1 });
		scrape(appender, 20, { a: 2 });
		expect(scrape(appender, 15, { b: 2, c: 3 })).toEqual(['out of order', 'out of order']);
		scrape(appender, 15, { b: 'stale' });
		expect(dump(head)).toEqual(['a 1@10 2@20', 'b 1@10']);
	});

	it('must be closed before the next and open for samples', () => {
		const appender = new Head().appender();
		const ref = appender.ref(labels({ __name__: 'a' }));
		expect(() => appender.add(ref, 1)).toThrow('no row is open');
		expect(() => appender.commit()).toThrow('no row is open');
		appender.begin(10);
		expect(() => appender.begin(20)).toThrow('the row at 10 is still open');
		expect(() => appender.add(7, 1)).toThrow('unknown series reference: 7');
	});
});

describe('the outcome of a sample', () => {
	it.each([
		['the same value again', 1, 10, 'unchanged'],
		['another value at the same time', 2, 10, 'duplicate timestamp'],
		['an earlier time', 1, 5, 'out of order'],
		['a later time', 1, 11, 'appended']
	])('is, for %s', (_, value, time, outcome) => {
		const appender = new Head().appender();
		scrape(appender, 10, { a: 1 });
		expect(scrape(appender, time, { a: value })).toEqual([outcome]);
		const other = new Head();
		scrape(other.appender(), 10, { a: 1 });
		expect(scrape(other.appender(), time, { a: value })).toEqual([outcome]);
	});

	it('compares bits: NaN repeats NaN, and -0 is not 0', () => {
		const appender = new Head().appender();
		scrape(appender, 10, { nan: NaN, zero: 0 });
		expect(scrape(appender, 10, { nan: NaN, zero: -0 })).toEqual([
			'unchanged',
			'duplicate timestamp'
		]);
	});

	it('does not depend on what is not committed: a series given twice in a row has its first sample', () => {
		const head = new Head();
		const appender = head.appender();
		const ref = appender.ref(labels({ __name__: 'a' }));
		for (const time of [10, 20]) {
			appender.begin(time);
			const outcomes = [1, 1, 2].map((value) => appender.add(ref, value));
			expect(outcomes).toEqual(['appended', 'appended', 'appended']);
			appender.commit();
		}
		expect(dump(head)).toEqual(['a 1@10 1@20']);
	});
});

describe('a staleness marker', () => {
	it('ends a series until its next sample', () => {
		const head = new Head();
		const appender = head.appender();
		scrape(appender, 10, { a: 1, b: 1 });
		scrape(appender, 20, { a: 'stale', b: 2 });
		scrape(appender, 30, { b: 3 });
		scrape(appender, 40, { a: 4, b: 4 });
		expect(dump(head)).toEqual(['a 1@10 stale@20 4@40', 'b 1@10 2@20 3@30 4@40']);
		const [a, b] = head.select([], 0, 40);
		expect(a?.marks?.slice(0, 4)).toEqual(Uint8Array.of(0, 2, 1, 0));
		expect(b?.marks).toBeUndefined();
	});

	it('may follow another, and may be all that a series has', () => {
		const head = new Head();
		const appender = head.appender();
		scrape(appender, 10, { a: 'stale', b: 1 });
		scrape(appender, 20, { a: 'stale', b: 'stale' });
		scrape(appender, 30, { a: 'stale', b: 'stale' });
		expect(dump(head)).toEqual(['a stale@10 stale@20 stale@30', 'b 1@10 stale@20 stale@30']);
	});

	it('does not replace the sample of its row', () => {
		const head = new Head();
		const appender = head.appender();
		scrape(appender, 10, { a: 1 });
		scrape(appender, 10, { a: 'stale' });
		expect(dump(head)).toEqual(['a 1@10']);
	});

	it('may be followed by a sample at the next time only', () => {
		const appender = new Head().appender();
		scrape(appender, 10, { a: 1 });
		scrape(appender, 20, { a: 'stale' });
		expect(scrape(appender, 20, { a: NaN })).toEqual(['duplicate timestamp']);
	});

	it('leaves later ranges without marks', () => {
		const head = new Head();
		const appender = head.appender();
		scrape(appender, 10, { a: 1 });
		scrape(appender, 20, { a: 'stale' });
		scrape(appender, 30, { a: 3 });
		expect(head.select([], 20, 30)[0]?.marks).toBeDefined();
		expect(head.select([], 25, 30)[0]?.marks).toBeUndefined();
	});
});

describe('a sample with its own time', () => {
	const a = labels({ __name__: 'a' });

	it('goes to a column of its series, visible with the commit', () => {
		const head = new Head();
		const appender = head.appender();
		appender.begin(100);
		expect(appender.add(appender.ref(a), 1, 90)).toBe('appended');
		expect(appender.add(appender.ref(a), 2, 95)).toBe('appended');
		addAll(appender, { b: 1 });
		expect(dump(head)).toEqual([]);
		appender.commit();
		expect(dump(head)).toEqual(['a 1@90 2@95', 'b 1@100']);
	});

	it('is left out by the commit when it comes no later than one before it, in its row', () => {
		const head = new Head();
		const appender = head.appender();
		const ref = appender.ref(a);
		appender.begin(100);
		const offers = [90, 90, 80, undefined, 95, 100, 101].map((time, i) =>
			appender.add(ref, i, time)
		);
		expect(offers).toEqual(new Array(7).fill('appended'));
		appender.commit();
		expect(dump(head)).toEqual(['a 0@90 3@100 6@101']);
	});

	it('is refused like any other when it is not later than what is committed', () => {
		const appender = new Head().appender();
		appender.begin(100);
		const ref = appender.ref(a);
		appender.add(ref, 0, 90);
		appender.commit();
		appender.begin(110);
		expect(appender.add(ref, 1, 90)).toBe('duplicate timestamp');
		expect(appender.add(ref, 0, 80)).toBe('out of order');
		expect(appender.add(ref, 0, 90)).toBe('unchanged');
		appender.commit();
	});

	it('vanishes in a rollback', () => {
		const head = new Head();
		const appender = head.appender();
		appender.begin(100);
		appender.add(appender.ref(a), 1, 90);
		appender.rollback();
		expect(dump(head)).toEqual([]);
		expect(head.stats().numSeries).toBe(0);
	});

	it('later than the row keeps the sample of the row out', () => {
		const head = new Head();
		const appender = head.appender();
		const ref = appender.ref(a);
		scrape(appender, 90, { a: 1 });
		appender.begin(100);
		expect(appender.add(ref, 2, 105)).toBe('appended');
		expect(appender.add(ref, 3)).toBe('appended');
		appender.commit();
		expect(scrape(appender, 110, { a: 4 })).toEqual(['appended']);
		expect(dump(head)).toEqual(['a 1@90 2@105 4@110']);
	});

	it('can end with a staleness marker', () => {
		const head = new Head();
		const appender = head.appender();
		appender.begin(100);
		appender.add(appender.ref(a), 1, 90);
		appender.commit();
		scrape(appender, 110, { a: 'stale' });
		expect(dump(head)).toEqual(['a 1@90 stale@110']);
	});
});
