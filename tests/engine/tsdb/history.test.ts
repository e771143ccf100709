import fc from 'fast-check';
import { expect, it } from 'vitest';
import { labels, type AppendOutcome } from '#engine/model';
import { Head } from '#engine/tsdb';
import { dump } from './support.ts';

/** The simplest head there could be: for each series a list of samples, and two copies of it for a rollback. */
class NaiveHead {
	#committed: Readonly<Record<string, readonly Sample[]>> = {};
	#open: Record<string, readonly Sample[]> = {};

	begin(): void {
		this.#open = { ...this.#committed };
	}

	add(name: string, value: number | 'stale', time: number): AppendOutcome {
		const samples = this.#open[name] ?? [];
		const last = samples.at(-1);
		if (last && time < last.time) return 'out of order';
		if (last && time === last.time) {
			return last.value === value ? 'unchanged' : 'duplicate timestamp';
		}
		if (value === 'stale' && (!last || last.value === 'stale')) return 'unchanged';
		this.#open[name] = [...samples, { time, value }];
		return 'appended';
	}

	end(commits: boolean): void {
		if (commits) this.#committed = this.#open;
	}

	truncate(before: number): void {
		const alive = Object.entries(this.#committed).filter(([, samples]) => {
			return samples.some(isBetween(before, Infinity));
		});
		this.#committed = Object.fromEntries(alive);
	}

	dump(from: number, to: number): string[] {
		return Object.keys(this.#committed)
			.sort()
			.map((name) => ({ name, samples: this.#committed[name]!.filter(isBetween(from, to)) }))
			.filter(({ samples }) => samples.length > 0)
			.map(({ name, samples }) => `${name} ${samples.map(sampleText).join(' ')}`);
	}
}

interface Sample {
	readonly time: number;
	readonly value: number | 'stale';
}

function isBetween(from: number, to: number): (sample: Sample) => boolean {
	return ({ time }) => from <= time && time <= to;
}

function sampleText({ time, value }: Sample): string {
	return `${value}@${time}`;
}

const add = fc.record({
	name: fc.constantFrom<string>('a', 'b', 'c'),
	value: fc.oneof(
		{ weight: 4, arbitrary: fc.nat(2) },
		{ weight: 1, arbitrary: fc.constant('stale' as const) }
	),
	/** An own timestamp, relative to the row's. */
	shift: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, fc.integer({ min: -3, max: 1 }))
});

const row = fc.record({
	appender: fc.nat(1),
	step: fc.nat(40),
	adds: fc.array(add, { maxLength: 6 }),
	commits: fc.boolean(),
	/** Retention after this row: everything older than so much may go. */
	keep: fc.option(fc.nat(400), { freq: 8, nil: undefined })
});

type Row = typeof row extends fc.Arbitrary<infer Value> ? Value : never;

/** A past long enough for retention to cut columns: `a` always, `b` with holes and markers, `c` seldom. */
function past(rows: number): Row[] {
	return Array.from({ length: rows }, (_, i) => ({
		appender: 0,
		step: 1,
		adds: [
			{ name: 'a', value: i, shift: undefined },
			...(i % 7 < 5
				? [{ name: 'b', value: i % 7 < 4 ? i : ('stale' as const), shift: undefined }]
				: []),
			...(i % 90 === 0 ? [{ name: 'c', value: i, shift: undefined }] : [])
		],
		commits: true,
		keep: undefined
	}));
}

const history = fc
	.tuple(fc.integer({ min: -300, max: 300 }), fc.array(row, { maxLength: 25 }))
	.map(([length, rows]) => [...past(Math.max(0, length)), ...rows]);

const range = fc.tuple(fc.nat(600), fc.nat(600));

it('whatever is appended, by whom and at what time, the head tells what the naive head tells', () => {
	fc.assert(
		fc.property(history, range, (rows, [from, to]) => {
			const head = new Head();
			const appenders = [head.appender(), head.appender()];
			const naive = new NaiveHead();
			let time = 10;
			let kept = -Infinity;
			for (const { appender: who, step, adds, commits, keep } of rows) {
				const appender = appenders[who]!;
				time += step;
				appender.begin(time);
				naive.begin();
				for (const { name, value, shift } of adds) {
					const ref = appender.ref(labels({ __name__: name }));
					const at = value === 'stale' || shift === undefined ? time : time + shift;
					const expected = naive.add(name, value, at);
					if (value === 'stale') appender.markStale(ref);
					else
						expect(appender.add(ref, value, shift === undefined ? undefined : at)).toBe(expected);
				}
				naive.end(commits);
				if (commits) appender.commit();
				else appender.rollback();
				if (keep === undefined) continue;
				kept = Math.max(kept, time - keep);
				head.truncate(time - keep);
				naive.truncate(time - keep);
			}
			expect(dump(head, kept, Infinity)).toEqual(naive.dump(kept, Infinity));
			expect(dump(head, Math.max(kept, from), to)).toEqual(naive.dump(Math.max(kept, from), to));
			expect(head.stats().numSeries).toBe(naive.dump(-Infinity, Infinity).length);
		}),
		{ numRuns: 300 }
	);
});
