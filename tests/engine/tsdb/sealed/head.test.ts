import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labels, type Appender, type SeriesColumns, type SeriesRef } from '#engine/model';
import { Head } from '#engine/tsdb';
import { dump, samplesText, scrape } from '../support.ts';

const INTERVAL = 15;

/** Rows enough for several sealed blocks, and the times at which sealed and open rows meet. */
const ROWS = 1500;

/** A target with counters, a gauge, the buckets of a histogram, and a series that is born late. */
function filled(rows = ROWS, options?: ConstructorParameters<typeof Head>[0]): Head {
	const head = new Head(options);
	const appender = head.appender();
	for (let row = 0; row < rows; row++) appendRow(appender, row);
	return head;
}

function appendRow(appender: Appender, row: number): void {
	appender.begin(row * INTERVAL);
	const add = (record: Record<string, string>, value: number) =>
		appender.add(appender.ref(labels(record)), value);
	for (const [i, le] of ['0.1', '1', '+Inf'].entries()) {
		add({ __name__: 'h', le, route: '/' }, bucketAt(row, i));
	}
	add({ __name__: 'a' }, row * 7);
	add({ __name__: 'g' }, Math.sin(row));
	if (row >= 700) add({ __name__: 'late' }, row);
	appender.commit();
}

/** The counts of a histogram: what all buckets have in common is far more than what lies between them. */
function bucketAt(row: number, bucket: number): number {
	return row * 1000 + ((row * 7919) % 1000) + row * bucket;
}

function select(head: Head, name: string, from: number, to: number): SeriesColumns {
	const matcher = { name: '__name__', type: '=', value: name } as const;
	return head.select([matcher], from, to)[0] as SeriesColumns;
}

describe('sealed rows', () => {
	it('are read like others', () => {
		const head = filled();
		const { values, start, end, marks, interval } = select(head, 'a', 0, Infinity);
		expect(Array.from(values.subarray(start, end))).toEqual(
			Array.from({ length: ROWS }, (_, row) => row * 7)
		);
		expect([marks, interval]).toEqual([undefined, INTERVAL]);
		const gauge = select(head, 'g', 0, Infinity);
		expect(gauge.values.subarray(gauge.start, gauge.end)).toEqual(
			Float64Array.from({ length: ROWS }, (_, row) => Math.sin(row))
		);
	});

	it('of the buckets of a histogram come back in whatever order they are asked for', () => {
		for (const order of [
			['0.1', '1', '+Inf'],
			['+Inf', '0.1', '1']
		]) {
			const head = filled();
			for (const le of order) {
				const bucket = head.select([{ name: 'le', type: '=', value: le }], 300, 12_000)[0]!;
				const i = ['0.1', '1', '+Inf'].indexOf(le);
				expect(bucket.values.subarray(bucket.start, bucket.end)).toEqual(
					Float64Array.from({ length: 781 }, (_, row) => bucketAt(20 + row, i))
				);
			}
		}
	});

	it('take a fraction of the bytes', () => {
		const head = filled(100 * 128);
		const perSample = head.stats().bytes / head.stats().samples;
		// A third of the samples are full doubles here, and 512 rows are open.
		expect(perSample).toBeLessThan(2.5);
	});

	it('share their timestamps by identity, whatever was opened before', () => {
		const head = filled();
		select(head, 'g', 0, 5000);
		const found = head.select([], 6000, 20_000);
		expect(found.length).toBe(6);
		const [first, ...others] = found;
		for (const series of others.filter(({ labels }) => labels[1] !== 'late')) {
			expect(series.times).toBe(first!.times);
			expect([series.start, series.end]).toEqual([first!.start, first!.end]);
		}
		expect(select(head, 'a', 6000, 20_000).times).toBe(first!.times);
	});

	it('are not needed for what is open', () => {
		const head = filled();
		const from = (ROWS - 512) * INTERVAL;
		expect(select(head, 'a', from, Infinity).times).toBe(
			select(head, 'late', from, Infinity).times
		);
		expect(head.openedBytes).toBe(0);
	});

	it('that a reader holds stay as they were, whatever comes after', () => {
		const head = new Head({ openedBytes: 10_000 });
		const appender = head.appender();
		const held: { columns: readonly SeriesColumns[]; text: string }[] = [];
		for (let row = 0; row < ROWS; row++) {
			appendRow(appender, row);
			if (row % 97 !== 0) continue;
			const columns = head.select([], (row * INTERVAL) / 3, Infinity);
			held.push({ columns, text: columns.map(samplesText).join('\n') });
			if (row % 388 === 0) head.truncate((row * INTERVAL) / 4);
		}
		for (const { columns, text } of held) expect(columns.map(samplesText).join('\n')).toBe(text);
	});

	it('are kept open up to a number of bytes', () => {
		const head = filled(ROWS, { openedBytes: 30_000 });
		for (const name of ['a', 'g', 'h', 'late', 'a', 'g']) {
			select(head, name, 0, Infinity);
			expect(head.openedBytes).toBeLessThanOrEqual(30_000);
		}
		expect(head.openedBytes).toBeGreaterThan(0);
	});

	it('tell whether there is a series without being opened', () => {
		const head = new Head();
		const appender = head.appender();
		for (let row = 0; row < ROWS; row++)
			scrape(appender, row, row === 200 ? { a: 1, b: 1 } : { a: 1 });
		expect(head.series([], 150, 199)).toHaveLength(1);
		expect(head.series([], 200, 200)).toHaveLength(2);
		expect(head.series([], 201, 900)).toHaveLength(1);
		expect(dump(head, 199, 201)).toEqual(['a 1@199 1@200 1@201', 'b 1@200']);
	});

	it('of a series that comes back long after are followed by a hole', () => {
		const head = new Head();
		const appender = head.appender();
		for (let row = 0; row < 2000; row++) {
			const isThere = row < 50 || row > 1990;
			scrape(
				appender,
				row,
				isThere ? { a: row, b: row } : row === 50 ? { a: 'stale', b: 1 } : { b: 1 }
			);
		}
		expect(dump(head, 48, 1992)[0]).toBe('a 48@48 49@49 stale@50 1991@1991 1992@1992');
		expect(dump(head, 51, 1990)).toHaveLength(1);
	});

	it('remember the last sample of a series', () => {
		const head = new Head();
		const appender = head.appender();
		for (let row = 0; row < ROWS; row++) scrape(appender, row, row < 5 ? { a: 3, b: 0 } : { b: 0 });
		const late = head.appender();
		expect(scrape(late, 4, { a: 3 })).toEqual(['unchanged']);
		expect(scrape(late, 4, { a: 2 })).toEqual(['duplicate timestamp']);
		expect(scrape(late, 3, { a: 2 })).toEqual(['out of order']);
		appender.begin(ROWS);
		appender.add(appender.ref(labels({ __name__: 'a' })), 9);
		appender.rollback();
		expect(scrape(late, 4, { a: 3 })).toEqual(['unchanged']);
		expect(dump(head, 0, 20)[0]).toBe('a 3@0 3@1 3@2 3@3 3@4');
	});

	it('remember it when retention has cut the rows before', () => {
		const head = new Head();
		const appender = head.appender();
		for (let row = 0; row < ROWS; row++) {
			scrape(appender, row, row < 400 ? { a: 3, b: 0 } : { b: 0 });
		}
		head.truncate(300);
		const late = head.appender();
		expect(scrape(late, 399, { a: 3 })).toEqual(['unchanged']);
		expect(scrape(late, 399, { a: 4 })).toEqual(['duplicate timestamp']);
	});
});

