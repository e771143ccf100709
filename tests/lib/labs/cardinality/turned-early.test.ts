import { readFileSync } from 'node:fs';
import { expose } from 'comlink';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTypeScriptRunner } from '#runners/typescript';
import { LabSession } from '#workers/lab-session';
import type { Snapshot, StoreStatus } from '#workers/protocol';
import { CardinalityLab } from '$lib/labs/cardinality/cardinality.svelte.ts';
import { LabState, type Port } from '$lib/state/lab.svelte.ts';

const WORLD = readFileSync(
	new URL('../../../../lessons/worlds/cardinality/world.yaml', import.meta.url),
	'utf8'
);
const START = Date.UTC(2026, 0, 5, 9);
const EMPTY: StoreStatus = {
	...{ numSeries: 0, liveSeries: 0, churnedSeries: 0, numLabelPairs: 0, samples: 0, bytes: 0 },
	...{ minTime: undefined, maxTime: undefined },
	...{ seriesCountByMetricName: [], labelValueCountByLabelName: [] },
	...{ memoryInBytesByLabelName: [], seriesCountByLabelValuePair: [] }
};

/** The lab over a thread of this process that takes its time to start: until `starts` is called. `told` is what the thread was told. */
function open() {
	const log: string[] = [];
	const speeds: number[] = [];
	const waiting: (() => void)[] = [];
	let threads = 0;
	const state = new LabState(() => {
		threads++;
		const { port1, port2 } = new MessageChannel();
		let tell: (snapshot: Snapshot) => void = () => {};
		const session = new LabSession({
			createRunner:
				({ service }) =>
				({ seed }) =>
					createTypeScriptRunner({ seed, workers: service.workers }),
			now: () => 0,
			setTimer: () => {},
			onSnapshot: (snapshot) => tell(snapshot)
		});
		const { start, deploy, configure, setRate, setSpeed } = session;
		expose(
			Object.assign(session, {
				subscribe(listener: typeof tell) {
					tell = listener;
				},
				async start(options: Parameters<typeof start>[0]) {
					log.push(`start ${options.world.match(/instances: \d+/)?.[0]}`);
					await new Promise<void>((resolve) => waiting.push(resolve));
					return start.call(session, options);
				},
				deploy(files: Parameters<typeof deploy>[0]) {
					log.push(`deploy ${Object.values(files)[0]?.match(/user_id|request_id|plan/)?.[0]}`);
					return deploy.call(session, files);
				},
				configure(config: string) {
					log.push(`configure ${config.match(/sample_limit: \d+/)?.[0]}`);
					return configure.call(session, config);
				},
				setRate(rate: number) {
					log.push(`rate ${rate}`);
					return setRate.call(session, rate);
				},
				setSpeed(speed: number) {
					speeds.push(speed);
					return setSpeed.call(session, speed);
				}
			}),
			port2
		);
		return { port: port1 as unknown as Port, close: () => port1.close() };
	});
	const moment = {
		...{ at: START, headSeries: 0, liveSeries: 0, headBytes: 0, pageBytes: 0 },
		...{ render: undefined, store: undefined, queries: [] }
	};
	const lab = new CardinalityLab(
		WORLD,
		{
			...{ seed: 1, start: START, now: START, headStart: 30_000, history: [], scrapes: [] },
			...{ groups: [], answers: [], status: EMPTY, moment }
		},
		state
	);
	const asked = (times: number) => expect.poll(() => waiting.length).toBe(times);
	return {
		lab,
		speeds,
		told: () => log,
		asked,
		starts: () => waiting.at(-1)?.(),
		threads: () => threads
	};
}

let opened: ReturnType<typeof open>;
beforeEach(() => {
	opened = open();
});
afterEach(() => opened.lab.lab.close());

it('a knob of the program that is turned while the world starts is deployed when it has', async () => {
	const { lab, told, asked, starts } = opened;
	const begun = lab.begin(false);
	await asked(1);
	await lab.set({ label: 'plan' });
	await lab.set({ sampleLimit: 1000, rate: 7 });
	starts();
	await begun;
	expect(told()).toEqual([
		'start instances: 1',
		'rate 7',
		'deploy plan',
		'configure sample_limit: 1000'
	]);
});

it('a knob of the world begins it anew, in the same thread', async () => {
	const { lab, told, asked, starts, threads } = opened;
	const begun = lab.begin(false);
	await asked(1);
	await lab.set({ instances: 3 });
	starts();
	await asked(2);
	starts();
	await begun;
	expect(told()).toEqual(['start instances: 1', 'start instances: 3']);
	expect([threads(), lab.begun]).toEqual([1, 2]);
});

it('code that is run, and a pace that is chosen while the world starts, are taken when it has', async () => {
	const { lab, told, speeds, asked, starts } = opened;
	await lab.setPace(15);
	const begun = lab.begin(true);
	await asked(1);
	await lab.setPace(240);
	await lab.run();
	starts();
	await begun;
	expect(told()).toEqual(['start instances: 1', 'deploy user_id']);
	expect(speeds.at(-1)).toBe(240);
	expect([lab.pace, lab.lab.pace]).toEqual([240, 240]);
});

it('nothing is done twice where nothing was turned', async () => {
	const { lab, told, asked, starts } = opened;
	await lab.set({ label: 'plan' });
	const begun = lab.begin(false);
	await asked(1);
	starts();
	await begun;
	expect(told()).toEqual(['start instances: 1']);
});

it('what was picked and said is forgotten with its world, its process and its grouping', async () => {
	const { lab, asked, starts } = opened;
	const pick = () =>
		lab.picked.pick({ label: 'endpoint', value: '/', index: 0, count: 1 }, async () => undefined);
	await pick();
	expect(lab.picked.line).toBe('none');
	await lab.groupBy('status');
	expect(lab.picked.cell).toBeUndefined();
	await pick();
	const begun = lab.begin(false);
	expect(lab.picked.cell).toBeUndefined();
	await asked(1);
	starts();
	await begun;
	await pick();
	await lab.run();
	expect([lab.picked.cell, lab.picked.line]).toEqual([undefined, undefined]);
});
