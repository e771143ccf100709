import { readFileSync } from 'node:fs';
import { expose } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import { labelsToRecord } from '#engine/model';
import { LabState, type Port } from '$lib/state/lab.svelte.ts';
import { TargetList } from '$lib/state/target-list.svelte.ts';
import { LabSession } from '#workers/lab-session';
import type { Snapshot } from '#workers/protocol';
import { shopFiles, watchedRunners } from '../../engine/lab/shop.ts';

const WORLD = readFileSync(
	new URL('../../../lessons/worlds/shop/world.yaml', import.meta.url),
	'utf8'
);

const CONFIG = `
scrape_configs:
  - job_name: web
    static_configs:
      - targets: ['shop-1:8000', 'shop-2:8000', 'shop-3:8000']
    relabel_configs:
      - { source_labels: [__address__], target_label: host }
      - { source_labels: [__address__], regex: 'shop-2.*', action: drop }
  - job_name: payments
    static_configs:
      - targets: ['payments-1:8001']
    relabel_configs:
      - { target_label: __address__, replacement: '' }
  - job_name: nobody
`;

let lab: LabState;
afterEach(() => lab.close());

/** The targets of a world that is on the other side of a channel, after a minute in it. */
async function openTargets(config = CONFIG): Promise<TargetList> {
	lab = new LabState(() => {
		const { port1, port2 } = new MessageChannel();
		let tell: (snapshot: Snapshot) => void = () => {};
		const { createRunner } = watchedRunners();
		const session = new LabSession({
			createRunner: () => createRunner,
			now: () => 0,
			setTimer: () => {},
			onSnapshot: (snapshot) => tell(snapshot)
		});
		const subscribe = (listener: typeof tell) => {
			tell = listener;
		};
		expose(Object.assign(session, { subscribe }), port2);
		return { port: port1 as unknown as Port, close: () => port1.close() };
	});
	await lab.begin({ world: WORLD, config, seed: 1, files: shopFiles, speed: 0 });
	await lab.skip(60_000);
	return new TargetList(lab);
}

describe('TargetList', () => {
	it('is empty until it is asked for, and then goes by job', async () => {
		const targets = await openTargets();
		expect(targets.jobs).toBeUndefined();
		await targets.refresh();
		expect(
			targets.jobs?.map(({ name, active, upCount, droppedCount, refused }) => [
				name,
				active.map(({ item }) => `${item.scrapeUrl} ${item.health}`),
				upCount,
				droppedCount,
				refused.map(({ item }) => item.error)
			])
		).toEqual([
			['nobody', [], 0, 0, []],
			['payments', [], 0, 0, ['no address']],
			['web', ['http://shop-1:8000/metrics up', 'http://shop-3:8000/metrics down'], 1, 1, []]
		]);
	});

	it('keeps the keys of its items from one time to the next', async () => {
		const targets = await openTargets();
		const keys = () => targets.jobs?.flatMap(({ active }) => active.map(({ key }) => key));
		await targets.refresh();
		const before = keys();
		await lab.skip(60_000);
		await targets.refresh();
		expect(keys()).toEqual(before);
		expect(new Set(before).size).toBe(2);
	});

	it('gives targets that look the same different keys', async () => {
		const targets = await openTargets(`
scrape_configs:
  - job_name: web
    static_configs:
      - targets: ['shop-1:8000', 'shop-2:8000']
    relabel_configs:
      - { source_labels: [__address__], target_label: __tmp }
      - { target_label: __address__, replacement: 'shop-1:8000' }
`);
		await targets.refresh();
		const active = targets.jobs?.[0]?.active ?? [];
		expect(active.map(({ item }) => item.scrapeUrl)).toEqual(
			Array(2).fill('http://shop-1:8000/metrics')
		);
		expect(new Set(active.map(({ key }) => key)).size).toBe(2);
	});

	it('tells what each rule did to a target, up to the one that dropped it', async () => {
		const targets = await openTargets();
		await targets.refresh();
		const web = targets.jobs?.find(({ name }) => name === 'web');
		const steps = await targets.steps('web', web?.dropped[0]?.item ?? []);
		expect(steps?.map(({ keep, rule }) => `${rule.action} ${keep}`)).toEqual([
			'replace true',
			'drop false'
		]);
		expect(labelsToRecord(steps?.[0]?.output ?? [])).toMatchObject({ host: 'shop-2:8000' });
	});

	it('asks for the steps of a target once, until there may be other rules', async () => {
		const targets = await openTargets();
		const labels = ['__address__', 'shop-2:8000'];
		const asked = targets.steps('web', labels);
		expect(targets.steps('web', labels)).toBe(asked);
		expect(await lab.configure(CONFIG.replace('action: drop', 'action: keep'))).toBe(true);
		await targets.reload();
		const [, last] = (await targets.steps('web', labels)) ?? [];
		expect(last).toMatchObject({ rule: { action: 'keep' }, keep: true });
	});

	it('knows no steps of a job that is gone, and keeps what it had when the lab is gone', async () => {
		const targets = await openTargets();
		expect(await targets.steps('gone', ['job', 'gone'])).toBeUndefined();
		await targets.refresh();
		const { jobs } = targets;
		lab.close();
		await targets.refresh();
		expect(targets.jobs).toBe(jobs);
	});
});

describe('the configuration of a LabState', () => {
	it('is replaced by another, or stays with its problems told', async () => {
		await openTargets();
		expect(await lab.configure('scrape_configs: nobody')).toBe(false);
		expect(lab.configProblems).toMatchObject([
			{ severity: 'error', file: 'prometheus.yml', line: 1, column: 17 }
		]);
		expect(lab.problems).toEqual([]);
		expect(await lab.api.scrapePools()).toMatchObject({ data: ['nobody', 'payments', 'web'] });
		expect(await lab.configure('scrape_configs: []')).toBe(true);
		expect(lab.configProblems).toEqual([]);
		expect(await lab.api.scrapePools()).toMatchObject({ data: [] });
	});
});
