import { expose, type Endpoint } from 'comlink';
import type { LoadPyodide } from '#runners/python';
import { handOut } from './hand-out.ts';
import { standIns } from './interpreter-stand-ins.ts';
import { lockDown } from './lockdown.ts';
import { createPythonFiles } from './python-files.ts';
import { loadPythonHelp, type PythonHelp } from './python-help-thread.ts';

/**
 * A thread that knows Python programs and runs none. It is booted once, before all else, and then nothing is in reach of it but the
 * questions: the programs may be anybody's, and jedi was not written against them.
 */
export interface PythonHelpThread {
	/** Fails where there is no Python. */
	boot(): Promise<void>;
	answer(question: string): Promise<string>;
}

/** Held before the lock. */
const endpoint = {
	postMessage: self.postMessage.bind(self),
	addEventListener: self.addEventListener.bind(self),
	removeEventListener: self.removeEventListener.bind(self)
} as Endpoint;
const download = fetch.bind(self);

let help: PythonHelp | undefined;

const exposed: PythonHelpThread = {
	async boot() {
		const files = await createPythonFiles({
			// Workers lie in a folder of their own, as they are written and as they are built.
			root: self.location.href.replace(/(_app\/immutable|src)\/workers\/.*$/, ''),
			fetch: download,
			onProgress: () => {}
		})();
		const { folder } = files;
		const { loadPyodide } = (await import(/* @vite-ignore */ `${folder}pyodide.mjs`)) as {
			loadPyodide: LoadPyodide;
		};
		handOut(globalThis, { program: () => files.program, read: files.read });
		help = await loadPythonHelp({ loadPyodide, indexURL: folder, fetchFile: files.read });
		lockDown(globalThis, standIns());
	},
	async answer(question) {
		if (!help) throw new Error('the thread was not booted');
		return help.answer(question);
	}
};

expose(exposed, endpoint);
