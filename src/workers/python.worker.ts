import { expose, transfer, type Endpoint } from 'comlink';
import { loadInterpreter, type Interpreter, type LoadPyodide } from '#runners/python';
import { BRIDGE } from '../runners/python/bridge-texts.ts';
import { filesBehind } from './file-port.ts';
import { handOut } from './hand-out.ts';
import { standIns } from './interpreter-stand-ins.ts';
import { lockDown } from './lockdown.ts';
import { createPythonThread } from './python-thread.ts';
import type { RunnerThread } from './runner-thread.ts';

/** Held before the lock, for learner code must not reach them by name. */
const endpoint = {
	postMessage: self.postMessage.bind(self),
	addEventListener: self.addEventListener.bind(self),
	removeEventListener: self.removeEventListener.bind(self)
} as Endpoint;
const wallClock = performance.now.bind(performance);

let booted: (interpreter: Promise<Interpreter>) => void;
const thread = createPythonThread(new Promise((resolve) => (booted = resolve)), wallClock);

/** A thread of Python. It is booted once, before all else. */
export interface PythonThread extends RunnerThread {
	/**
	 * Boots from the files of a folder, which come through a port of `openFilePort`. Done when the interpreter is ready, and nothing
	 * else is in reach of what it will run. What has not been downloaded yet is waited for when there is nothing else to do.
	 */
	boot(folder: string, port: MessagePort): Promise<void>;
}

const exposed: PythonThread = {
	...thread,
	async boot(folder, port) {
		const booting = boot(folder, port);
		booted(booting);
		await booting;
	},
	async scrape(accept, target) {
		const answer = await thread.scrape(accept, target);
		return 'body' in answer ? transfer(answer, [answer.body.buffer as ArrayBuffer]) : answer;
	}
};

async function boot(folder: string, port: MessagePort): Promise<Interpreter> {
	const files = filesBehind(port);
	handOut(globalThis, files);
	const { loadPyodide } = (await import(/* @vite-ignore */ `${folder}pyodide.mjs`)) as {
		loadPyodide: LoadPyodide;
	};
	const interpreter = await loadInterpreter({
		loadPyodide,
		indexURL: folder,
		fetchFile: files.read,
		bridge: BRIDGE
	});
	lockDown(globalThis, standIns());
	return interpreter;
}

expose(exposed, endpoint);
