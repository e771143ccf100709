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
	return {
		help,
		asked,
		threads,
		idle,
		waits,
		/** Lets the thread boot. */
		async start() {
			help.want();
			idle.shift()?.();
			await settled();
		},
		/** Lets all waits of this length end now. */
		expire(wait: number) {
			for (const one of [...waits]) if (one.wait === wait) one.run();
		}
	};
}

/** Lets messages to a thread and back arrive. */
async function settled(): Promise<void> {
	for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
}

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
		const { help, start } = helped({ boot: () => new Promise(() => {}) });
		await start();
		expect(await help.ask(HOVER, never)).toBeUndefined();
	});

	it('says nothing where there is no Python, and does not try again', async () => {
		const { help, start, threads, idle } = helped({
			boot: () => Promise.reject(new Error('pip is missing'))
		});
		await start();
		expect(await help.ask(HOVER, never)).toBeUndefined();
		expect(threads[0]?.isEnded).toBe(true);
		help.want();
		expect(idle).toHaveLength(0);
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
		await settled();
		expect(await help.ask(HOVER, never)).toBeUndefined();
	});

	it('asks one question at a time', async () => {
		let answer = (_: string) => {};
		const asked: string[] = [];
		const { help, start } = helped({
			answer: (question) => {
				asked.push(question);
				return new Promise((resolve) => (answer = resolve));
			}
		});
		await start();
		const both = [help.ask(HOVER, never), help.ask(HOVER, never)];
		await settled();
		expect(asked).toHaveLength(1);
		answer('1');
		await settled();
		expect(asked).toHaveLength(2);
		answer('2');
		expect(await Promise.all(both)).toEqual([1, 2]);
	});

	it('does not send what nobody waits for, and drops an answer that came too late for its text', async () => {
		const { help, asked, start } = helped();
		await start();
		expect(await help.ask(HOVER, () => true)).toBeUndefined();
		expect(asked).toHaveLength(0);
		let isStale = false;
		const dropped = help.ask(HOVER, () => isStale);
		await Promise.resolve();
		await Promise.resolve();
		isStale = true;
		expect(await dropped).toBeUndefined();
	});

	it('waits a second at most, and goes on with the next question', async () => {
		let isSlow = true;
		const { help, start, expire } = helped({
			answer: () => (isSlow ? new Promise(() => {}) : Promise.resolve('3'))
		});
		await start();
		const first = help.ask(HOVER, never);
		const second = help.ask(HOVER, never);
		await settled();
		isSlow = false;
		expire(1000);
		expect(await first).toBeUndefined();
		expect(await second).toBeUndefined();
	});

	it('ends a thread that is stuck, and has one more in its place', async () => {
		let isStuck = true;
		const { help, start, expire, threads, idle } = helped({
			answer: () => (isStuck ? new Promise(() => {}) : Promise.resolve('3'))
		});
		await start();
		const lost = help.ask(HOVER, never);
		await settled();
		expire(15_000);
		expect(await lost).toBeUndefined();
		expect(threads[0]?.isEnded).toBe(true);
		await settled();
		expect(await help.ask(HOVER, never)).toBeUndefined();
		isStuck = false;
		idle.shift()?.();
		await settled();
		expect(await help.ask(HOVER, never)).toBe(3);
	});

	it.each([
		['an event', (thread: Thread) => void thread.dispatchEvent(new Event('error'))],
		['a question', () => {}]
	])('has one more thread when one dies of %s, and no third', async (what, kill) => {
		const isDeadly = what === 'a question';
		const { help, start, threads, idle } = helped(
			isDeadly ? { answer: () => Promise.reject(new Error('Python crashed')) } : {}
		);
		await start();
		for (const count of [1, 2]) {
			expect(threads).toHaveLength(count);
			kill(threads.at(-1)!);
			if (isDeadly) expect(await help.ask(HOVER, never)).toBeUndefined();
			await settled();
			expect(threads.at(-1)?.isEnded).toBe(true);
			expect(idle).toHaveLength(2 - count);
			idle.shift()?.();
			await settled();
		}
		expect(threads).toHaveLength(2);
		expect(await help.ask(HOVER, never)).toBeUndefined();
	});
});
