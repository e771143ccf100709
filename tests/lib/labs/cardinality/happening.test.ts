import { describe, expect, it } from 'vitest';
import { longestWait, waits } from '$lib/labs/cardinality/comb.ts';
import { happening } from '$lib/labs/cardinality/happening.ts';
import { remedies } from '$lib/labs/cardinality/remedies.ts';
import { barLength, REFERENCE } from '$lib/labs/cardinality/reference.ts';
import { CrashPlay } from '$lib/labs/cardinality/crash-play.svelte.ts';
import { crashLoop } from '$lib/labs/cardinality/server.ts';
import { paceFor, stopFor } from '$lib/labs/cardinality/stops.ts';
import type { Bill } from '$lib/labs/cardinality/story.ts';
import type { Scrape } from '$lib/labs/cardinality/scrapes.ts';

const bill = (id: Bill['id'], headline?: string): Bill => ({
	id,
	isDue: headline !== undefined,
	since: undefined,
	text: '',
	...(headline !== undefined && { headline })
});

describe('happening()', () => {
	const well = { isUp: true, bills: [bill('timeout')], stopped: undefined, series: 5 };

	it('says that all is well', () => {
		expect(happening(well)).toEqual({ tone: 'good', text: 'up is 1: the shop is seen.' });
	});

	it('says why the shop is not seen', () => {
		const bills = [bill('limit'), bill('timeout', 'too late')];
		expect(happening({ ...well, isUp: false, bills })).toMatchObject({
			text: 'up is 0: too late.'
		});
	});

	it('says what is due though the shop is seen, and leads on where memory is at its end', () => {
		const said = happening({
			...well,
			bills: [bill('memory', 'may be killed'), bill('query', 'slow')]
		});
		expect(said).toMatchObject({ tone: 'warn', text: 'up, but may be killed; slow.' });
		expect(said.link).toBeDefined();
	});

	it('puts a full tab before everything', () => {
		expect(happening({ ...well, isUp: false, stopped: 'series', series: 100_216 }).text).toMatch(
			/^That is all this tab holds: 100,216 live series\./
		);
	});
});

describe('a tab that fills', () => {
	const moment = { at: 0, headSeries: 0, liveSeries: 0, headBytes: 0, pageBytes: 0 };
	const unmeasured = { ...moment, render: undefined, store: undefined, queries: [] };

	it.each([
		[{ live: 99_999, most: 100_000, moment: unmeasured }, undefined],
		[{ live: 100_000, most: 100_000, moment: unmeasured }, 'series'],
		[{ live: 1, most: 100_000, moment: { ...unmeasured, headBytes: 3e8 } }, 'memory'],
		[{ live: 1, most: 100_000, moment: { ...unmeasured, pageBytes: 4e7 } }, 'page'],
		[{ live: 1, most: 100_000, moment: undefined }, undefined]
	])('stops in time, %#', (fill, why) => expect(stopFor(fill)).toBe(why));

	it('goes slower before it is full, and never faster', () => {
		expect(paceFor(240, 50_000, 1000)).toBe(240);
		expect(paceFor(240, 1500, 1000)).toBe(15);
		expect(paceFor(15, 1500, 1000)).toBe(15);
		expect(paceFor(240, 0, 0)).toBe(240);
	});
});

describe('requests in the way of a page', () => {
	const scrape = { at: 1000, duration: 2 } as Scrape;

	it('wait until it is written, in a program of one thread: a tooth', () => {
		expect(waits([scrape], 'typescript')).toEqual([
			[1000, 0],
			[1000, 2],
			[3000, 0],
			[3000, 0]
		]);
	});

	it('take turns with it in CPython, and wait no longer than a short page takes', () => {
		expect(waits([scrape], 'python').map(([, wait]) => wait)).toEqual([0, 0.025, 0.025, 0]);
		expect(longestWait(0.001, 'python')).toBe(0.001);
	});
});

describe('a crash loop that is watched', () => {
	const steps = crashLoop({ series: 70_000, samples: 900_000, samplesPerSecond: 300_000 });
	const end = 79;

	it('plays in twelve seconds, and stops at its end', () => {
		const play = new CrashPlay();
		play.pass(1000, end);
		expect(play.at).toBe(0);
		play.toggle(end);
		play.pass(6000, end);
		expect(play.at).toBeCloseTo(end / 2);
		play.pass(60_000, end);
		expect([play.at, play.isPlaying]).toEqual([end, false]);
		play.toggle(end);
		expect([play.at, play.isPlaying]).toEqual([0, true]);
	});

	it('goes from step to step for whoever wants no motion', () => {
		const play = new CrashPlay();
		const seen = steps.map(() => {
			play.step(steps);
			return play.at;
		});
		expect(seen).toEqual([10, 13, 33, 36, 76, 79]);
	});
});

it('of all remedies only one lasts, and what grows comes back after a time that is worked out', () => {
	const offers = remedies({ series: 70_000, growth: 1000, memoryLimit: 512 * 2 ** 20 });
	expect(offers.filter(({ lasts }) => lasts).map(({ id }) => id)).toEqual(['both']);
	// Twice 512 MiB at 8 kB are 134,217 series: 64,217 more, at 1,000 a minute.
	expect(offers[0]?.outcome).toContain('after 64.2 min');
	expect(offers[1]?.outcome).toContain('after 67.1 min');
	const still = remedies({ series: 70_000, growth: 0, memoryLimit: 512 * 2 ** 20 });
	expect(still[0]?.outcome).toContain('with nothing new to come it stays up');
});

it('bars of reference are on one logarithmic scale, the slower the longer', () => {
	expect([0.001, 0.1, 10, 100].map(barLength)).toEqual([0.01, 0.5, 1, 1]);
	const counters = REFERENCE.filter(({ metric }) => metric === 'counter').map(
		({ cpython }) => cpython
	);
	expect(counters).toEqual([...counters].sort((a, b) => a - b));
});
