import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MINUTE } from '#engine/model';
import { createTypeScriptRunner } from '#runners/typescript';
import { LabSession } from '../../src/workers/lab-session.ts';
import type { Snapshot } from '../../src/workers/protocol.ts';
import { shopFiles } from '../engine/lab/shop.ts';

const world = readFileSync(
	new URL('../../lessons/worlds/shop/world.yaml', import.meta.url),
	'utf8'
);

/** A session on a wall clock that is moved by hand, and all that it has told. */
function openSession() {
	let wall = 0;
	let wake: (() => void) | undefined;
	const snapshots: Snapshot[] = [];
	const session = new LabSession({
		createRunner:
			({ service }) =>
			({ seed }) =>
				createTypeScriptRunner({ seed, workers: service.workers }),
		now: () => wall,
		setTimer: (run) => {
			wake = run;
		},
		onSnapshot: (snapshot) => snapshots.push(snapshot)
	});
	/** Lets wall time pass, and waits until the session has caught up and set its next timer. */
	const pass = async (milliseconds: number) => {
		const run = wake;
		wake = undefined;
		wall += milliseconds;
		run?.();
		while (run && !wake && last().speed > 0) await new Promise((next) => setImmediate(next));
	};
	const last = () => snapshots.at(-1) as Snapshot;
	const settled = async () => {
		while (!wake) await new Promise((next) => setImmediate(next));
	};
	return { session, snapshots, pass, last, settled };
}

async function startSession(speed: number, more: object = {}) {
	const opened = openSession();
	const loaded = await opened.session.start({ world, seed: 1, files: shopFiles, speed, ...more });
	expect(loaded.problems).toEqual([]);
	return opened;
}

describe('LabSession', () => {
	it('moves virtual time with wall time, at its pace', async () => {
		const { pass, last, settled } = await startSession(60);
		await settled();
		const before = last().now;
		await pass(200);
		expect(last().now - before).toBe(200 * 60);
	});

	it('does not catch up on time in which the tab was asleep', async () => {
		const { pass, last, settled } = await startSession(10);
		await settled();
		const before = last().now;
		await pass(60_000);
		expect(last().now - before).toBe(250 * 10);
	});

	it('stands still at pace 0, and steps by one scrape', async () => {
		const { session, last } = await startSession(0);
		const { now } = last();
		await session.step();
		const scraped = last().instances.filter(({ lastScrape }) => lastScrape !== undefined);
		expect(last().now).toBeGreaterThan(now);
		expect(scraped.map(({ lastScrape }) => lastScrape)).toEqual([last().now]);
	});

	it('lives through a head start before the page sees anything', async () => {
		const { last } = await startSession(0, { headStart: 10 * MINUTE });
		expect(last().now - last().start).toBe(10 * MINUTE);
		expect(last().samples).toBeGreaterThan(1000);
	});

	it('tells what goes by once', async () => {
		const { session, snapshots, last } = await startSession(0);
		await session.skip(MINUTE);
		expect(last().requests.length).toBeGreaterThan(0);
		await session.setSpeed(0);
		expect(last().requests).toEqual([]);
		const skipped = snapshots.find(({ requests }) => requests.length > 0);
		const times = skipped?.requests.map(({ finished }) => finished) ?? [];
		expect(times).toEqual(times.toSorted((a, b) => a - b));
		const instances = new Set(skipped?.requests.map(({ instance }) => instance));
		expect(instances).toEqual(new Set(['shop-1:8000', 'shop-2:8000']));
	});

	it('answers what the page asks', async () => {
		const { session, last } = await startSession(0, { headStart: 5 * MINUTE });
		const up = await session.query({ query: 'sum(up)' });
		expect(up).toMatchObject({ status: 'success', data: { samples: [{ value: 3 }] } });
		const grid = { start: last().now, step: MINUTE, count: 1 };
		const [truth] = (await session.truth('sum(rate(http_requests_total[2m]))', grid)) ?? [];
		expect(truth?.values[0]).toBeGreaterThan(40);
		expect(await session.truth('up', grid)).toBeUndefined();
		expect(await session.metricsPage('shop-1:8000')).toContain(
			'# TYPE http_requests_total counter'
		);
		expect(await session.metricsPage('nobody')).toBeUndefined();
	});

	it('gives problems of a world back with their place', async () => {
		const { session } = openSession();
		const { problems } = await session.start({
			world: world.replace('interval: 15s', 'interval: soon'),
			seed: 1,
			files: shopFiles,
			speed: 0
		});
		expect(problems).toEqual([
			expect.objectContaining({ line: 5, message: expect.stringContaining('interval must be') })
		]);
	});

	it('lives on with targets down when the first code does not load, until code comes that does', async () => {
		const { session, last } = openSession();
		const broken = await session.start({ world, seed: 1, files: { 'app.ts': 'x(' }, speed: 0 });
		expect(broken.problems).toHaveLength(1);
		await session.skip(MINUTE);
		expect(last().instances.map(({ health }) => health)).toEqual(['down', 'down', 'up']);
		expect(last().instances[0]?.lastError).toContain('connection refused');
		expect((await session.deploy(shopFiles)).problems).toEqual([]);
		await session.skip(MINUTE);
		expect(last().instances.map(({ health }) => health)).toEqual(['up', 'up', 'up']);
	});

	it('runs a trial in a world of its own', async () => {
		const { session, last } = await startSession(0);
		const { now } = last();
		const answer = await session.runTrial({
			world,
			seed: 3,
			files: shopFiles,
			duration: 2 * MINUTE,
			queries: ['sum(up)']
		});
		if (!answer.ok) throw new Error('the trial did not run');
		const { evidence } = answer;
		const counted = evidence.pages
			.flatMap(({ samples }) => samples)
			.filter(({ labels }) => labels[1] === 'http_requests_total')
			.reduce((sum, { value }) => sum + value, 0);
		const truly = evidence.truth.reduce((sum, { count }) => sum + count, 0);
		expect(counted).toBe(truly);
		expect(truly).toBeGreaterThan(5000);
		expect(last().now).toBe(now);
	});
});
