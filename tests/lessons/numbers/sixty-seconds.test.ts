import { expect, test } from 'vitest';
import type { Lab } from '#engine/lab';
import { MINUTE, SECOND } from '#engine/model';
import { askPull, type Scrape } from '$lib/course/instruments/pull.ts';
import { lessonOf, played } from './played.ts';

// The numbers that the lesson states, and what its figure shows, as the worlds give them.

const lesson = lessonOf('01-pull', 'sixty-seconds');
const { start } = (await played(lesson, { to: 0 })).world;

function pulled(lab: Lab) {
	const source = {
		api: lab.api,
		truth: async (...question: Parameters<Lab['truthOf']>) => lab.truthOf(...question),
		metricsPage: async (name: string) => new TextDecoder().decode(lab.metricsPage(name))
	};
	return askPull(source, { start, now: lab.now, instance: 'shop-1:8000' });
}

const within = (from: number, to: number) => (scrape: Scrape) =>
	scrape.at > start + from && scrape.at < start + to;

test('without a way out the dots go on exactly as they would, and 1,799 orders fail', async () => {
	const lab = await played(lesson, lesson.scenes['way-out']);
	const { scrapes } = await pulled(lab);
	expect(scrapes.filter(within(4 * MINUTE, 7 * MINUTE))).toHaveLength(3);
	for (const { at, requests } of scrapes) {
		expect(requests).toBe(lab.truth.count({ handled: true }, -Infinity, at));
	}
	const orders = { endpoint: '/api/orders' };
	expect(lab.truth.count({ ...orders, status: 500 }, start, lab.now)).toBe(1799);
	const cut = [start + 4 * MINUTE + SECOND, start + 7 * MINUTE] as const;
	expect(lab.truth.count({ ...orders, status: 201 }, ...cut)).toBe(0);
	expect(scrapes.at(-1)?.requests).toBe(23_662);
});

test('without the way in three scrapes bring nothing, and the next dot is where it would have been', async () => {
	const lab = await played(lesson, lesson.scenes['way-in']);
	const { scrapes, rate } = await pulled(lab);
	const missing = scrapes.filter(({ requests }) => requests === undefined);
	expect(missing).toEqual(scrapes.filter(within(4 * MINUTE, 7 * MINUTE)));
	expect(missing).toHaveLength(3);
	expect(scrapes.at(-1)?.requests).toBe(23_662);
	expect(Math.min(...rate.map(({ value }) => value))).toBeGreaterThan(40);
});

test('at 60 seconds no dot lies within the silence, and one step is a third lower', async () => {
	const { scrapes, rate } = await pulled(await played(lesson));
	expect(scrapes).toHaveLength(8);
	expect(scrapes.filter(within(4 * MINUTE, 4 * MINUTE + 20 * SECOND))).toEqual([]);
	const silent = rate.filter(({ value }) => value === 0).map(({ at }) => (at - start) / SECOND);
	expect(silent).toEqual([250, 255, 260]);
	const steps = scrapes.slice(1).map(({ requests = 0 }, i) => requests - scrapes[i]!.requests!);
	expect(steps[3]! / steps[2]!).toBeCloseTo(2 / 3, 1);
});

test('at 10 seconds two dots of one height lie within it', async () => {
	const task = lesson.tasks.find(({ kind }) => kind === 'config');
	if (task?.kind !== 'config') throw new Error('no configuration is written');
	const { scrapes } = await pulled(await played(lesson, { config: task.solution }));
	const seen = scrapes.filter(within(4 * MINUTE, 4 * MINUTE + 20 * SECOND));
	expect(seen).toHaveLength(2);
	expect(seen[0]?.requests).toBe(seen[1]?.requests);
});
