import { describe, expect, it } from 'vitest';
import { LabGone } from '../../../src/lib/state/lab-gone.ts';
import { PythonState, type BringPython } from '../../../src/lib/state/python.svelte.ts';

/** Brings what the test says, when it says so. */
function slowly() {
	let end = { done: () => {}, fail: (_: Error) => {} };
	let tell: Parameters<BringPython>[0] = () => {};
	let times = 0;
	const bring: BringPython = (onProgress) => {
		times++;
		tell = onProgress;
		return new Promise((done, fail) => (end = { done, fail }));
	};
	return {
		bring,
		done: () => end.done(),
		fail: (message: string) => end.fail(new Error(message)),
		progress: (received: number) => tell({ received, total: 10 }),
		times: () => times
	};
}

describe('PythonState', () => {
	it('is brought once, however often it is wanted, and says how far it has come', async () => {
		const python = new PythonState();
		const { bring, done, progress, times } = slowly();
		const both = [python.prepare(bring), python.prepare(bring)];
		progress(4);
		expect([python.status, python.received, python.total]).toEqual(['loading', 4, 10]);
		done();
		await Promise.all(both);
		await python.prepare(bring);
		expect([python.status, times()]).toEqual(['ready', 1]);
	});

	it('says why it cannot be had, and is tried again when it is wanted again', async () => {
		const python = new PythonState();
		const first = slowly();
		const failing = python.prepare(first.bring);
		first.fail('there is no pip');
		await failing;
		expect([python.status, python.failure]).toEqual(['failed', 'there is no pip']);
		const second = slowly();
		const trying = python.prepare(second.bring);
		expect([python.status, python.failure]).toEqual(['loading', '']);
		second.done();
		await trying;
		expect(python.status).toBe('ready');
	});

	it.each([
		['comes', (late: ReturnType<typeof slowly>) => late.done()],
		['fails', (late: ReturnType<typeof slowly>) => late.fail('the lab was closed')]
	])('heeds nothing of a thread that is gone: what was on its way %s', async (_, end) => {
		const python = new PythonState();
		const [old, next] = [slowly(), slowly()];
		const gone = python.prepare(old.bring);
		python.forget();
		const here = python.prepare(next.bring);
		next.progress(3);
		old.progress(9);
		end(old);
		await expect(gone).rejects.toThrow(LabGone);
		expect([python.status, python.received]).toEqual(['loading', 3]);
		next.done();
		await here;
		expect(python.status).toBe('ready');
	});
});
