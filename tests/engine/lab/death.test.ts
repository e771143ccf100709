import { describe, expect, it } from 'vitest';
import { Lab, type CreateRunner } from '#engine/lab';
import { MINUTE, SECOND } from '#engine/model';
import { RunnerFailure, type Runner } from '#engine/sim';
import { createTypeScriptRunner } from '#runners/typescript';
import { shopFiles, shopWorld, valuesOf } from './shop.ts';

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
