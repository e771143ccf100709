import { expose, transfer, type Endpoint } from 'comlink';
import type { ExposedPage, Runner, SimRequest, SourceFiles } from '#engine/sim';
import { createTypeScriptRunner } from '#runners/typescript';
import { lockDown } from './lockdown.ts';

/** Held before the lock, for learner code must not reach them by name. */
const endpoint = {
	postMessage: self.postMessage.bind(self),
	addEventListener: self.addEventListener.bind(self),
	removeEventListener: self.removeEventListener.bind(self)
};
const wallClock = performance.now.bind(performance);

let runner: Runner | undefined;

function running(): Runner {
	if (!runner) throw new Error('the thread has no runner yet');
	return runner;
}

/** What a thread of learner code answers to. */
const thread = {
	create(
		options: { readonly seed: number; readonly workers: number },
		onBusy: (place: { file: string; line: number; column: number }) => void
	): void {
		runner = createTypeScriptRunner({ ...options, watch: { now: wallClock, onBusy } });
	},
	load: (files: SourceFiles, at: number) => running().load(files, at),
	handle: (requests: readonly SimRequest[], until: number) => running().handle(requests, until),
	async scrape(accept: string): Promise<ExposedPage> {
		const page = await running().scrape(accept);
		return transfer(page, [page.body.buffer as ArrayBuffer]);
	}
};

export type RunnerThread = typeof thread;

expose(thread, endpoint as Endpoint);
lockDown(globalThis);
