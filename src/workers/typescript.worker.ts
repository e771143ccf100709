import { expose, transfer, type Endpoint } from 'comlink';
import { createTypeScriptRunner, type StrayReporting } from '#runners/typescript';
import { lockDown } from './lockdown.ts';
import type { BusyNote, RunnerThread } from './runner-thread.ts';

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

const thread: RunnerThread = {
	create(settings) {
		const onBusy = (busy: BusyNote['busy']) => endpoint.postMessage({ busy } satisfies BusyNote);
		const watch = { now: wallClock, busyAfter: BUSY_AFTER, onBusy };
		runner = createTypeScriptRunner({ ...settings, watch });
	},
	load: (files, at) => running().load(files, at),
	handle: (requests, until) => running().handle(requests, until),
	async scrape(accept) {
		const page = await running().scrape(accept);
		return transfer(page, [page.body.buffer as ArrayBuffer]);
	}
};

self.addEventListener('unhandledrejection', (event) => {
	event.preventDefault();
	runner?.reportStray(event.reason);
});

expose(thread, endpoint);
lockDown(globalThis);
