import { readFileSync } from 'node:fs';
import { expose } from 'comlink';
import { afterEach, expect, test } from 'vitest';
import { createTypeScriptRunner } from '#runners/typescript';
import { LabSession } from '#workers/lab-session';
import type { LabApi, Snapshot } from '#workers/protocol';
import { LabState, type Port } from '../../../../src/lib/state/lab.svelte.ts';
import { truthBetween } from '../../../../src/lib/xray/rate/raw-series.ts';
import { WorldSamples } from '../../../../src/lib/xray/rate/world-samples.svelte.ts';

const read = (name: string) =>
	readFileSync(new URL(`../../../../lessons/worlds/shop/${name}`, import.meta.url), 'utf8');
const MINUTE = 60_000;

const opened: LabState[] = [];
afterEach(() => {
	for (const lab of opened.splice(0)) lab.close();
});

const begin = (lab: LabState, headStart: number, seed = 1) =>
	lab.begin({
		world: read('world.yaml'),
		seed,
		files: { 'app.ts': read('app.ts') },
		speed: 0,
		headStart
	});

/** A lab on the other side of a channel, in this thread, that has lived for so long. What it `says` otherwise can break. */
async function lived(headStart: number, says: Partial<LabApi> = {}): Promise<LabState> {
	const lab = new LabState(() => {
		const { port1, port2 } = new MessageChannel();
		let tell: (snapshot: Snapshot) => void = () => {};
		const session = new LabSession({
			createRunner:
				({ service: { workers } }) =>
				({ seed }) =>
					createTypeScriptRunner({ seed, workers }),
			now: () => 0,
			setTimer: () => {},
			onSnapshot: (snapshot) => tell(snapshot)
		});
		const subscribe = (listener: typeof tell) => {
			tell = listener;
		};
		expose(Object.assign(session, { subscribe, ...says }), port2);
		return { port: port1 as unknown as Port, close: () => port1.close() };
	});
	opened.push(lab);
	await begin(lab, headStart);
	await expect.poll(() => lab.age).toBe(headStart);
	return lab;
}

test('a world hands out its samples with the truth behind them', async () => {
	const lab = await lived(2 * MINUTE);
	const samples = new WorldSamples('http_requests_total', 5 * MINUTE);
	await samples.refresh(lab);
	expect(samples.source.domain).toEqual([lab.start, lab.start + 5 * MINUTE]);
	expect(samples.source.now).toBe(lab.now);
	const [first] = samples.series;
	expect(samples.series.length).toBeGreaterThan(1);
	expect(first?.raw.times.length).toBe(8);
	const last = first?.raw.values.at(-1) ?? NaN;
	const truth = truthBetween(first?.truth, lab.start, lab.now) ?? NaN;
	expect(truth).toBeGreaterThanOrEqual(last);
	expect(truth - last).toBeLessThan(0.25 * last);
});

test('while it plays it is asked once in a scrape interval, and at its end', async () => {
	const lab = await lived(MINUTE);
	const samples = new WorldSamples('http_requests_total', 70_000);
	await samples.refresh(lab);
	const before = samples.series;
	await lab.skip(5_000);
	await expect.poll(() => lab.age).toBe(65_000);
	await samples.refresh(lab);
	expect(samples.series).toBe(before);
	await lab.skip(5_000);
	await expect.poll(() => lab.age).toBe(70_000);
	await samples.refresh(lab);
	expect(samples.series).not.toBe(before);
});

test('a world that begins again is asked at once, also at the same moment', async () => {
	const lab = await lived(MINUTE);
	const samples = new WorldSamples('http_requests_total', 5 * MINUTE);
	const counted = () => samples.series.map(({ raw }) => [...raw.values]);
	await samples.refresh(lab);
	const before = counted();
	await begin(lab, MINUTE, 2);
	await expect.poll(() => lab.age).toBe(MINUTE);
	await samples.refresh(lab);
	expect(samples.now).toBe(lab.now);
	expect(counted().length).toBeGreaterThan(1);
	expect(counted()).not.toEqual(before);
});

test('of a world that has not lived yet nothing is shown, and nothing of the one before', async () => {
	const lab = await lived(MINUTE);
	const samples = new WorldSamples('http_requests_total', 5 * MINUTE);
	await samples.refresh(lab);
	await begin(lab, 0);
	await expect.poll(() => lab.age).toBe(0);
	await samples.refresh(lab);
	expect(samples.series).toEqual([]);
	expect(samples.start).toBe(0);
});

test('what breaks while it is asked is not hidden', async () => {
	const lab = await lived(MINUTE, {
		query: () => {
			throw new Error('the store is broken');
		}
	});
	const samples = new WorldSamples('http_requests_total', 5 * MINUTE);
	await expect(samples.refresh(lab)).rejects.toThrow('the store is broken');
});

test('a lab that is gone leaves what was there', async () => {
	const lab = await lived(MINUTE);
	const samples = new WorldSamples('http_requests_total', 5 * MINUTE);
	await samples.refresh(lab);
	const before = samples.series;
	await lab.skip(30_000);
	await expect.poll(() => lab.age).toBe(90_000);
	lab.close();
	await samples.refresh(lab);
	expect(samples.series).toBe(before);
});
