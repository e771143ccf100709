import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Timestamp } from '#engine/model';
import { createTypeScriptRunner } from '#runners/typescript';
import { LabSession } from '#workers/lab-session';
import type { Snapshot } from '#workers/protocol';
import { askAll, askScrapes } from '$lib/labs/cardinality/ask.ts';
import type { Choice } from '$lib/labs/cardinality/choice.ts';
import { START, turned, type Knobs } from '$lib/labs/cardinality/knobs.ts';
import { configText } from '$lib/labs/cardinality/limits.ts';
import { programText } from '$lib/labs/cardinality/program.ts';
import { answeredCount, isWrong, percent } from '$lib/labs/cardinality/questions.ts';
import { bills, isOverLimit } from '$lib/labs/cardinality/story.ts';
import { worldText } from '$lib/labs/cardinality/world-text.ts';

const WORLD = readFileSync(
	new URL('../../../../lessons/worlds/cardinality/world.yaml', import.meta.url),
	'utf8'
);

/** The lab's own world in this thread, on a wall clock that goes on by a microsecond each time somebody looks. */
async function open(label: Choice['label'], change: Partial<Knobs> = {}) {
	const knobs = turned(START, { label, ...change });
	let wall = 0;
	let told: Snapshot | undefined;
	const errors = new Map<Timestamp, string>();
	const session = new LabSession({
		createRunner:
			({ service }) =>
			({ seed }) =>
				createTypeScriptRunner({ seed, workers: service.workers }),
		now: () => (wall += 0.001),
		setTimer: (run) => void setImmediate(run),
		onSnapshot: (snapshot) => {
			told = snapshot;
			for (const { lastScrape, lastError } of snapshot.instances) {
				if (lastScrape !== undefined && lastError) errors.set(lastScrape, lastError);
			}
		}
	});
	const files = (one: Choice['label']) => ({
		'app.ts': programText({ ...knobs, label: one }, 'typescript')
	});
	await session.start({
		world: worldText(WORLD, knobs),
		config: configText(knobs, knobs),
		seed: knobs.seed,
		files: files(label),
		speed: 0
	});
	const look = async (at?: Timestamp) => {
		const { start, now } = told as Snapshot;
		const { instances } = knobs;
		const wish = { start, now, at, instances, groupedBy: 'status', log: [] };
		const found = await askAll(session, wish);
		const scrapes = await askScrapes(session, wish);
		const history = [found.moment];
		const all = bills({ scrapes, errors, history, knobs, language: 'typescript' });
		const due = all.filter(({ isDue }) => isDue).map(({ id }) => id);
		return { ...found, scrapes, all, due, errors };
	};
	const deploy = (one: Choice['label']) => session.deploy(files(one));
	return { session, look, deploy };
}

describe('the lab with a label for each user', () => {
	let lab: Awaited<ReturnType<typeof open>>;
	beforeAll(async () => {
		lab = await open('user_id');
		await lab.session.skip(5 * 60_000);
	});

	it('is scraped well for the first five minutes, and has a page of half a megabyte', async () => {
		const { scrapes, moment, due } = await lab.look();
		expect(scrapes).toHaveLength(19);
		expect(scrapes.every(({ isUp }) => isUp)).toBe(true);
		expect(moment.liveSeries).toBe(5800);
		expect(moment.pageBytes).toBeGreaterThan(500_000);
		expect(scrapes.at(-1)?.duration).toBeCloseTo(moment.pageBytes / 1e6, 1);
		expect(due).toEqual([]);
	});

	it('answers which user, not which plan, and is far off with the share, for most errors are births', async () => {
		const { answers } = await lab.look();
		expect(answers.map(({ from }) => from)).toEqual([
			'prometheus',
			'prometheus',
			'nobody',
			'prometheus'
		]);
		const [share] = answers;
		expect(share && isWrong(share)).toBe(true);
		expect(share?.share).toBeLessThan(share?.truth ?? 0);
		expect(percent(share?.truth ?? 0)).toBe('0.57 %');
	});

	it('counts and groups of the moment that is asked for, however far the world has gone since', async () => {
		const { scrapes } = await lab.look();
		const [earlier, last] = [scrapes.at(-3), scrapes.at(-1)];
		const then = await lab.look(earlier?.last);
		const own = then.groups.reduce((sum, { count }) => sum + count, 0);
		expect(then.moment.liveSeries).toBe((earlier?.samples ?? 0) + 5);
		expect(own).toBe(earlier?.samples);
		expect(own).toBeLessThan(last?.samples ?? 0);
	});

	it('counts all live series of the shop in its groups', async () => {
		const { groups, moment } = await lab.look();
		const total = groups.reduce((sum, { count }) => sum + count, 0);
		expect(total).toBe(moment.liveSeries - 5);
	});
});

