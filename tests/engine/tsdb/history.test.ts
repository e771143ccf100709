import fc from 'fast-check';
import { expect, it } from 'vitest';
import { labels, type Appender, type AppendOutcome } from '#engine/model';
import { Head } from '#engine/tsdb';
import { dump, HISTOGRAMS, histogramText } from './support.ts';

/** A float, a staleness marker, or the name of one of HISTOGRAMS. */
type Value = number | 'stale' | 'h1' | 'h2';

interface Sample {
	readonly time: number;
	readonly value: Value;
}

interface Offer extends Sample {
	readonly name: string;
}

/** How much older than the newest sample one may be. */
const WINDOW = 60;

/** The simplest head there could be, with the rules of tsdb/head_append.go: for each series a list of samples. */
class NaiveHead {
	committed: Record<string, readonly Sample[]> = {};
	maxTime = -Infinity;
	minValidTime = -Infinity;

	last(name: string): Sample | undefined {
		return this.committed[name]?.at(-1);
	}

	bound(): number | undefined {
		if (this.maxTime === -Infinity) return undefined;
		return Math.max(this.maxTime - WINDOW, this.minValidTime);
	}

	truncate(before: number): void {
		const alive = Object.entries(this.committed).filter(([, samples]) => {
			return samples.some(isBetween(before, Infinity));
		});
		this.committed = Object.fromEntries(alive);
		this.minValidTime = Math.max(this.minValidTime, before);
		this.maxTime = Math.max(this.maxTime, before);
	}

	dump(from: number, to: number): string[] {
		return Object.keys(this.committed)
			.sort()
			.map((name) => ({ name, samples: this.committed[name]!.filter(isBetween(from, to)) }))
			.filter(({ samples }) => samples.length > 0)
			.map(({ name, samples }) => `${name} ${samples.map(sampleText).join(' ')}`);
	}
}

/** Its appender: what is offered is compared with what is committed, and once more when it is committed itself. */
class NaiveAppender {
	readonly #head: NaiveHead;
	#time = 0;
	#bound: number | undefined;
	/** The last row that has samples. */
	#lastRow = -Infinity;
	#isLate = false;
	#isUsed = false;
	#pending: Offer[] = [];

	constructor(head: NaiveHead) {
		this.#head = head;
	}

	begin(time: number): void {
		this.#time = time;
		this.#bound = this.#head.bound();
		this.#isLate = time < this.#lastRow || time < (this.#bound ?? time);
		this.#isUsed = false;
		this.#pending = [];
	}

