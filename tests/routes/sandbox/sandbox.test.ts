import { expose } from 'comlink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Runner } from '#engine/sim';
import { createTypeScriptRunner } from '#runners/typescript';
import { createLanguageRunner } from '../../../src/workers/language-runner.ts';
import { LabSession } from '#workers/lab-session';
import { LabState, type Port } from '$lib/state/lab.svelte.ts';
import { language } from '$lib/state/language.svelte.ts';
import { Sandbox } from '../../../src/routes/sandbox/sandbox.svelte.ts';

/** Answers every request and exposes nothing: what matters here is when it is deployed. */
const inPython = (): Runner => ({
	load: async () => ({ problems: [], output: [] }),
	handle: async (requests) => ({
		responses: requests.map(({ id, at, work }) => ({
			id,
			status: 200,
			started: at,
			finished: at + work
		})),
		problems: [],
		output: []
	}),
	scrape: async () => ({
		status: 200,
		contentType: 'text/plain; version=0.0.4',
		body: new Uint8Array(0),
		problems: []
	}),
	targets: () => [{ port: 8000, path: '/metrics' }],
	dispose() {}
});

/** A sandbox over a lab in this thread, whose Python comes when the test says so. What the lab is told to do is in `log`. */
function openSandbox() {
	const log: string[] = [];
	const comes: (() => void)[] = [];
	const lab = new LabState(() => {
		const { port1, port2 } = new MessageChannel();
		const session = new LabSession({
			createRunner:
				(world) =>
				({ seed }) =>
					createLanguageRunner({
						'app.py': inPython,
						'app.ts': () => createTypeScriptRunner({ seed, workers: world.service.workers })
					}),
			now: () => 0,
			setTimer: (run) => void setTimeout(run, 5),
			onSnapshot() {}
		});
		const { start, deploy, skip } = session;
		expose(
			Object.assign(session, {
				subscribe() {},
				subscribeToDownload() {},
				preparePython: () => new Promise<void>((resolve) => comes.push(resolve)),
				start(options: Parameters<typeof start>[0]) {
					log.push(`start ${Object.keys(options.files)[0]}`);
					return start.call(session, options);
				},
				deploy(files: Parameters<typeof deploy>[0]) {
					log.push(`deploy ${Object.keys(files)[0]}`);
					return deploy.call(session, files);
				},
				// Twenty minutes of traffic are of no interest here.
				skip(duration: number) {
					log.push('skip');
					return skip.call(session, Math.min(duration, 1000));
				}
			}),
			port2
		);
		return { port: port1 as unknown as Port, close: () => port1.close() };
	});
	const sandbox = new Sandbox(lab);
	opened.push(sandbox);
	const asked = (times: number) => expect.poll(() => comes.length).toBe(times);
	return { sandbox, log, asked, pythonComes: (nth: number) => comes[nth - 1]?.() };
}

const opened: Sandbox[] = [];

beforeEach(() => {
	const stored = new Map<string, string>();
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => stored.get(key) ?? null,
		setItem: (key: string, value: string) => stored.set(key, value)
	});
	vi.stubGlobal('Worker', undefined);
});

afterEach(() => {
	for (const sandbox of opened.splice(0)) sandbox.lab.close();
	language.choose('typescript');
	vi.unstubAllGlobals();
});

describe('a sandbox while Python is on its way', () => {
	it('goes on with what was run last, and not with what came last', async () => {
		const { sandbox, log, asked, pythonComes } = openSandbox();
		await sandbox.begin({ isPaused: true });
		sandbox.choose('python');
		const inPython = sandbox.run();
		await asked(1);
		sandbox.choose('typescript');
		await sandbox.run();
		pythonComes(1);
		await inPython;
		expect(log).toEqual(['start app.ts', 'skip', 'deploy app.ts']);
		expect(sandbox.programs.inService).toBe('typescript');
	});

	it('begins one world, however often it is left and entered', async () => {
		const { sandbox, log, asked, pythonComes } = openSandbox();
		language.choose('python');
		sandbox.programs.inService = 'python';
		const begun = sandbox.begin({ isPaused: true });
		await asked(1);
		sandbox.leave();
		expect(sandbox.resume()).toBe(true);
		pythonComes(1);
		await begun;
		expect(log).toEqual(['start app.py', 'skip']);
	});

	it('begins one world after a restart, in the language that was in service', async () => {
		const { sandbox, log, asked, pythonComes } = openSandbox();
		language.choose('python');
		sandbox.programs.inService = 'python';
		const first = sandbox.begin({ isPaused: true });
		await asked(1);
		const second = sandbox.restart();
		await asked(2);
		pythonComes(2);
		await Promise.all([first, second]);
		expect(log).toEqual(['start app.py', 'skip']);
		expect(sandbox.programs.inService).toBe('python');
	});

	it('deploys into no other world than the one that it was asked for', async () => {
		const { sandbox, log, asked } = openSandbox();
		await sandbox.begin({ isPaused: true });
		sandbox.choose('python');
		const run = sandbox.run();
		await asked(1);
		sandbox.lab.close();
		await run;
		expect(log).toEqual(['start app.ts', 'skip']);
		expect(sandbox.lab.status).toBe('idle');
		expect(sandbox.front.isApplying).toBe(false);
	});
});