/** A small seeded generator (mulberry32). */
function createRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}

interface ModelSeries {
	readonly name: string;
	readonly ref: SeriesRef;
	readonly appender: Appender;
	samples: { readonly time: number; readonly value: number | 'stale' }[];
	state: 'present' | 'absent';
}

/** Appends rows to a head and the same samples to lists, with series that come and go, and looks at both in between. */
function live(
	seed: number,
	check: (head: Head, series: ModelSeries[], kept: number) => void
): void {
	const random = createRandom(seed);
	const head = new Head({ openedBytes: random() < 0.5 ? 20_000 : undefined });
	const appenders = [head.appender(), head.appender()];
	const series = Array.from({ length: 6 }, (_, i): ModelSeries => {
		const appender = appenders[i % 2]!;
		const ref = appender.ref(labels({ __name__: 'm', le: String(i >> 1), odd: String(i % 2) }));
		return {
			name: `m{le="${i >> 1}", odd="${i % 2}"}`,
			ref,
			appender,
			samples: [],
			state: 'present'
		};
	});
	const restless = random() * 0.02;
	let time = 0;
	let kept = -Infinity;
	for (let row = 0; row < ROWS; row++) {
		time += random() < 0.01 ? 7 : INTERVAL;
		for (const appender of appenders) {
			// As buckets of a histogram have it, most that is counted is counted in all of them.
			const common = Math.floor(random() * 1000);
			const commits = random() > 0.01;
			const added: (() => void)[] = [];
			appender.begin(time);
			for (const one of series.filter((each) => each.appender === appender)) {
				const last = one.samples.at(-1)?.value;
				const turns = random() < restless;
				if (turns) one.state = one.state === 'present' ? 'absent' : 'present';
				if (one.state === 'present') {
					const value = (typeof last === 'number' ? last : 0) + common + Math.floor(random() * 5);
					const outcome = appender.add(one.ref, value);
					// Not asked of each of so many samples, because that takes most of the time.
					if (outcome !== 'appended') expect(outcome).toBe('appended');
					added.push(() => one.samples.push({ time, value }));
				} else if (turns && last !== undefined && last !== 'stale') {
					appender.markStale(one.ref);
					added.push(() => one.samples.push({ time, value: 'stale' }));
				}
			}
			if (commits) {
				appender.commit();
				for (const add of added) add();
			} else appender.rollback();
		}
		if (random() < 0.004) check(head, series, kept);
		if (random() < 0.002) {
			kept = Math.max(kept, time * random());
			head.truncate(kept);
			for (const one of series) {
				if ((one.samples.at(-1)?.time ?? 0) < kept) one.samples = [];
			}
		}
	}
	check(head, series, kept);
}

it('whatever comes and goes, a head with sealed blocks tells what lists of samples tell', () => {
	fc.assert(
		fc.property(fc.integer(), fc.nat(), (seed, ranges) => {
			const random = createRandom(ranges);
			live(seed, (head, series, kept) => {
				for (let i = 0; i < 4; i++) {
					const from = i === 0 ? kept : Math.max(kept, random() * ROWS * INTERVAL);
					const to = i === 0 ? Infinity : from + random() ** 2 * ROWS * INTERVAL;
					const expected = series.flatMap(({ name, samples }) => {
						const inside = samples.filter(({ time }) => time >= from && time <= to);
						const words = inside.map(({ time, value }) => `${value}@${time}`);
						return words.length === 0 ? [] : `${name} ${words.join(' ')}`;
					});
					expect(dump(head, from, to)).toEqual(expected);
					expect(head.series([], from, to)).toHaveLength(expected.length);
				}
			});
		}),
		{ numRuns: 40 }
	);
});
