import { expose } from 'comlink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RunnerFailure } from '#engine/sim';
import { createTypeScriptRunner } from '#runners/typescript';
import { createThreadPool, ThreadRunner, type Thread } from '../../src/workers/thread-runner.ts';

/** One end of a channel in place of a Worker: everything a thread is, except that it can be ended for good. */
class ChannelThread extends EventTarget implements Thread {
	readonly #port: MessagePort;
	isEnded = false;

	constructor(api: object) {
		super();
		const { port1, port2 } = new MessageChannel();
		this.#port = port1;
		port1.onmessage = (event) =>
			this.dispatchEvent(new MessageEvent('message', { data: event.data }));
		expose(api, port2 as never);
	}

	postMessage(message: unknown, transfer: Transferable[] = []): void {
		this.#port.postMessage(message, transfer);
	}

	terminate(): void {
		this.isEnded = true;
		this.#port.close();
	}
}

const NEVER = new Promise<never>(() => {});
const APP = { 'app.ts': 'export const handle = () => ({ status: 200 });' };

/** A thread that answers like the real one, but for the calls that are replaced. */
function threadWith(replaced: object = {}): ChannelThread {
	const runner = createTypeScriptRunner({ seed: 1, workers: 1 });
	return new ChannelThread({
		create() {},
		load: runner.load.bind(runner),
		handle: runner.handle.bind(runner),
		scrape: runner.scrape.bind(runner),
		...replaced
	});
}

function runnerOn(thread: ChannelThread): ThreadRunner {
	return new ThreadRunner({ seed: 1, workers: 1, deadline: 3000, takeThread: () => thread });
}

async function failureOf(call: Promise<unknown>): Promise<RunnerFailure> {
	const error = await call.then(
		() => undefined,
		(reason: unknown) => reason
	);
	expect(error).toBeInstanceOf(RunnerFailure);
	return error as RunnerFailure;
}

describe('ThreadRunner', () => {
	beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
	afterEach(() => void vi.useRealTimers());

	it('passes calls on to the thread', async () => {
		const runner = runnerOn(threadWith());
		expect(await runner.load(APP, 1000)).toEqual({ problems: [], output: [] });
		expect((await runner.handle([], 2000)).responses).toEqual([]);
		expect((await runner.scrape('')).status).toBe(200);
		runner.dispose();
	});

	it.each([
		['load', /^loading the code took longer than 3 seconds and was stopped/],
		['handle', /^handle\(\) took longer than 3 seconds and was stopped/],
		['scrape', /^making \/metrics took longer than 3 seconds and was stopped/]
	] as const)('ends a thread whose %s does not answer', async (call, message) => {
		const thread = threadWith({ [call]: () => NEVER });
		const runner = runnerOn(thread);
		const loading = runner.load(APP, 1000);
		const answer =
			call === 'load'
				? loading
				: loading.then((): Promise<unknown> =>
						call === 'handle' ? runner.handle([], 2000) : runner.scrape('')
					);
		const failure = failureOf(answer);
		await vi.waitUntil(() => vi.getTimerCount() > 0);
		while (!thread.isEnded) {
			await vi.advanceTimersByTimeAsync(1000);
			await new Promise((resolve) => setImmediate(resolve));
		}
		expect((await failure).reason).toBe('deadline');
		expect((await failure).message).toMatch(message);
	});

	it('names the loop that the thread was last seen in', async () => {
		let busy: (place: object) => void = () => {};
		const thread = threadWith({
			create: (_options: unknown, onBusy: typeof busy) => {
				busy = onBusy;
			},
			handle: () => {
				busy({ file: 'app.ts', line: 12, column: 3 });
				return NEVER;
			}
		});
		const runner = runnerOn(thread);
		await runner.load(APP, 1000);
		const failure = failureOf(runner.handle([], 2000));
		while (!thread.isEnded) {
			await new Promise((resolve) => setImmediate(resolve));
			await vi.advanceTimersByTimeAsync(500);
		}
		expect((await failure).place).toEqual({ file: 'app.ts', line: 12, column: 3 });
		expect((await failure).message).toContain('it was still in this loop');
	});

	it('says when the thread dies', async () => {
		const thread = threadWith({ handle: () => NEVER });
		const runner = runnerOn(thread);
		await runner.load(APP, 1000);
		const failure = failureOf(runner.handle([], 2000));
		thread.dispatchEvent(new Event('error'));
		expect((await failure).reason).toBe('crashed');
	});
});

describe('createThreadPool()', () => {
	it('has one thread booted ahead', () => {
		const spawned: ChannelThread[] = [];
		const take = createThreadPool(() => {
			const thread = threadWith();
			spawned.push(thread);
			return thread;
		});
		expect(spawned).toHaveLength(1);
		expect(take()).toBe(spawned[0]);
		expect(spawned).toHaveLength(2);
		expect(take()).toBe(spawned[1]);
		for (const thread of spawned) thread.terminate();
	});

	it('does not hand out a spare that died', () => {
		const spawned: ChannelThread[] = [];
		const take = createThreadPool(() => {
			const thread = threadWith();
			spawned.push(thread);
			return thread;
		});
		spawned[0]?.dispatchEvent(new Event('error'));
		expect(take()).toBe(spawned[1]);
		for (const thread of spawned) thread.terminate();
	});
});