describe('the story', () => {
	it('begins with a page that takes too long: up is 0 and nothing is left', async () => {
		const { session, look } = await open('user_id', { pageRate: 200_000 });
		await session.skip(5 * 60_000);
		const { scrapes, answers, due, groups, all } = await look();
		expect(scrapes.at(-1)).toMatchObject({ isUp: false, samples: 0, duration: 2 });
		expect(due).toEqual(['timeout', 'service']);
		expect(all[0]?.text).toMatch(/^[\d,]+ samples at the last good scrape; no limit\.$/);
		expect(all[1]?.text).toBe('Of the last page nothing is stored.');
		expect([answeredCount(answers), groups]).toEqual([0, []]);
	});

	it('goes on with sample_limit, which drops the whole page with up 0', async () => {
		const { session, look } = await open('user_id', { sampleLimit: 1000 });
		await session.skip(2 * 60_000);
		const { scrapes, moment, due } = await look();
		expect(scrapes[0]?.isUp).toBe(true);
		expect(scrapes.at(-1)?.isUp).toBe(false);
		expect(due).toEqual(['limit']);
		// Those of the last good page, and of the target's own: within the limit, so without a marker (scrape/scrape.go, trackStaleness).
		expect(moment.liveSeries).toBe((scrapes.findLast(({ isUp }) => isUp)?.samples ?? 0) + 5);
	});

	it('holds sample_limit against the largest page, not against the pages of all instances', async () => {
		const { session, look } = await open('user_id', { sampleLimit: 1000, instances: 3, rate: 20 });
		await session.skip(110_000);
		const { scrapes, all, due } = await look();
		const last = scrapes.at(-1);
		expect(last).toMatchObject({ asked: 3, isUp: true });
		expect(last?.samples).toBeGreaterThan(1000);
		expect(last?.largest).toBeLessThan(1000);
		expect(all[0]?.text).toBe(`${last?.largest} samples on the largest page, of 1,000 allowed.`);
		expect(due).toEqual([]);
	});

	it('proves a guess only by what failed after it', async () => {
		const { session, look } = await open('user_id', { sampleLimit: 1000 });
		await session.skip(2 * 60_000);
		const { scrapes, errors } = await look();
		const { at } = scrapes.at(-1) ?? { at: 0 };
		expect(isOverLimit(scrapes, errors, at - 1)).toBe(true);
		expect(isOverLimit(scrapes, errors, at)).toBe(false);
	});

	it('and after five minutes nothing is left of it', async () => {
		const { session, look } = await open('user_id', { sampleLimit: 1000 });
		await session.skip(7 * 60_000);
		expect((await look()).moment.liveSeries).toBe(5);
	});

	it('ends well with a plan in place of the user', async () => {
		const { session, look, deploy } = await open('user_id', { sampleLimit: 1000 });
		await session.skip(2 * 60_000);
		await deploy('plan');
		await session.skip(3 * 60_000);
		const { scrapes, moment, answers, due } = await look();
		expect(scrapes.at(-1)?.isUp).toBe(true);
		expect(moment.liveSeries).toBeLessThan(60);
		expect(answers.map(({ from }) => from)).toEqual([
			'prometheus',
			'prometheus',
			'prometheus',
			'nobody'
		]);
		expect(due).toEqual([]);
	});
});

describe('limits other than of samples', () => {
	it('body_size_limit refuses the page before it is read', async () => {
		const { session, look } = await open('user_id', { bodySizeLimit: 20_000 });
		await session.skip(60_000);
		const { scrapes, due } = await look();
		expect(scrapes.at(-1)).toMatchObject({ isUp: false, samples: 0 });
		expect(due).toEqual(['page']);
	});

	it('label_value_length_limit drops a page for one value that is too long', async () => {
		const change = { labelValueLengthLimit: 32, valueLength: 36 };
		const { session, look } = await open('user_id', change);
		await session.skip(60_000);
		expect((await look()).due).toEqual(['page']);
	});
});

describe('metric_relabel_configs', () => {
	it('labeldrop makes lines equal, and each of them still counts towards sample_limit', async () => {
		const { session, look } = await open('user_id', { relabel: 'labeldrop', sampleLimit: 1000 });
		await session.skip(90_000);
		expect((await look()).due).toEqual(['limit']);
	});

	it('labeldrop without a limit keeps few series and the first of equal lines, so the share is wrong', async () => {
		const { session, look } = await open('user_id', { relabel: 'labeldrop' });
		await session.skip(5 * 60_000);
		const { scrapes, moment, answers } = await look();
		expect(scrapes.at(-1)?.isUp).toBe(true);
		expect(moment.liveSeries).toBeLessThan(40);
		const [share] = answers;
		expect(share && isWrong(share)).toBe(true);
	});

	it('drop keeps the target up, and nothing of the metric', async () => {
		const { session, look } = await open('user_id', { relabel: 'drop', sampleLimit: 1000 });
		await session.skip(60_000);
		const { scrapes, moment, answers } = await look();
		expect(scrapes.at(-1)?.isUp).toBe(true);
		expect([moment.liveSeries, answeredCount(answers)]).toEqual([5, 0]);
	});
});

it('restarts leave the series of old pods in the head: few live, many have been', async () => {
	const { session, look } = await open('pod', { instances: 2, restarts: 12, rate: 20 });
	await session.skip(11 * 60_000);
	const { moment, scrapes } = await look();
	expect(scrapes.at(-1)).toMatchObject({ up: 2, asked: 2 });
	expect(moment.headSeries).toBeGreaterThan(2.5 * moment.liveSeries);
});
