import { expose } from 'comlink';
import { describe, expect, it } from 'vitest';
import { createPythonHelp, type RemoteHelp } from '../../../src/lib/editor/create-python-help.ts';

const HOVER = {
	kind: 'hover',
	files: { 'app.py': 'x' },
	file: 'app.py',
	line: 1,
	column: 0
} as const;
const ANSWER = { code: 'x: int', text: '' };
const never = () => false;

/** One end of a channel in place of a Worker. */
class Thread extends EventTarget {
	readonly #port: MessagePort;
	isEnded = false;

	constructor(remote: RemoteHelp) {
		super();
		const { port1, port2 } = new MessageChannel();
		this.#port = port1;
		port1.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent('message', { data }));
		expose(remote, port2 as never);
	}

	postMessage(message: unknown, transfer: Transferable[] = []): void {
		this.#port.postMessage(message, transfer);
	}

	terminate(): void {
		this.isEnded = true;
		this.#port.close();
	}
}

/** Help whose threads answer like this, with idle moments and waits that come when the test says so. */
function helped(remote: Partial<RemoteHelp> = {}) {
	const asked: string[] = [];
	const threads: Thread[] = [];
	const idle: (() => void)[] = [];
	const waits = new Set<{ readonly wait: number; readonly run: () => void }>();
	const help = createPythonHelp({
		open() {
			const thread = new Thread({
				boot: async () => {},
				async answer(question) {
					asked.push(question);
					return JSON.stringify(ANSWER);
				},
				...remote
			});
			threads.push(thread);
			return thread as never;
		},
		whenIdle: (run) => void idle.push(run),
		after(wait, run) {
			const one = { wait, run };
			waits.add(one);
			return () => waits.delete(one);
		}
	});
	/** Wants help, and lets its thread begin to boot. */
	function begin(): void {
		help.want();
		idle.shift()?.();
	}
	/** Whether there is a thread that questions go to: then one is waited for, if only until it turns out to be stale. */
	async function isReady(): Promise<boolean> {
		const answered = help.ask(HOVER, () => true);
		const isAwaited = waits.size > 0;
		await answered;
		return isAwaited;
	}
	return {
		help,
		asked,
		threads,
		idle,
		waits,
		isReady,
		begin,
		/** Lets the next thread boot. */
		async start() {
			begin();
			await expect.poll(isReady).toBe(true);
		},
		/** How many questions threads have been sent that they did not answer yet. */
		sent: () => [...waits].filter(({ wait }) => wait === STUCK_AFTER).length,
		/** Lets all waits of this length end now. */
		expire(wait: number) {
			for (const one of [...waits]) if (one.wait === wait) one.run();
		}
	};
}

/** Lets everything come of what has happened so far, except messages that are on their way. */
const consequences = () => new Promise((resolve) => setImmediate(resolve));

/** How long a question waits, and how long a thread may owe an answer, ms. */
const PATIENCE = 1000;
const STUCK_AFTER = 15_000;

