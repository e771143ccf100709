import { createPythonRunner, type Interpreter, type PythonRunner } from '#runners/python';
import type { MetricsTarget } from '#engine/sim';
import { answerOf, type RunnerThread } from './runner-thread.ts';

/** Milliseconds of a call after which Python is told to stop in the line where it is. */
export const STOP_AFTER = 3000;

/**
 * Makes an interpreter answer as a thread of learner code does. Python that never ends is stopped by the interpreter itself, which
 * knows the line, and fails as a `RunnerFailure` does.
 */
export function createPythonThread(
	booting: Promise<Interpreter>,
	wallClock: () => number
): RunnerThread {
	let runner: PythonRunner | undefined;

	function running(): PythonRunner {
		if (!runner) throw new Error('the thread has no runner yet');
		return runner;
	}

	/** Code may start a server or stop one whenever it runs. */
	async function withTargets<Result extends object>(
		result: Promise<Result>
	): Promise<Result & { readonly targets: readonly MetricsTarget[] }> {
		return { ...(await result), targets: running().targets() };
	}

	return {
		async create(settings) {
			const interpreter = await booting;
			const watch = { now: wallClock, deadline: STOP_AFTER };
			runner = createPythonRunner({ ...settings, interpreter, watch });
		},
		load: (files, at) => answerOf(() => withTargets(running().load(files, at))),
		handle: (requests, until) => answerOf(() => withTargets(running().handle(requests, until))),
		scrape: (accept, target) => answerOf(() => running().scrape(accept, target))
	};
}
