import { describe, expect, it } from 'vitest';
import { labels, type Appender, type AppendOutcome, type FloatHistogram } from '#engine/model';
import { Head } from '#engine/tsdb';
import { dump, histogramOf, HISTOGRAMS, histogramText, samplesText, scrape } from './support.ts';

const { h1, h2 } = HISTOGRAMS;
const [text1, text2] = [histogramText(h1), histogramText(h2)];
const A = labels({ __name__: 'a' });

/** Writes a row with one sample. */
function append(
	appender: Appender,
	time: number,
	sample: FloatHistogram | number | 'stale',
	series = A
): AppendOutcome | 'stale' {
	appender.begin(time);
	const ref = appender.ref(series);
	let outcome: AppendOutcome | 'stale' = 'stale';
	if (sample === 'stale') appender.markStale(ref);
	else if (typeof sample === 'number') outcome = appender.add(ref, sample);
	else outcome = appender.addHistogram(ref, sample);
	appender.commit();
	return outcome;
}

describe('a native histogram', () => {
	it('is visible with the commit, beside the values', () => {
		const head = new Head();
		const appender = head.appender();
		appender.begin(10);
		expect(appender.addHistogram(appender.ref(A), h1)).toBe('appended');
		expect(dump(head)).toEqual([]);
		appender.commit();
		const [series] = head.select([], 0, 100);
		expect(series?.histograms?.slice(series.start, series.end)).toEqual([h1]);
		expect(head.stats()).toMatchObject({ samples: 1, maxTime: 10 });
	});

	it('vanishes in a rollback, and leaves its row to a float', () => {
		const head = new Head();
		const appender = head.appender();
		append(appender, 10, 1);
		for (const time of [20, 40]) {
			appender.begin(time);
			appender.addHistogram(appender.ref(A), h1);
			appender.rollback();
			append(appender, time, 2);
		}
		expect(dump(head)).toEqual(['a 1@10 2@20 2@40']);
		expect(head.select([], 0, 100)[0]?.histograms).toBeUndefined();
		expect(head.size().histograms).toBe(0);
	});

	it('may follow a float, and a float may follow it', () => {
		const head = new Head();
		const appender = head.appender();
		const samples = [1, h1, h2, 'stale', 2, h1, 'stale', h1] as const;
		samples.forEach((sample, i) => append(appender, 10 + i, sample));
		expect(dump(head)).toEqual([
			`a 1@10 ${text1}@11 ${text2}@12 stale@13 2@14 ${text1}@15 stale@16 ${text1}@17`
		]);
	});

	it('is not looked for in later rows that have floats alone', () => {
		const head = new Head();
		const appender = head.appender();
		append(appender, 10, h1);
		append(appender, 20, 1);
		append(appender, 30, 2);
		expect(head.select([], 0, 40)[0]?.histograms).toBeDefined();
		expect(head.select([], 20, 40)[0]?.histograms).toBeUndefined();
	});

	it.each([
		['itself', h1, 10, 'unchanged'],
		['itself with another hint', { ...h1, counterReset: 'gauge' as const }, 10, 'unchanged'],
		['another one', h2, 10, 'duplicate timestamp'],
		['a float', 3, 10, 'duplicate timestamp'],
		['NaN, as values have it', NaN, 10, 'duplicate timestamp'],
		['one before', h1, 5, 'out of order'],
		['one after', h1, 11, 'appended']
	])('compared with %s has the outcome', (_, sample, time, outcome) => {
		for (const sameAppender of [true, false]) {
			const head = new Head();
			const appender = head.appender();
			append(appender, 10, h1);
			expect(append(sameAppender ? appender : head.appender(), time, sample)).toBe(outcome);
		}
	});

	it('is no float of the same time, nor a staleness marker', () => {
		const appender = new Head().appender();
		append(appender, 10, 1);
		expect(append(appender, 10, h1)).toBe('duplicate timestamp');
		append(appender, 20, 'stale');
		expect(append(appender, 20, h1)).toBe('duplicate timestamp');
	});

	it('may have its own time', () => {
		const head = new Head();
		const appender = head.appender();
		appender.begin(100);
		const ref = appender.ref(A);
		const outcomes = [90, 95, 95, 93, undefined].map((t, i) =>
			appender.addHistogram(ref, i === 2 ? h2 : h1, t)
		);
		expect(outcomes).toEqual(new Array(5).fill('appended'));
		appender.commit();
		expect(dump(head)).toEqual([`a ${text1}@90 ${text1}@95 ${text1}@100`]);
	});

	it('can be added in another commit at the same time', () => {
		const head = new Head();
		const appender = head.appender();
		append(appender, 10, 1);
		expect(append(appender, 10, h1, labels({ __name__: 'b' }))).toBe('appended');
		expect(append(appender, 10, h1, labels({ __name__: 'b' }))).toBe('unchanged');
		expect(dump(head)).toEqual(['a 1@10', `b ${text1}@10`]);
	});

	it('is merged with what other appenders wrote', () => {
		const head = new Head();
		const [one, two] = [head.appender(), head.appender()];
		append(one, 10, h1);
		append(two, 20, 5);
		append(one, 30, h2);
		expect(dump(head)).toEqual([`a ${text1}@10 5@20 ${text2}@30`]);
	});

	it('can be deleted, which nobody sees who holds it', () => {
		const head = new Head();
		const appender = head.appender();
		[h1, h2, h1].forEach((sample, i) => append(appender, 10 + i, sample));
		const held = head.select([], 0, 100)[0]!;
		head.delete([], 11, 12);
		expect(dump(head)).toEqual([`a ${text1}@10`]);
		expect(samplesText(held)).toBe(`${text1}@10 ${text2}@11 ${text1}@12`);
		expect(append(appender, 12, h1)).toBe('unchanged');
	});
});