describe('help with Python in the editor', () => {
	it('knows nothing before it is wanted', async () => {
		const { help, threads } = helped();
		expect(await help.ask(HOVER, never)).toBeUndefined();
		expect(threads).toHaveLength(0);
	});

	it('begins when there is nothing better to do, once', async () => {
		const { help, threads, idle } = helped();
		help.want();
		help.want();
		expect(threads).toHaveLength(0);
		expect(idle).toHaveLength(1);
		idle[0]?.();
		expect(threads).toHaveLength(1);
		help.want();
		expect(idle).toHaveLength(1);
	});

	it('answers, and waits for nothing afterwards', async () => {
		const { help, asked, start, waits } = helped();
		await start();
		expect(await help.ask(HOVER, never)).toEqual(ANSWER);
		expect(asked.map((question) => JSON.parse(question))).toEqual([HOVER]);
		expect(waits.size).toBe(0);
	});

	it('says nothing while the thread boots', async () => {
		let hasBegun = false;
		const { help, begin } = helped({
			boot() {
				hasBegun = true;
				return new Promise(() => {});
			}
		});
		begin();
		await expect.poll(() => hasBegun).toBe(true);
		expect(await help.ask(HOVER, never)).toBeUndefined();
	});

	it('tries once more, when it is wanted again, after a thread that could not be started', async () => {
		let hasConnection = false;
		const { help, begin, start, threads, idle } = helped({
			async boot() {
				if (!hasConnection) throw new Error('no connection');
			}
		});
		begin();
		await expect.poll(() => threads[0]?.isEnded).toBe(true);
		await consequences();
		expect(idle).toHaveLength(0);
		expect(await help.ask(HOVER, never)).toBeUndefined();
		hasConnection = true;
		await start();
		expect(await help.ask(HOVER, never)).toEqual(ANSWER);
	});

	it('says nothing where there is no Python, and does not try a third time', async () => {
		const { help, begin, threads, idle } = helped({
			boot: () => Promise.reject(new Error('pip is missing'))
		});
		for (const count of [1, 2]) {
			begin();
			expect(threads).toHaveLength(count);
			await expect.poll(() => threads.at(-1)?.isEnded).toBe(true);
			await consequences();
		}
		help.want();
		expect(idle).toHaveLength(0);
		expect(await help.ask(HOVER, never)).toBeUndefined();
	});

	it('says nothing where no thread can be made', async () => {
		const idle: (() => void)[] = [];
		const help = createPythonHelp({
			open() {
				throw new Error('refused by a policy');
			},
			whenIdle: (run) => void idle.push(run),
			after: () => () => {}
		});
		help.want();
		idle[0]?.();
		await consequences();
		expect(await help.ask(HOVER, never)).toBeUndefined();
	});

	it('asks one question at a time', async () => {
		let answer = (_: string) => {};
		const asked: string[] = [];
		const { help, start, sent } = helped({
			answer: (question) => {
				asked.push(question);
				return new Promise((resolve) => (answer = resolve));
			}
		});
		await start();
		const both = [help.ask(HOVER, never), help.ask(HOVER, never)];
		await expect.poll(() => asked).toHaveLength(1);
		expect(sent()).toBe(1);
		answer('1');
		await expect.poll(() => asked).toHaveLength(2);
		answer('2');
		expect(await Promise.all(both)).toEqual([1, 2]);
	});

	it('does not send what nobody waits for', async () => {
		const { help, asked, start } = helped();
		await start();
		expect(await help.ask(HOVER, () => true)).toBeUndefined();
		// What is asked later arrives later.
		expect(await help.ask({ ...HOVER, line: 2 }, never)).toEqual(ANSWER);
		expect(asked.map((question) => JSON.parse(question).line)).toEqual([2]);
	});

	it('drops an answer that came too late for its text', async () => {
		let isStale = false;
		const { help, start } = helped({
			async answer() {
				isStale = true;
				return JSON.stringify(ANSWER);
			}
		});
		await start();
		expect(await help.ask(HOVER, () => isStale)).toBeUndefined();
		expect(isStale).toBe(true);
	});

	it('waits a second at most, and goes on with the next question', async () => {
		const answers: ((answer: string) => void)[] = [];
		const { help, start, expire } = helped({
			answer: () => new Promise((resolve) => answers.push(resolve))
		});
		await start();
		const lost = [help.ask(HOVER, never), help.ask(HOVER, never)];
		await expect.poll(() => answers).toHaveLength(1);
		expire(PATIENCE);
		expect(await Promise.all(lost)).toEqual([undefined, undefined]);
		const next = help.ask(HOVER, never);
		answers[0]?.('1');
		await expect.poll(() => answers).toHaveLength(2);
		answers[1]?.('3');
		expect(await next).toBe(3);
	});

	it('ends a thread that is stuck, and has one more in its place', async () => {
		let isStuck = true;
		const { help, start, sent, expire, threads, idle, isReady } = helped({
			answer: () => (isStuck ? new Promise(() => {}) : Promise.resolve('3'))
		});
		await start();
		const lost = help.ask(HOVER, never);
		await expect.poll(sent).toBe(1);
		expire(STUCK_AFTER);
		expect(await lost).toBeUndefined();
		expect(threads[0]?.isEnded).toBe(true);
		await expect.poll(isReady).toBe(false);
		expect(await help.ask(HOVER, never)).toBeUndefined();
		isStuck = false;
		expect(idle).toHaveLength(1);
		await start();
		expect(await help.ask(HOVER, never)).toBe(3);
	});

	it.each([
		['an event', (thread: Thread) => void thread.dispatchEvent(new Event('error'))],
		['a question', () => {}]
	])('has one more thread when one dies of %s, and no third', async (what, kill) => {
		const isDeadly = what === 'a question';
		const { help, start, threads, idle, isReady } = helped(
			isDeadly ? { answer: () => Promise.reject(new Error('Python crashed')) } : {}
		);
		for (const count of [1, 2]) {
			await start();
			expect(threads).toHaveLength(count);
			kill(threads.at(-1)!);
			if (isDeadly) expect(await help.ask(HOVER, never)).toBeUndefined();
			await expect.poll(isReady).toBe(false);
			expect(threads.at(-1)?.isEnded).toBe(true);
			// The next one is wanted in the same moment in which this one is given up.
			expect(idle).toHaveLength(2 - count);
		}
		help.want();
		expect(idle).toHaveLength(0);
		expect(threads).toHaveLength(2);
	});
});
