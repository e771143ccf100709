import { wrap } from 'comlink';
import { describe, expect, it } from 'vitest';
import type { PythonFiles } from '../../src/workers/python-files.ts';
import { createPythonPool } from '../../src/workers/python-pool.ts';
import { ChannelThread } from './channel-thread.ts';

const PLAIN = { 'app.py': 'def handle(request): return 200' };
const WITH_FLASK = { 'app.py': 'from flask import Flask' };

/** A pool of threads that boot as `boot` says, and what it has done. */
function poolOf(
	boot: (folder: string, port: MessagePort) => unknown = () => {},
	changed: Partial<PythonFiles> = {}
) {
	const spawned: ChannelThread[] = [];
	const read: string[] = [];
	const { prepare, take } = createPythonPool(
		async () => ({
			folder: '/python/abc/',
			program: WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])),
			complete: Promise.resolve(),
			read: async (name) => {
				read.push(name);
				return new Uint8Array(0);
			},
			...changed
		}),
		() => {
			const thread = new ChannelThread({ boot });
			spawned.push(thread);
			return thread;
		}
	);
	return {
		prepare,
		take,
		spawned,
		read,
		end: () => spawned.forEach((thread) => thread.terminate())
	};
}

describe('createPythonPool()', () => {
	it('has no thread before one is wanted, and then one booted ahead', async () => {
		const booted: string[] = [];
		const { take, spawned, end } = poolOf((folder) => void booted.push(folder));
		expect(spawned).toHaveLength(0);
		expect(await take(PLAIN)).toBe(spawned[0]);
		expect(await take(PLAIN)).toBe(spawned[1]);
		await expect.poll(() => spawned.length).toBe(3);
		await expect.poll(() => booted).toEqual(Array(3).fill('/python/abc/'));
		end();
	});

	it('boots one ahead when it is told that code will come', async () => {
		const { prepare, take, spawned, end } = poolOf();
		await prepare();
		await prepare();
		expect(spawned).toHaveLength(1);
		expect(await take(PLAIN)).toBe(spawned[0]);
		end();
	});

	it('has the next one boot when the one that was taken is done', async () => {
		let finish = () => {};
		const finished = new Promise<void>((resolve) => (finish = resolve));
		const { take, spawned, end } = poolOf(() => finished);
		await take(PLAIN);
		expect(spawned).toHaveLength(1);
		finish();
		await expect.poll(() => spawned.length).toBe(2);
		end();
	});

	it('has threads boot while the files are coming, and gives them when all are here', async () => {
		const booted: string[] = [];
		let deliver = () => {};
		const complete = new Promise<void>((resolve) => (deliver = resolve));
		const { take, end } = poolOf((folder) => void booted.push(folder), { complete });
		let isGiven = false;
		const taking = take(PLAIN).then(() => (isGiven = true));
		await expect.poll(() => booted).toHaveLength(1);
		expect(isGiven).toBe(false);
		deliver();
		await taking;
		end();
	});

	it('gives no thread when the files do not come, and tries another the next time', async () => {
		const complete = Promise.reject(new Error('no connection'));
		const { take, spawned, end } = poolOf(() => complete, { complete });
		await expect(take(PLAIN)).rejects.toThrow('no connection');
		await expect.poll(() => spawned[0]?.isEnded).toBe(true);
		await expect(take(PLAIN)).rejects.toThrow('no connection');
		expect(spawned).toHaveLength(2);
		end();
	});

	it('brings Flask before the thread of a program that imports it', async () => {
		const { take, read, end } = poolOf();
		await take(PLAIN);
		expect(read).toEqual([]);
		await take(WITH_FLASK);
		expect(read).toEqual(['flask.zip']);
		end();
	});

	it('brings Flask when it is told of a program that imports it', async () => {
		const { prepare, read, end } = poolOf();
		await prepare(WITH_FLASK);
		expect(read).toEqual(['flask.zip']);
		end();
	});

	it('has one thread and no more however often Flask does not come', async () => {
		const read = () => Promise.reject(new Error('no connection'));
		const { take, spawned, end } = poolOf(undefined, { read });
		for (let i = 0; i < 5; i++) await expect(take(WITH_FLASK)).rejects.toThrow('no connection');
		expect(spawned).toHaveLength(1);
		expect(await take(PLAIN)).toBe(spawned[0]);
		end();
	});

	it('keeps one of the threads that nobody got, and ends the others', async () => {
		const read = () => Promise.reject(new Error('no connection'));
		const { take, spawned, end } = poolOf(undefined, { read });
		const all = [1, 2, 3].map(() => take(WITH_FLASK));
		for (const one of all) await expect(one).rejects.toThrow('no connection');
		expect(spawned.map(({ isEnded }) => isEnded)).toEqual([false, true, true]);
		expect(await take(PLAIN)).toBe(spawned[0]);
		end();
	});

	it('does not keep a thread that died while its files were coming', async () => {
		let fail = (_: Error) => {};
		const read = () => new Promise<never>((_, reject) => (fail = reject));
		const { take, spawned, end } = poolOf(undefined, { read });
		const taking = take(WITH_FLASK);
		await expect.poll(() => spawned.length).toBe(1);
		spawned[0]?.dispatchEvent(new Event('error'));
		fail(new Error('no connection'));
		await expect(taking).rejects.toThrow('no connection');
		expect(await take(PLAIN)).toBe(spawned[1]);
		end();
	});

	it('gives a thread its files and the program, and no way to anything else', async () => {
		const heard: unknown[] = [];
		const { prepare, read, end } = poolOf(async (_, port) => {
			const remote = wrap(port as never) as never as { constructor: new (code: string) => unknown };
			new remote.constructor('globalThis.ran = true');
			await new Promise<void>((resolve) => {
				port.addEventListener('message', ({ data }) => {
					heard.push(data.name);
					if (heard.length === 2) resolve();
				});
				port.postMessage('python_stdlib.zip');
				port.postMessage('pyodide.asm.wasm');
			});
			port.close();
		});
		await prepare();
		await expect.poll(() => heard).toHaveLength(2);
		expect(heard.toSorted()).toEqual(['pyodide.asm.wasm', 'python_stdlib.zip']);
		expect(read).toEqual(['python_stdlib.zip']);
		expect(globalThis).not.toHaveProperty('ran');
		end();
	});

	it('has a thread that cannot boot die with the reason', async () => {
		const { take, end } = poolOf(() => {
			throw new Error('out of memory');
		});
		const thread = await take(PLAIN);
		const event = await new Promise<Event>((resolve) => thread.addEventListener('error', resolve));
		expect(event).toMatchObject({ message: 'Python did not start: out of memory' });
		end();
	});
});