	add(offer: Offer): AppendOutcome {
		const { name, value, time } = offer;
		if (this.#head.maxTime === -Infinity) this.#head.maxTime = time;
		this.#bound ??= this.#head.bound();
		if (time < this.#bound!) return 'out of bounds';
		const last = this.#head.last(name);
		if (last && time < last.time) return 'out of order';
		if (last && time === last.time) {
			return last.value === value ? 'unchanged' : 'duplicate timestamp';
		}
		if (time === this.#time && this.#isLate) return 'out of order';
		this.#offer(offer);
		return 'appended';
	}

	markStale(name: string): void {
		if (this.#isLate) return;
		if (this.#head.maxTime === -Infinity) this.#head.maxTime = this.#time;
		this.#bound ??= this.#head.bound();
		const last = this.#lastPending(name) ?? this.#head.last(name);
		const isOver = last !== undefined && last.time >= this.#time;
		if (!isOver) this.#offer({ name, value: 'stale', time: this.#time });
	}

	end(commits: boolean): void {
		if (!commits) return;
		if (this.#isUsed) this.#lastRow = this.#time;
		for (const { name, value, time } of this.#pending) {
			const samples = this.#head.committed[name] ?? [];
			if (time <= (samples.at(-1)?.time ?? -Infinity)) continue;
			this.#head.committed[name] = [...samples, { time, value }];
			this.#head.maxTime = Math.max(this.#head.maxTime, time);
		}
	}

	#lastPending(name: string): Offer | undefined {
		const pending = this.#pending.filter((offer) => offer.name === name);
		return pending.sort((a, b) => a.time - b.time).at(-1);
	}

	#offer(offer: Offer): void {
		const isLater = offer.time > (this.#lastPending(offer.name)?.time ?? -Infinity);
		if (offer.time === this.#time && isLater) this.#isUsed = true;
		this.#pending.push(offer);
	}
}

function isBetween(from: number, to: number): (sample: Sample) => boolean {
	return ({ time }) => from <= time && time <= to;
}

function sampleText({ time, value }: Sample): string {
	const isHistogram = value === 'h1' || value === 'h2';
	return `${isHistogram ? histogramText(HISTOGRAMS[value]) : value}@${time}`;
}

const add = fc.record({
	name: fc.constantFrom<string>('a', 'b', 'c'),
	value: fc.oneof(
		{ weight: 4, arbitrary: fc.nat(2) },
		{ weight: 2, arbitrary: fc.constantFrom<Value>('stale', 'h1', 'h2') }
	),
	/** An own timestamp, relative to the row's. */
	shift: fc.oneof(
		{ weight: 6, arbitrary: fc.constant(undefined) },
		{ weight: 2, arbitrary: fc.integer({ min: -3, max: 1 }) },
		{ weight: 1, arbitrary: fc.integer({ min: -80, max: 1 }) }
	)
});

const row = fc.record({
	appender: fc.nat(1),
	step: fc.integer({ min: -2, max: 40 }),
	adds: fc.array(add, { maxLength: 6 }),
	commits: fc.boolean(),
	/** Whether the row stays open until its appender begins the next one. */
	lingers: fc.boolean(),
	/** Retention after this row: everything older than so much may go. */
	keep: fc.option(fc.nat(400), { freq: 8, nil: undefined })
});

type Row = typeof row extends fc.Arbitrary<infer Value> ? Value : never;

/** A past long enough for retention to cut columns: `a` always, `b` with holes, markers and histograms, `c` seldom. */
function past(rows: number): Row[] {
	return Array.from({ length: rows }, (_, i) => ({
		appender: 0,
		step: 1,
		adds: [
			{ name: 'a', value: i, shift: undefined },
			...(i % 7 < 5 ? [{ name: 'b', value: pastOfB(i), shift: undefined }] : []),
			...(i % 90 === 0 ? [{ name: 'c', value: 'h1' as const, shift: undefined }] : [])
		],
		commits: true,
		lingers: false,
		keep: undefined
	}));
}

function pastOfB(i: number): Value {
	if (i % 7 === 4) return 'stale';
	return i % 7 === 2 ? 'h2' : i;
}

const history = fc
	.tuple(fc.integer({ min: -300, max: 300 }), fc.array(row, { maxLength: 25 }))
	.map(([length, rows]) => [...past(Math.max(0, length)), ...rows]);

const range = fc.tuple(fc.nat(600), fc.nat(600));

/** An appender and the naive one, which are told the same. */
class Pair {
	readonly #appender: Appender;
	readonly #naive: NaiveAppender;
	#commits: boolean | undefined;

	constructor(head: Head, naive: NaiveHead) {
		this.#appender = head.appender();
		this.#naive = new NaiveAppender(naive);
	}

	begin(time: number, commits: boolean): void {
		this.#appender.begin(time);
		this.#naive.begin(time);
		this.#commits = commits;
	}

	add(name: string, value: Value, time: number, isOwnTime: boolean): void {
		const ref = this.#appender.ref(labels({ __name__: name }));
		if (value === 'stale') {
			this.#appender.markStale(ref);
			this.#naive.markStale(name);
			return;
		}
		const t = isOwnTime ? time : undefined;
		const outcome =
			typeof value === 'number'
				? this.#appender.add(ref, value, t)
				: this.#appender.addHistogram(ref, { ...HISTOGRAMS[value] }, t);
		expect(outcome).toBe(this.#naive.add({ name, value, time }));
	}

	end(): void {
		if (this.#commits === undefined) return;
		if (this.#commits) this.#appender.commit();
		else this.#appender.rollback();
		this.#naive.end(this.#commits);
		this.#commits = undefined;
	}
}

it('whatever is appended, by whom and at what time, the head tells what the naive head tells', () => {
	fc.assert(
		fc.property(history, range, (rows, [from, to]) => {
			const head = new Head({ appendableWindow: WINDOW });
			const naive = new NaiveHead();
			const pairs = [new Pair(head, naive), new Pair(head, naive)];
			let time = 10;
			let kept = -Infinity;
			for (const { appender, step, adds, commits, lingers, keep } of rows) {
				const pair = pairs[appender]!;
				pair.end();
				time += step;
				pair.begin(time, commits);
				for (const { name, value, shift } of adds) {
					const at = time + (value === 'stale' ? 0 : (shift ?? 0));
					pair.add(name, value, at, shift !== undefined);
				}
				if (!lingers) pair.end();
				if (keep === undefined) continue;
				for (const each of pairs) each.end();
				kept = Math.max(kept, time - keep);
				head.truncate(time - keep);
				naive.truncate(time - keep);
			}
			expect(dump(head, kept, Infinity)).toEqual(naive.dump(kept, Infinity));
			for (const each of pairs) each.end();
			expect(dump(head, kept, Infinity)).toEqual(naive.dump(kept, Infinity));
			expect(dump(head, Math.max(kept, from), to)).toEqual(naive.dump(Math.max(kept, from), to));
			expect(head.stats().numSeries).toBe(naive.dump(-Infinity, Infinity).length);
		}),
		{ numRuns: 300 }
	);
});
