import { afterEach, expect, it, vi } from 'vitest';
import { LabGone, LabState } from '$lib/state/lab.svelte.ts';
import { Stored } from '$lib/state/stored.svelte.ts';

afterEach(() => {
	vi.useRealTimers();
});

/** A lab that answers each question about its store with the next number. */
function countingLab() {
	const lab = new LabState(() => {
		throw new Error('no thread is needed');
	});
	let asked = 0;
	lab.status = 'running';
	lab.storeStatus = async () => ({ numSeries: ++asked }) as never;
	return { lab, asked: () => asked };
}

it('asks for what is stored while somebody watches, two seconds after each answer', async () => {
	vi.useFakeTimers();
	const { lab, asked } = countingLab();
	const stored = new Stored(lab);
	let isSeen = true;
	const stop = stored.watch(() => isSeen);
	await vi.advanceTimersByTimeAsync(0);
	expect([asked(), stored.status?.numSeries]).toEqual([1, 1]);
	await vi.advanceTimersByTimeAsync(1999);
	expect(asked()).toBe(1);
	await vi.advanceTimersByTimeAsync(1);
	expect(stored.status?.numSeries).toBe(2);
	isSeen = false;
	await vi.advanceTimersByTimeAsync(10_000);
	expect(asked()).toBe(2);
	isSeen = true;
	await vi.advanceTimersByTimeAsync(2000);
	expect(asked()).toBe(3);
	stop();
	await vi.advanceTimersByTimeAsync(10_000);
	expect(asked()).toBe(3);
});

it('waits for a lab that is gone, and keeps what it knew', async () => {
	vi.useFakeTimers();
	const { lab, asked } = countingLab();
	const stored = new Stored(lab);
	const stop = stored.watch(() => true);
	await vi.advanceTimersByTimeAsync(0);
	const answer = lab.storeStatus;
	lab.storeStatus = () => Promise.reject(new LabGone('gone'));
	await vi.advanceTimersByTimeAsync(2000);
	lab.status = 'failed';
	lab.storeStatus = answer;
	await vi.advanceTimersByTimeAsync(2000);
	expect([asked(), stored.status?.numSeries]).toEqual([1, 1]);
	lab.status = 'running';
	await vi.advanceTimersByTimeAsync(2000);
	expect(stored.status?.numSeries).toBe(2);
	stop();
});