const ROWS = 1500;

/** Busy with histograms of three buckets. */
function filled(rows = ROWS, options?: ConstructorParameters<typeof Head>[0]): Head {
	const head = new Head(options);
	const appender = head.appender();
	for (let row = 0; row < rows; row++) append(appender, row * 1000, histogramAt(row));
	return head;
}

function histogramAt(row: number): FloatHistogram {
	return histogramOf([row, row * 2, (row * 7919) % 100]);
}

describe('sealed native histograms', () => {
	it('are read like others', () => {
		const head = filled();
		for (const [from, to] of [
			[0, ROWS],
			[0, 10],
			[130, 600],
			[1400, ROWS],
			[3, 1490]
		] as const) {
			const series = head.select([], from * 1000, to * 1000 - 1)[0]!;
			expect(series.histograms?.slice(series.start, series.end)).toEqual(
				Array.from({ length: to - from }, (_, i) => histogramAt(from + i))
			);
		}
	});

	it('are right where a query opened some of their rows before they were sealed', () => {
		const head = new Head({ appendableWindow: Infinity });
		const appender = head.appender();
		const at = (time: number) => ({ ...h1, sum: time });
		const check = (from: number, to: number) => {
			const [series] = head.select([], from, to);
			for (let i = series!.start; i < series!.end; i++) {
				expect(series!.histograms![i]?.sum).toBe(series!.times[i]);
			}
			expect(series!.end - series!.start).toBe(to - from + 1);
		};
		for (let time = 0; time < 1500; time++) {
			append(appender, time, at(time));
			if (time % 177 === 176) check(0, time);
		}
		check(0, 1499);
		check(600, 800);
	});

	it('take a fraction of the bytes of open ones', () => {
		const { size } = filled().stats();
		const open = 512 + (ROWS % 128);
		expect(size.sealed / (ROWS - open)).toBeLessThan(size.histograms / open / 15);
	});

	it('are kept open up to a number of bytes', () => {
		const head = filled(ROWS, { openedBytes: 100_000 });
		for (const from of [0, 1200, 300, 0]) {
			head.select([], from * 1000, (from + 200) * 1000);
			expect(head.openedBytes).toBeLessThanOrEqual(100_000);
		}
		expect(head.openedBytes).toBeGreaterThan(10_000);
		head.truncate(1e9);
		const times = (ROWS + 128) * 8;
		expect(head.openedBytes).toBe(times);
	});

	it('remember the last one of a series that has ended', () => {
		const head = new Head();
		const appender = head.appender();
		for (let row = 0; row < ROWS; row++) {
			appender.begin(row);
			if (row < 5) appender.addHistogram(appender.ref(A), h1);
			appender.add(appender.ref(labels({ __name__: 'b' })), row);
			appender.commit();
		}
		expect(head.size().histograms).toBeGreaterThan(200);
		expect(append(head.appender(), 4, { ...h1 })).toBe('unchanged');
		expect(append(head.appender(), 4, h2)).toBe('duplicate timestamp');
		expect(append(head.appender(), 4, 3)).toBe('duplicate timestamp');
	});

	it('stay as they were for a reader, whatever comes after', () => {
		const head = new Head({ openedBytes: 10_000 });
		const appender = head.appender();
		const held: (() => void)[] = [];
		for (let row = 0; row < ROWS; row++) {
			append(appender, row, row % 5 === 0 ? row : histogramAt(row));
			if (row % 97 !== 0) continue;
			const columns = head.select([], row / 3, Infinity);
			const text = columns.map(samplesText).join('\n');
			held.push(() => expect(columns.map(samplesText).join('\n')).toBe(text));
			if (row % 388 === 0) head.truncate(row / 4);
		}
		for (const check of held) check();
	});
});

