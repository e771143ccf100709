import { describe, expect, it } from 'vitest';
import { Lab, type CreateRunner } from '#engine/lab';
import { MINUTE, SECOND, type Problem } from '#engine/model';
import { RunnerFailure, type Runner } from '#engine/sim';
import { createTypeScriptRunner } from '#runners/typescript';
import { shopFiles, shopWorld, valuesOf, watchedRunners } from './shop.ts';

/** Runners of which those of one instance are ended for taking too long, from a moment on, as often as is said. */
function dyingRunners(name: string, from: number, times: number): CreateRunner {
	let deaths = 0;
	return (instance) => {
		const runner = createTypeScriptRunner({ seed: instance.seed, workers: 32 });
		const dying: Runner = {
			load: (files, at) => runner.load(files, at),
			scrape: (accept) => runner.scrape(accept),
			dispose: () => runner.dispose(),
			async handle(requests, until) {
				if (instance.name === name && until >= from && deaths < times) {
					deaths++;
					throw new RunnerFailure('deadline', 'handle() took too long', {
						file: 'app.ts',
						line: 9,
						column: 2
					});
				}
				return runner.handle(requests, until);
			}
		};
		return dying;
	};
}

async function openShop(createRunner: CreateRunner): Promise<Lab> {
	const lab = new Lab({ world: shopWorld(), seed: 1, createRunner });
	await lab.deploy(shopFiles);
	return lab;
}

describe('an instance whose code had to be stopped', () => {
	const { start } = shopWorld();
	const death = start + 2 * MINUTE;

	it('says why, with the place', async () => {
		const lab = await openShop(dyingRunners('shop-1:8000', death, 1));
		await lab.advance(death + SECOND);
		expect(lab.takeLog().problems).toEqual([
			{ message: 'handle() took too long', severity: 'error', file: 'app.ts', line: 9, column: 2 }
		]);
	});

	it('is down for ten seconds and then serves again, while the others go on', async () => {
		const lab = await openShop(dyingRunners('shop-1:8000', death, 1));
		await lab.advance(death + 5 * SECOND);
		expect(lab.instances.map(({ isUp }) => isUp)).toEqual([false, true, true]);
		await lab.advance(death + 2 * MINUTE);
		expect(lab.instances.map(({ isUp }) => isUp)).toEqual([true, true, true]);
		expect(await valuesOf(lab, 'sum(up)')).toEqual([3]);
		const [served = 0] = await valuesOf(
			lab,
			'sum(increase(http_requests_total{instance="shop-2:8000"}[2m]))'
		);
		expect(served).toBeGreaterThan(2 * 60 * 20);
	});

	it('waits twice as long after each death', async () => {
		const lab = await openShop(dyingRunners('shop-2:8000', death, 3));
		await lab.advance(death + 10 * MINUTE);
		const waits = lab.truth
			.upIntervals('shop-2:8000')
			.map(({ from }) => from)
			.slice(1)
			.map((from, i) => from - (lab.truth.upIntervals('shop-2:8000')[i]?.until ?? NaN));
		expect(waits).toEqual([10 * SECOND, 20 * SECOND, 40 * SECOND]);
	});

	it('leaves requests without an answer, and the truth knows how many', async () => {
		const lab = await openShop(dyingRunners('shop-1:8000', death, 1));
		await lab.advance(death + 5 * SECOND);
		expect(lab.truth.count({ handled: false }, death - SECOND, lab.now)).toBeGreaterThan(0);
	});

	it('is a target that refuses the connection', async () => {
		const lab = await openShop(dyingRunners('shop-1:8000', death, 100));
		await lab.advance(death + MINUTE);
		const [status] = lab.status();
		expect(status).toMatchObject({ health: 'down', isUp: false });
		expect(status?.lastError).toContain('connect: connection refused');
	});
});

describe('an instance whose runner fails in a way of its own', () => {
	const { start } = shopWorld();
	const fail = () => {
		throw new TypeError('the thread answered nonsense');
	};

	it('is a problem and a death when it happens while it serves', async () => {
		const { createRunner } = watchedRunners((n) => (n === 0 ? { handle: async () => fail() } : {}));
		const lab = await openShop(createRunner);
		await lab.advance(start + 4 * SECOND);
		expect(lab.takeLog().problems).toEqual([
			{ message: 'the thread answered nonsense', severity: 'error' }
		]);
		expect(lab.instances.map(({ isUp }) => isUp)).toEqual([false, true, true]);
		await lab.advance(start + MINUTE);
		expect(lab.instances.map(({ isUp }) => isUp)).toEqual([true, true, true]);
	});

	it('is a death at once when it happens at a scrape', async () => {
		const { createRunner } = watchedRunners((n) => (n < 2 ? { scrape: async () => fail() } : {}));
		const lab = await openShop(createRunner);
		let problems: readonly Problem[] = [];
		while (problems.length === 0) {
			await lab.step();
			({ problems } = lab.takeLog());
		}
		expect(problems).toEqual([{ message: 'the thread answered nonsense', severity: 'error' }]);
		expect(lab.instances.filter(({ isUp }) => !isUp)).toHaveLength(1);
		await lab.advance(start + 2 * MINUTE);
		expect(await valuesOf(lab, 'sum(up)')).toEqual([3]);
	});

	it.each([
		['it loads the code', () => watchedRunners(() => ({ load: async () => fail() })).createRunner],
		['it is made', () => fail]
	])('is a problem of the code when it happens as %s', async (_, createRunner) => {
		const lab = new Lab({ world: shopWorld(), seed: 1, createRunner: createRunner() });
		const { problems } = await lab.deploy(shopFiles);
		expect(problems).toEqual([{ message: 'the thread answered nonsense', severity: 'error' }]);
	});
});

