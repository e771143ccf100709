import { proxy } from 'comlink';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RunnerFailure } from '#engine/sim';
import { createTypeScriptRunner } from '#runners/typescript';
import { createThreadPool, ThreadRunner } from '../../src/workers/thread-runner.ts';
import { ChannelThread } from './channel-thread.ts';

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

const OUTPUT = [{ at: 1, level: 'log', text: 'here' }] as const;

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

	/** The failure of a handle() that says all this while it is at work, and never ends. */
	async function failureAfter(...said: readonly unknown[]): Promise<RunnerFailure> {
		const thread = threadWith({
			handle: () => {
				for (const message of said) thread.say(message);
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
		return failure;
	}

	it('names the loop that the thread was last seen in', async () => {
		const [first, last] = [3, 12].map((line) => ({ file: 'app.ts', line, column: 3 }));
		const { place, message } = await failureAfter({ busy: first }, { busy: last });
		expect(place).toEqual(last);
		expect(message).toContain('it was still in this loop');
	});

	it('does not listen to what is no place', async () => {
		const { place, message } = await failureAfter(
			{ busy: { file: {}, line: 1, column: 1 } },
			{ busy: 'app.ts' },
			{ busy: null },
			null,
			'busy'
		);
		expect(place).toBeUndefined();
		expect(message).toContain('it was still at work');
	});

	it('gives the thread nothing to call', async () => {
		const given: unknown[] = [];
		const runner = runnerOn(threadWith({ create: (...all: unknown[]) => void given.push(all) }));
		await runner.load(APP, 1000);
		expect(given).toEqual([[{ seed: 1, workers: 1 }]]);
		runner.dispose();
	});

	const HANDLED = { responses: [], problems: [], output: [] };
	const RESPONSE = { id: 1, status: 200, started: 1000, finished: 1010 };

	it.each([
		['nothing', undefined],
		['a text', 'fine'],
		['half of it', { responses: [] }],
		['a response without a number', { ...HANDLED, responses: [{ ...RESPONSE, id: '1' }] }],
		['a hole among responses', { ...HANDLED, responses: new Array(1) }],
		['a problem of no kind', { ...HANDLED, problems: [{ message: 'x', severity: 'fatal' }] }],
		[
			'a problem nowhere',
			{ ...HANDLED, problems: [{ message: 'x', severity: 'error', line: {} }] }
		],
		['output that is no text', { ...HANDLED, output: [{ at: 1, level: 'log', text: 7 }] }],
		['targets that are no list', { ...HANDLED, targets: { length: 1 } }],
		['a failure of no kind', { failure: { reason: 'bored', message: 'x' } }],
		['something to call', proxy(() => HANDLED)]
	])('ends a thread that answers %s', async (_, answer) => {
		const thread = threadWith({ handle: async () => answer });
		const runner = runnerOn(thread);
		await runner.load(APP, 1000);
		const failure = await failureOf(runner.handle([], 2000));
		expect(failure.message).toMatch(/answered something that makes no sense/);
		expect(failure.reason).toBe('crashed');
		expect(thread.isEnded).toBe(true);
	});

	it('takes a page only with bytes', async () => {
		const page = { status: 200, contentType: 'text/plain', problems: [] };
		const runner = runnerOn(threadWith({ scrape: async () => ({ ...page, body: 'up 1' }) }));
		await runner.load(APP, 1000);
		const failure = await failureOf(runner.scrape(''));
		expect(failure.message).toMatch(/makes no sense/);
	});

	it('fails as the thread says that the code has failed, and ends it', async () => {
		const place = { file: 'app.py', line: 3, column: 5 };
		const thread = threadWith({
			handle: async () => ({
				failure: { reason: 'deadline', message: 'took too long', place, output: OUTPUT }
			})
		});
		const runner = runnerOn(thread);
		await runner.load(APP, 1000);
		const failure = await failureOf(runner.handle([], 2000));
		expect(failure).toMatchObject({
			reason: 'deadline',
			message: 'took too long',
			place,
			output: OUTPUT
		});
		expect(thread.isEnded).toBe(true);
	});

	it('listens where the last answer said', async () => {
		const [first, second] = [8000, 9000].map((port) => ({ port, path: '/metrics' }));
		const handled = { responses: [], problems: [], output: [] };
		const thread = threadWith({
			load: async () => ({ problems: [], output: [], targets: [first] }),
			handle: async () => ({ ...handled, targets: [first, second] })
		});
		const runner = runnerOn(thread);
		expect(runner.targets()).toBeUndefined();
		expect(await runner.load(APP, 1000)).toEqual({ problems: [], output: [] });
		expect(runner.targets()).toEqual([first]);
		expect(await runner.handle([], 2000)).toEqual(handled);
		expect(runner.targets()).toEqual([first, second]);
		runner.dispose();
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
