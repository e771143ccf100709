import { proxy, wrap, type Remote } from 'comlink';
import { archivesFor } from '#runners/python';
import type { SourceFiles } from '#engine/sim';
import type { PythonThread } from './python.worker.ts';
import type { PythonFiles } from './python-files.ts';
import { createThreadPool, type Thread } from './thread-runner.ts';

/**
 * Gives threads of Python, one booted ahead. Nothing is downloaded and none is booted before the first is wanted. What the files
 * import is here before the thread is given, so that no time of theirs is spent on downloads.
 */
export function createPythonPool(
	download: () => Promise<PythonFiles>,
	spawn: () => Thread
): (files: SourceFiles) => Promise<Thread> {
	let take: (() => Thread) | undefined;
	return async (files) => {
		const python = await download();
		await Promise.all(archivesFor(files).map((archive) => python.read(archive)));
		take ??= createThreadPool(() => boot(spawn(), python));
		return take();
	};
}

/** A remote that nobody holds any more would tell its thread to stop listening, and a spare may wait for long. */
const remotes = new WeakMap<Thread, Remote<PythonThread>>();

/** A thread that cannot boot dies with the reason. */
function boot(thread: Thread, python: PythonFiles): Thread {
	const remote = wrap<PythonThread>(thread as Worker);
	remotes.set(thread, remote);
	const { folder, program, contents } = python;
	const read = proxy((name: string) => python.read(name));
	remote.boot({ folder, program, contents }, read).catch((error: unknown) => {
		const message = `Python did not start: ${error instanceof Error ? error.message : error}`;
		thread.dispatchEvent(Object.assign(new Event('error'), { message }));
	});
	return thread;
}
