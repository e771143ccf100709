import { readFileSync } from 'node:fs';
import { expose } from 'comlink';
import { afterEach, describe, expect, it } from 'vitest';
import { LabGone, LabState, type Port } from '$lib/state/lab.svelte.ts';
import { QueryPanel } from '$lib/state/query-panel.svelte.ts';
import { createTypeScriptRunner } from '#runners/typescript';
import { LabSession } from '#workers/lab-session';
import type { Snapshot } from '#workers/protocol';

const read = (name: string) =>
	readFileSync(new URL(`../../../lessons/worlds/shop/${name}`, import.meta.url), 'utf8');
const WORLD = read('world.yaml');
const APP = read('app.ts');
const START = Date.UTC(2026, 0, 5, 9);

const opened: LabState[] = [];

/** A lab on the other side of a channel, in this thread. Its world moves only when it is told to. */
function openLab(): LabState {
	const lab = new LabState(() => {
		const { port1, port2 } = new MessageChannel();
		let tell: (snapshot: Snapshot) => void = () => {};
		const session = new LabSession({
			createRunner:
				(world) =>
				({ seed }) =>
					createTypeScriptRunner({ seed, workers: world.service.workers }),
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
	opened.push(lab);
	return lab;
}

async function begun(): Promise<LabState> {
	const lab = openLab();
	await lab.begin({ world: WORLD, seed: 1, files: { 'app.ts': APP }, speed: 0 });
	return lab;
}

afterEach(() => {
	for (const lab of opened.splice(0)) lab.close();
});

describe('LabState', () => {
	it('is idle until a world begins, and then shows it', async () => {
		const lab = openLab();
		expect(lab.status).toBe('idle');
		expect(await lab.begin({ world: WORLD, seed: 1, files: { 'app.ts': APP }, speed: 0 })).toBe(
			true
		);
		await lab.skip(60_000);
		expect(lab.status).toBe('running');
		expect(lab.now).toBe(START + 60_000);
		expect(lab.instances.map(({ name, health }) => `${name} ${health}`)).toEqual([
			'shop-1:8000 up',
			'shop-2:8000 up',
			'payments-1:8001 up'
		]);
		expect(await lab.metricsPage('shop-1:8000')).toContain('http_requests_total{');
	});

	it('keeps what runs when new code cannot be loaded', async () => {
		const lab = await begun();
		expect(await lab.deploy({ 'app.ts': 'let' })).toBe(false);
		expect(lab.problems).toMatchObject([{ severity: 'error', file: 'app.ts', line: 1 }]);
		await lab.skip(30_000);
		expect(lab.instances.every(({ isUp }) => isUp)).toBe(true);
	});

	it('rejects what was asked of a thread that is closed, and begins again in another', async () => {
		const lab = await begun();
		const asked = lab.api.query({ query: 'up' });
		lab.close();
		await expect(asked).rejects.toThrow(LabGone);
		await expect(lab.metricsPage('shop-1:8000')).rejects.toThrow('the lab has no thread');
		await lab.begin({ world: WORLD, seed: 2, files: { 'app.ts': APP }, speed: 0 });
		expect(lab.status).toBe('running');
	});
});

describe('QueryPanel', () => {
	it('answers with a graph, its truth, or a table', async () => {
		const lab = await begun();
		await lab.skip(10 * 60_000);
		const panel = new QueryPanel(lab, 1, 'sum(rate(http_requests_total[5m]))');
		await panel.run();
		expect(panel.result?.series).toHaveLength(1);
		expect(panel.truth).toHaveLength(1);
		await panel.showAs('table');
		expect(panel.instant).toMatchObject({ type: 'vector', samples: [{ labels: [] }] });
	});

	it('shows the error of a broken query with its place, and keeps the result of before', async () => {
		const lab = await begun();
		await lab.skip(60_000);
		const panel = new QueryPanel(lab, 1, 'up');
		await panel.run();
		panel.text = 'sum(up';
		await panel.run();
		expect(panel.error).toContain('1:7: parse error');
		expect(panel.errorPlace).toEqual({ line: 1, column: 7 });
		expect(panel.result?.series).toHaveLength(3);
	});

	it('shows the answer to the latest of several questions', async () => {
		const lab = await begun();
		await lab.skip(60_000);
		const panel = new QueryPanel(lab, 1, 'up');
		const first = panel.run();
		panel.text = 'count(up)';
		await Promise.all([panel.run(), first]);
		expect(panel.result?.series).toHaveLength(1);
		expect(panel.isLoading).toBe(false);
	});

	it('waits for nothing once the lab is gone', async () => {
		const lab = await begun();
		const panel = new QueryPanel(lab, 1, 'up');
		const asked = panel.run();
		lab.close();
		await asked;
		expect(panel.isLoading).toBe(false);
	});
});