describe('the size of native histograms', () => {
	it('is part of the total, and what their metric takes', () => {
		const head = filled(700);
		scrape(head.appender(), 1e6, { f: 1 });
		const { size, bytesByMetricName, bytes } = head.stats();
		const { total, ...parts } = size;
		expect(Object.values(parts).reduce((a, b) => a + b)).toBe(total);
		expect(bytes).toBe(total);
		expect(bytesByMetricName.map(({ name }) => name)).toEqual(['a', 'f']);
		expect(bytesByMetricName[0]!.value).toBeGreaterThan(size.histograms);
		expect(bytesByMetricName[0]!.value).toBeLessThan(total);
	});

	it('counts arrays that histograms share once', () => {
		const [apart, shared] = [new Head(), new Head()];
		const one = apart.appender();
		const other = shared.appender();
		const { indexes } = histogramOf([1, 2, 3]).positive;
		for (let row = 0; row < 10; row++) {
			const histogram = histogramOf([row, row, row]);
			append(one, row, histogram);
			append(other, row, { ...histogram, positive: { ...histogram.positive, indexes } });
		}
		const saved = apart.size().histograms - shared.size().histograms;
		expect(saved).toBe(9 * (32 + 3 * 8));
	});

	it('is the same whether rows were rolled back before or not', () => {
		const [head, other] = [new Head(), new Head()];
		const [appender, plain] = [head.appender(), other.appender()];
		for (let row = 0; row < 20; row++) {
			appender.begin(row);
			appender.addHistogram(appender.ref(A), histogramOf([1, 2, 3, 4, row]));
			appender.rollback();
			append(appender, row, histogramAt(row));
			append(plain, row, histogramAt(row));
		}
		expect(head.size()).toEqual(other.size());
	});

	it('goes with them when retention comes', () => {
		const head = filled(400);
		const before = head.size().histograms;
		head.truncate(300_000);
		expect(head.size().histograms).toBeLessThan(before / 2);
		expect(head.shrink(100)).toBeUndefined();
		head.truncate(1e9);
		expect(head.size().histograms).toBe(0);
	});

	it('counts for the budget', () => {
		const head = new Head({ maxBytes: 30_000 });
		const appender = head.appender();
		for (let row = 0; row < 100; row++) append(appender, row, histogramAt(row));
		expect(append(appender, 100, h1, labels({ __name__: 'b' }))).toBe('out of budget');
	});
});
