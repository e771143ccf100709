import { transfer, wrap, type Remote } from 'comlink';
import { archivesFor } from '#runners/python';
import type { SourceFiles } from '#engine/sim';
import { openFilePort } from './file-port.ts';
import type { PythonThread } from './python.worker.ts';
import type { PythonFiles } from './python-files.ts';
import type { Thread } from './thread-runner.ts';

/** Threads of Python, one booted ahead. Nothing is downloaded and none is booted before the first is wanted. */
export interface PythonPool {
	/** Has Python downloaded, what these files import, and a thread booted ahead, for code that will come. */
	prepare(files?: SourceFiles): Promise<void>;
	/** Gives a thread for these files. What they import is here by then, so that no time of theirs is spent on downloads. */
	take(files: SourceFiles): Promise<Thread>;
}

interface BootingThread {
	readonly thread: Thread;
	readonly booted: Promise<void>;
	hasDied: boolean;
}

export function createPythonPool(
	find: () => Promise<PythonFiles>,
	spawn: () => Thread
): PythonPool {
	let spare: BootingThread | undefined;

	/** It boots while the files are still coming. */
	function prepareSpare(python: PythonFiles): BootingThread {
		if (spare) return spare;
		const booting = boot(spawn(), python);
		const forget = () => {
			booting.hasDied = true;
			if (spare === booting) spare = undefined;
		};
		booting.thread.addEventListener('error', forget);
		booting.booted.catch(forget);
		return (spare = booting);
	}

	/** A thread that nobody got is the spare again. One is enough. */
	function giveBack(booting: BootingThread): void {
		if (booting.hasDied) return;
		if (spare) booting.thread.terminate();
		else spare = booting;
	}

	return {
		async prepare(files = {}) {
			const python = await find();
			prepareSpare(python);
			await allHere(python, files);
		},
		async take(files) {
			const python = await find();
			const booting = prepareSpare(python);
			spare = undefined;
			const { thread, booted } = booting;
			const here = allHere(python, files);
			try {
				// A thread that dies before it is given tells nobody else.
				await Promise.race([here, booted.then(() => here)]);
			} catch (error) {
				giveBack(booting);
				throw error;
			}
			// The next one can wait: until then the processors are this one's.
			booted.then(() => prepareSpare(python)).catch(() => {});
			return thread;
		}
	};
}

/** Done when nothing of Python is missing that these files need. */
function allHere(python: PythonFiles, files: SourceFiles): Promise<unknown> {
	return Promise.all([python.complete, ...archivesFor(files).map(python.read)]);
}

/** A remote that nobody holds any more would tell its thread to stop listening, and a spare may wait for long. */
const remotes = new WeakMap<Thread, Remote<PythonThread>>();

/** A thread that cannot boot dies with the reason. */
function boot(thread: Thread, files: PythonFiles): BootingThread {
	const remote = wrap<PythonThread>(thread as Worker);
	remotes.set(thread, remote);
	const port = openFilePort(files);
	const booted = remote.boot(files.folder, transfer(port, [port]));
	booted.catch((error: unknown) => {
		const message = `Python did not start: ${error instanceof Error ? error.message : error}`;
		thread.dispatchEvent(Object.assign(new Event('error'), { message }));
		thread.terminate();
	});
	return { thread, booted, hasDied: false };
}
