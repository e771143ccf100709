import { readFileSync } from 'node:fs';
import { expose } from 'comlink';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LabGone, LabState, type Port } from '$lib/state/lab.svelte.ts';
import { QueryPanel } from '$lib/state/query-panel.svelte.ts';
import { createTypeScriptRunner } from '#runners/typescript';
import { LabSession, type SessionHost } from '#workers/lab-session';
import type { Snapshot } from '#workers/protocol';

const read = (name: string) =>
	readFileSync(new URL(`../../../lessons/worlds/shop/${name}`, import.meta.url), 'utf8');
const WORLD = read('world.yaml');
const APP = read('app.ts');
const START = Date.UTC(2026, 0, 5, 9);

const opened: LabState[] = [];

/** A lab on the other side of a channel, in this thread. Its world moves only when it is told to. */
function openLab({ now = () => 0, setTimer = () => {} }: Partial<SessionHost> = {}): LabState {
	const lab = new LabState(() => {
		const { port1, port2 } = new MessageChannel();
		let tell: (snapshot: Snapshot) => void = () => {};
		const session = new LabSession({
			createRunner:
				(world) =>
				({ seed }) =>
					createTypeScriptRunner({ seed, workers: world.service.workers }),
			now,
			setTimer,
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
	it('tells a mistake once, on however many routes it shows, and not beside a refused deployment', async () => {
		const lab = await begun();
		const failing = APP.replace('activeConnections.inc();', 'request.basket.count++;');
		expect(await lab.deploy({ 'app.ts': failing })).toBe(true);
		await lab.skip(20_000);
		await expect.poll(() => lab.problems).toHaveLength(1);
		expect(lab.problems[0]?.message).toMatch(/^TypeError: .*\(in handle, for /);

		expect(await lab.deploy({ 'app.ts': 'let' })).toBe(false);
		const refusal = lab.problems;
		await lab.skip(20_000);
		expect(lab.problems).toBe(refusal);
		lab.dismissRefusal();
		await lab.skip(20_000);
		await expect
			.poll(() => lab.problems)
			.toMatchObject([{ message: expect.stringMatching(/^Type/) }]);
	});

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

	it('is paused where a skip was stopped, and can go on from there', async () => {
		let wall = 0;
		const lab = openLab({ now: () => (wall += 20), setTimer: (run) => void setImmediate(run) });
		await lab.begin({ world: WORLD, seed: 1, files: { 'app.ts': APP }, speed: 1 });
		const skipped = lab.skip(6 * 3_600_000);
		expect(lab.busy).toBe(true);
		await lab.stopSkipping();
		expect(await skipped).toBe(false);
		expect([lab.busy, lab.isPaused]).toEqual([false, true]);
		expect(lab.age).toBeLessThan(6 * 3_600_000);
		expect(await lab.skip(60_000)).toBe(true);
	});

	it('checks a prometheus.yml, and leaves what it says of the one in force alone', async () => {
		const lab = await begun();
		expect(await lab.checkConfig('scrape_configs: nobody')).toMatchObject([
			{ severity: 'error', file: 'prometheus.yml', line: 1 }
		]);
		expect(lab.configProblems).toEqual([]);
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

describe('the features of a LabState', () => {
	it('are those of the world that runs, and of worlds in threads that are opened later', async () => {
		const lab = openLab();
		await lab.setFeatures({ experimentalFunctions: true });
		await lab.begin({ world: WORLD, seed: 1, files: { 'app.ts': APP }, speed: 0 });
		const ask = async () => (await lab.api.query({ query: 'limitk(1, up)' })).status;
		expect(await ask()).toBe('success');
		lab.close();
		await lab.begin({ world: WORLD, seed: 1, files: { 'app.ts': APP }, speed: 0 });
		expect(await ask()).toBe('success');
		await lab.setFeatures({});
		expect(await ask()).toBe('error');
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

	it('shows the error of a broken query with its place, and nothing of the query before it', async () => {
		const lab = await begun();
		await lab.skip(60_000);
		const panel = new QueryPanel(lab, 1, 'up');
		await panel.run();
		panel.text = 'sum(up';
		await panel.run();
		expect(panel.error).toContain('1:7: parse error');
		expect(panel.errorPlace).toEqual({ line: 1, column: 7 });
		expect([panel.result, panel.instant, panel.truth]).toEqual([undefined, undefined, undefined]);
	});

	it('says whose result is on show while another is under way', async () => {
		const lab = await begun();
		await lab.skip(60_000);
		const panel = new QueryPanel(lab, 1, 'up');
		await panel.run();
		panel.text = 'count(up)';
		const second = panel.run();
		expect([panel.asked, panel.answered]).toEqual(['count(up)', 'up']);
		await second;
		expect(panel.answered).toBe('count(up)');
	});

	it('keeps the result of a query that fails when it is asked again', async () => {
		const lab = await begun();
		await lab.skip(60_000);
		const panel = new QueryPanel(lab, 1, 'limitk(3, up)');
		await lab.setFeatures({ experimentalFunctions: true });
		await panel.run();
		await lab.setFeatures({});
		await panel.refresh();
		expect(panel.error).toContain('limitk');
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

	it('explains its answer when that is wanted, and again when another is asked', async () => {
		const lab = await begun();
		await lab.skip(60_000);
		const panel = new QueryPanel(lab, 1, 'sum(up)');
		await panel.run();
		expect(panel.explained.outcome).toBeUndefined();
		panel.explained.show(true);
		await vi.waitFor(() => expect(panel.explained.explanation?.root.text).toBe('sum(up)'));
		panel.text = 'count(up)';
		await panel.run();
		await vi.waitFor(() => expect(panel.explained.query).toBe('count(up)'));
		panel.explained.show(false);
		await vi.waitFor(() => expect(panel.explained.outcome).toBeUndefined());
	});

	it('looks into the moment that was asked for last, as long as the chart reaches back to it', async () => {
		const lab = await begun();
		await lab.skip(20 * 60_000);
		const panel = new QueryPanel(lab, 1, 'sum(up)');
		panel.explained.show(true);
		await panel.run();
		const focus = () => panel.explained.explanation?.focus.time;
		await vi.waitFor(() => expect(focus()).toBe(START + 20 * 60_000));
		panel.explained.lookAt(START + 6 * 60_000);
		panel.explained.lookAt(START + 10 * 60_000);
		await vi.waitFor(() => expect(focus()).toBe(START + 10 * 60_000));
		await panel.lookBack(5 * 60_000);
		await vi.waitFor(() => expect(focus()).toBe(START + 20 * 60_000));
	});

	it('says unasked where the data of an empty answer vanished', async () => {
		const lab = await begun();
		await lab.skip(60_000);
		const panel = new QueryPanel(lab, 1, 'sum(upp)');
		for (const view of ['graph', 'table'] as const) {
			await panel.showAs(view);
			expect(panel.isEmpty).toBe(true);
			await vi.waitFor(() =>
				expect(panel.explained.vanished).toMatchObject({
					node: 1,
					reason: expect.stringContaining('named upp')
				})
			);
		}
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
