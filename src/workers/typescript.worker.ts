import { expose, transfer, type Endpoint } from 'comlink';
import type { ExposedPage, SimRequest, SourceFiles } from '#engine/sim';
import { createTypeScriptRunner, type LoopWatch, type StrayReporting } from '#runners/typescript';
import { lockDown } from './lockdown.ts';

/** Held before the lock, for learner code must not reach them by name. */
const endpoint = {
	postMessage: self.postMessage.bind(self),
	addEventListener: self.addEventListener.bind(self),
	removeEventListener: self.removeEventListener.bind(self)
} as Endpoint;
const wallClock = performance.now.bind(performance);

/** A call that has taken this long, ms, is about to be taken for one that never ends. */
const BUSY_AFTER = 1000;

let runner: StrayReporting | undefined;

function running(): StrayReporting {
	if (!runner) throw new Error('the thread has no runner yet');
	return runner;
}

/** What a thread of learner code answers to. */
const thread = {
	create(
		options: { readonly seed: number; readonly workers: number },
		onBusy: LoopWatch['onBusy']
	): void {
		const watch = { now: wallClock, busyAfter: BUSY_AFTER, onBusy };
		runner = createTypeScriptRunner({ ...options, watch });
	},
	load: (files: SourceFiles, at: number) => running().load(files, at),
	handle: (requests: readonly SimRequest[], until: number) => running().handle(requests, until),
	async scrape(accept: string): Promise<ExposedPage> {
		const page = await running().scrape(accept);
		return transfer(page, [page.body.buffer as ArrayBuffer]);
	}
};

export type RunnerThread = typeof thread;

self.addEventListener('unhandledrejection', (event) => {
	event.preventDefault();
	runner?.reportStray(event.reason);
});

expose(thread, endpoint);
lockDown(globalThis);