describe('a crash from outside and a death of its own', () => {
	const { start } = shopWorld();
	const name = 'shop-1:8000';

	/** A shop whose first instance has just died of its own code, and is to be started again after 10 s. */
	async function shopWithDeath() {
		const lab = await openShop(dyingRunners(name, start + MINUTE, 1));
		await lab.advance(start + MINUTE + SECOND);
		const [{ until: death } = { until: NaN }] = lab.truth.upIntervals(name);
		lab.takeLog();
		const ups = () => lab.truth.upIntervals(name).map(({ from }) => from - death);
		const restarts = () =>
			lab
				.takeLog()
				.events.filter(({ kind }) => kind === 'restart')
				.map(({ at, label }) => [at - death, label] as const);
		const crash = (after: number, downFor: number) =>
			lab.addFault({ kind: 'crash', at: death + after, instance: name, downFor });
		return { lab, death, ups, restarts, crash };
	}

	it('is not started again while the crash keeps it down', async () => {
		const { lab, death, ups, restarts, crash } = await shopWithDeath();
		await crash(2 * SECOND, 30 * SECOND);
		await lab.advance(death + MINUTE);
		expect(ups().slice(1)).toEqual([32 * SECOND]);
		expect(restarts()).toEqual([[32 * SECOND, `${name} is started again`]]);
	});

	it('waits as long as it was said to when the crash is over before', async () => {
		const { lab, death, ups, restarts, crash } = await shopWithDeath();
		await crash(2 * SECOND, 3 * SECOND);
		await lab.advance(death + MINUTE);
		expect(ups().slice(1)).toEqual([10 * SECOND]);
		expect(restarts()).toEqual([[10 * SECOND, `${name} is started again`]]);
	});

	it('is not said to be started again when new code brought it up before', async () => {
		const { lab, death, ups, restarts, crash } = await shopWithDeath();
		await crash(2 * SECOND, 30 * SECOND);
		await lab.advance(death + 20 * SECOND);
		await lab.deploy(shopFiles);
		await lab.advance(death + MINUTE);
		expect(ups().slice(1)).toEqual([20 * SECOND]);
		expect(restarts()).toEqual([]);
	});

	it('is said to be started again only when it is', async () => {
		let isBroken = false;
		const { createRunner } = watchedRunners(() =>
			isBroken ? { load: () => Promise.reject(new Error('no memory')) } : {}
		);
		const lab = await openShop(createRunner);
		await lab.addFault({ kind: 'crash', at: start + SECOND, instance: name, downFor: SECOND });
		isBroken = true;
		await lab.advance(start + 5 * SECOND);
		const kinds = lab.takeLog().events.map(({ kind }) => kind);
		expect(kinds).toEqual(['fault', 'crash']);
	});
});

describe('a lab that is disposed of', () => {
	const { start } = shopWorld();

	it('lives no further, and starts nothing again', async () => {
		const watched = watchedRunners((n) => ({
			handle: (requests, until, runner) => {
				if (n === 0 && until > start + MINUTE) throw new Error('dead');
				if (until > start + 65 * SECOND) lab.dispose();
				return runner.handle(requests, until);
			}
		}));
		const lab = await openShop(watched.createRunner);
		const living = lab.advance(start + 10 * MINUTE);
		await living;
		expect(lab.now).toBeLessThan(start + 2 * MINUTE);
		expect(watched.made()).toBe(2);
		expect(watched.alive()).toBe(0);
		await lab.advance(start + 10 * MINUTE);
		await lab.step();
		expect(lab.now).toBeLessThan(start + 2 * MINUTE);
	});

	it.each([0, 1])('takes no code into service that was being loaded (%#)', async (last) => {
		const watched = watchedRunners((n) => ({
			load: (files, at, runner) => {
				if (n === last) lab.dispose();
				return runner.load(files, at);
			}
		}));
		const lab = new Lab({ world: shopWorld(), seed: 1, createRunner: watched.createRunner });
		expect(await lab.deploy(shopFiles)).toEqual({ problems: [], output: [] });
		expect(watched.made()).toBe(last + 1);
		expect(watched.alive()).toBe(0);
		expect(lab.instances.map(({ isUp }) => isUp)).not.toContain(true);
	});

	it('starts no instance again whose code was being loaded', async () => {
		const watched = watchedRunners((n) => ({
			load: (files, at, runner) => {
				if (n === 2) lab.dispose();
				return runner.load(files, at);
			}
		}));
		const lab = await openShop(watched.createRunner);
		const at = start + SECOND;
		await lab.addFault({ kind: 'crash', at, instance: 'shop-1:8000', downFor: SECOND });
		await lab.advance(start + MINUTE);
		expect(watched.made()).toBe(3);
		expect(watched.alive()).toBe(0);
	});
});
