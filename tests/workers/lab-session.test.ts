import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CreateRunner } from '#engine/lab';
import { MINUTE, SECOND } from '#engine/model';
import { LabSession } from '../../src/workers/lab-session.ts';
import type { Snapshot } from '../../src/workers/protocol.ts';
import { shopFiles, watchedRunners } from '../engine/lab/shop.ts';

const world = readFileSync(
	new URL('../../lessons/worlds/shop/world.yaml', import.meta.url),
	'utf8'
);

/** A session on a wall clock that is moved by hand, and all that it has told. */
function openSession(createRunner: CreateRunner = watchedRunners().createRunner) {
	let wall = 0;
	let wake: (() => void) | undefined;
	const snapshots: Snapshot[] = [];
	const session = new LabSession({
		createRunner: () => createRunner,
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

async function startSession(speed: number, more: object = {}, createRunner?: CreateRunner) {
	const opened = openSession(createRunner);
	const loaded = await opened.session.start({ world, seed: 1, files: shopFiles, speed, ...more });
	expect(loaded.problems).toEqual([]);
	return opened;
}

async function targetsOf(session: LabSession): Promise<readonly string[]> {
	const answer = await session.targets();
	return answer.status === 'success' ? answer.data.active.map(({ scrapeUrl }) => scrapeUrl) : [];
}

describe('LabSession', () => {
	it('moves virtual time with wall time, at its pace', async () => {
		const { pass, last, settled } = await startSession(60);
		await settled();
		const before = last().now;
		await pass(200);
		expect(last().now - before).toBe(200 * 60);
	});

	it('moves by whole milliseconds, and loses no part of one', async () => {
		const { pass, last, settled } = await startSession(1);
		await settled();
		const before = last().now;
		for (let i = 0; i < 60; i++) {
			await pass(100 / 6);
			expect(Number.isInteger(last().now)).toBe(true);
		}
		expect(Math.abs(last().now - before - 1000)).toBeLessThanOrEqual(100);
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
		expect(scraped).toHaveLength(1);
		// It stands where the answer has just been stored.
		const answer = await session.targets();
		const targets = answer.status === 'success' ? answer.data.active : [];
		const stored = targets.flatMap(({ lastScrape, lastScrapeDuration }) =>
			lastScrape === undefined ? [] : [Math.ceil(lastScrape + lastScrapeDuration * 1000)]
		);
		expect(stored).toEqual([last().now]);
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

	it.each([
		['a pause', (session: LabSession) => session.setSpeed(0)],
		['another pace', (session: LabSession) => session.setSpeed(1)],
		[
			'a new start',
			(session: LabSession) => session.start({ world, seed: 2, files: shopFiles, speed: 0 })
		]
	])('%s in the middle of a move ends it soon', async (_, interrupt) => {
		let interrupting: Promise<unknown> | undefined;
		let lived = 0;
		const { createRunner } = watchedRunners((n) => ({
			handle: (requests, moment, runner) => {
				if (n === 0 && last().speed === 600) interrupting ??= interrupt(session);
				if (n === 0) lived = moment - start;
				return runner.handle(requests, moment);
			}
		}));
		const { session, pass, last, settled } = await startSession(600, {}, createRunner);
		const { start } = last();
		await settled();
		await pass(250);
		await settled();
		await interrupting;
		expect(interrupting).toBeDefined();
		expect(lived).toBeLessThanOrEqual(15 * SECOND);
		expect(last().now - start).toBeLessThanOrEqual(15 * SECOND);
	});

	it('ends a skip that is stopped, and the world stands still where it has got to', async () => {
		let stopping: Promise<void> | undefined;
		const { createRunner } = watchedRunners((n) => ({
			handle: (requests, until, runner) => {
				if (n === 0 && last().speed > 0) stopping ??= session.stopSkipping();
				return runner.handle(requests, until);
			}
		}));
		const { session, last } = await startSession(0, {}, createRunner);
		await session.setSpeed(10);
		expect(await session.skip(60 * MINUTE)).toBe(false);
		await stopping;
		const { now, start, speed } = last();
		expect(speed).toBe(0);
		expect(now - start).toBeLessThanOrEqual(5 * SECOND);
		expect(await session.skip(MINUTE)).toBe(true);
		expect(last().now).toBe(now + MINUTE);
	});

	it('is not moved by an earlier pace while a new start lives through its head start', async () => {
		const { session, pass, last, settled, snapshots } = await startSession(600);
		await settled();
		const told = snapshots.length;
		const starting = session.start({
			world,
			seed: 2,
			files: shopFiles,
			speed: 1,
			headStart: MINUTE
		});
		await pass(250);
		await starting;
		await settled();
		expect(snapshots.length).toBe(told + 1);
		await session.setSpeed(0);
		expect(last().now - last().start).toBe(MINUTE);
	});

	it('stops and says so when the world cannot go on, and can be set going again', async () => {
		let isBroken = true;
		const { createRunner } = watchedRunners((n) => ({
			handle: (requests, until, runner) => {
				if (n === 0 && isBroken) throw new Error('dead');
				return runner.handle(requests, until);
			},
			dispose() {
				if (!isBroken) return;
				isBroken = false;
				throw new Error('and not to be ended');
			}
		}));
		const { session, pass, last, settled, snapshots } = await startSession(60, {}, createRunner);
		await settled();
		await pass(200);
		expect(last().speed).toBe(0);
		const said = snapshots.flatMap(({ problems }) => problems.map(({ message }) => message));
		expect(said).toEqual(['dead', 'The simulation stopped: and not to be ended']);
		const { now } = last();
		await session.setSpeed(60);
		await settled();
		await pass(200);
		expect(last().now).toBe(now + 200 * 60);
	});

	it.each([
		['cannot be read', world.replace('interval: 15s', 'interval: soon')],
		['has no crowd', world.replaceAll(/weight: \d+/g, 'weight: 0')]
	])('goes on in the old world when the new one %s', async (_, broken) => {
		const { session, last } = await startSession(0);
		const { problems } = await session.start({ world: broken, seed: 1, files: {}, speed: 0 });
		expect(problems).toHaveLength(1);
		await session.skip(MINUTE);
		expect(last().now - last().start).toBe(MINUTE);
		expect(last().instances.map(({ isUp }) => isUp)).toEqual([true, true, true]);
	});

	it('begins by a prometheus.yml, and goes on by another', async () => {
		const config = (regex: string) => `
scrape_configs:
  - job_name: shop
    static_configs:
      - targets: ['shop-1:8000', 'shop-2:8000']
    relabel_configs:
      - { source_labels: [__address__], regex: '${regex}', target_label: __address__, replacement: '' }
`;
		const { session, snapshots } = await startSession(0, { config: config('shop-2.*') });
		expect(await targetsOf(session)).toEqual(['http://shop-1:8000/metrics']);
		expect(await session.refusedTargets()).toMatchObject([
			{ scrapePool: 'shop', error: 'no address' }
		]);
		expect(snapshots.flatMap(({ events }) => events)).toEqual([]);
		expect(await session.configure(config('nobody'))).toEqual([]);
		expect(await targetsOf(session)).toHaveLength(2);
		expect(await session.refusedTargets()).toEqual([]);
		expect(snapshots.flatMap(({ events }) => events.map(({ kind }) => kind))).toEqual(['reload']);
	});

	it('stays with the configuration in force when another one is refused, and says where it is wrong', async () => {
		const { session } = await startSession(0);
		const before = await targetsOf(session);
		const [problem] = await session.configure('scrape_configs:\n  - job: shop\n');
		expect(problem).toMatchObject({
			file: 'prometheus.yml',
			severity: 'error',
			line: 2,
			column: 5
		});
		expect(await targetsOf(session)).toEqual(before);
	});

	it('says what is wrong with a configuration without putting it in force', async () => {
		const { session, snapshots } = openSession();
		const wrong = 'scrape_configs:\n  - job: shop\n';
		const problems = await session.checkConfig(wrong);
		expect(problems).toMatchObject([{ file: 'prometheus.yml', severity: 'error', line: 2 }]);
		await session.start({ world, seed: 1, files: shopFiles, speed: 0 });
		expect(await session.checkConfig('scrape_configs: []')).toEqual([]);
		expect(await targetsOf(session)).toHaveLength(3);
		expect(snapshots.flatMap(({ events }) => events)).toEqual([]);
		expect(await session.configure(wrong)).toEqual(problems);
	});

	it('tells which instances nothing scrapes', async () => {
		const config = `
scrape_configs:
  - job_name: shop
    static_configs:
      - targets: ['shop-1:8000', 'shop-2:8000']
    relabel_configs:
      - { source_labels: [__address__], regex: 'shop-2.*', action: drop }
`;
		const { session, last } = await startSession(0, { config });
		await session.skip(MINUTE);
		const seen = () => last().instances.map(({ isTarget, health }) => `${isTarget} ${health}`);
		expect(seen()).toEqual(['true up', 'false unknown', 'false unknown']);
		await session.configure(config.replace('action: drop', 'action: keep'));
		expect(seen()).toEqual(['false unknown', 'true unknown', 'false unknown']);
	});

	it('tells what is stored, and how much of it has ended', async () => {
		const { session, last } = await startSession(0, { headStart: 5 * MINUTE });
		const before = await session.storeStatus();
		expect(before).toMatchObject({ numSeries: last().series, samples: last().samples });
		expect(before).toMatchObject({ liveSeries: before.numSeries, churnedSeries: 0 });
		const [top] = before.seriesCountByMetricName;
		const counted = await session.query({ query: `count({__name__="${top?.name}"})` });
		expect(counted).toMatchObject({ data: { samples: [{ value: top?.value }] } });
		const buckets = await session.query({ query: 'count({__name__=~".+_bucket", job="shop"})' });
		await session.configure(`
scrape_configs:
  - job_name: shop
    static_configs:
      - targets: ['shop-1:8000', 'shop-2:8000']
    metric_relabel_configs:
      - { action: drop, source_labels: [__name__], regex: .*_bucket }
`);
		await session.skip(MINUTE);
		const { liveSeries, churnedSeries, numSeries, bytes } = await session.storeStatus();
		expect(buckets).toMatchObject({ data: { samples: [{ value: churnedSeries }] } });
		expect(liveSeries + churnedSeries).toBe(numSeries);
		expect(bytes).toBeGreaterThan(before.bytes);
	});

	it('ends every thread of a world that another one takes the place of', async () => {
		const { createRunner, made, alive } = watchedRunners();
		const { session } = await startSession(0, {}, createRunner);
		const start = { world, seed: 2, files: shopFiles, speed: 0, headStart: 10 * MINUTE };
		await Promise.all([session.start(start), session.start(start), session.start(start)]);
		expect(made()).toBeGreaterThanOrEqual(4);
		expect(alive()).toBe(2);
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

	it('explains a query of the world, with times from its clock', async () => {
		const { session, last } = await startSession(0, { headStart: 5 * MINUTE });
		const { now } = last();
		const outcome = await session.explain('sum(up)', now, {});
		if (!outcome.ok) throw new Error(outcome.message);
		const { root, focus } = outcome.explanation;
		expect(root).toMatchObject({ text: 'sum(up)', seriesIn: 3, seriesOut: 1 });
		expect(focus.time).toBe(now);
		expect(structuredClone(outcome)).toEqual(outcome);
		const range = { start: now - MINUTE, end: now, step: MINUTE };
		const wish = { time: now - MINUTE, limits: { series: 1 } };
		const { explanation } = await session.explain('up', range, wish);
		expect(explanation?.focus.time).toBe(now - MINUTE);
		expect(explanation?.root.sample).toHaveLength(1);
	});

	it('switches experimental parts of PromQL on and off, for the worlds after it as well', async () => {
		const { session } = await startSession(0, { headStart: MINUTE });
		const query = 'limitk(1, up)';
		const refused = { errorType: 'bad_data', error: expect.stringContaining('--enable-feature') };
		expect(await session.query({ query })).toMatchObject(refused);
		await session.setFeatures({ experimentalFunctions: true });
		expect(await session.query({ query })).toMatchObject({ status: 'success' });
		await session.start({ world, seed: 2, files: shopFiles, speed: 0 });
		expect(await session.query({ query })).toMatchObject({ status: 'success' });
		expect(await session.explain(query, 0, {})).toMatchObject({ ok: true });
		await session.setFeatures({});
		expect(await session.query({ query })).toMatchObject(refused);
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
