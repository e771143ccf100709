import { describe, expect, it } from 'vitest';
import type { PythonFiles } from '../../src/workers/python-files.ts';
import { createPythonPool } from '../../src/workers/python-pool.ts';
import { ChannelThread } from './channel-thread.ts';

const PLAIN = { 'app.py': 'def handle(request): return 200' };
const WITH_FLASK = { 'app.py': 'from flask import Flask' };

/** A pool of threads that boot as `boot` says, and what it has done. */
function poolOf(boot: (files: PythonFiles) => void = () => {}) {
	const spawned: ChannelThread[] = [];
	const read: string[] = [];
	const take = createPythonPool(
		async () => ({
			folder: '/python/abc/',
			program: new WebAssembly.Module(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])),
			contents: {},
			read: async (name) => {
				read.push(name);
				return new Uint8Array(0);
			}
		}),
		() => {
			const thread = new ChannelThread({ boot });
			spawned.push(thread);
			return thread;
		}
	);
	return { take, spawned, read, end: () => spawned.forEach((thread) => thread.terminate()) };
}

describe('createPythonPool()', () => {
	it('has no thread before one is wanted, and then one booted ahead', async () => {
		const booted: string[] = [];
		const { take, spawned, end } = poolOf(({ folder }) => void booted.push(folder));
		expect(spawned).toHaveLength(0);
		expect(await take(PLAIN)).toBe(spawned[0]);
		expect(await take(PLAIN)).toBe(spawned[1]);
		expect(spawned).toHaveLength(3);
		await expect.poll(() => booted).toEqual(Array(3).fill('/python/abc/'));
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
