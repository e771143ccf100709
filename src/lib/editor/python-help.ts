import { createPythonHelp, type PythonHelp } from './create-python-help.ts';

/** What the editors ask about Python. It knows nothing until `wantPythonHelp` was called, and where there is no Python. */
export const pythonHelp: PythonHelp = createPythonHelp({
	open: () =>
		new Worker(new URL('../../workers/python-help.worker.ts', import.meta.url), { type: 'module' }),
	whenIdle(run) {
		// Safari has no requestIdleCallback.
		const idle = globalThis.requestIdleCallback ?? ((then: () => void) => setTimeout(then, SOON));
		idle(run, { timeout: LATEST });
	},
	after(wait, run) {
		const timer = setTimeout(run, wait);
		return () => clearTimeout(timer);
	}
});

/** Milliseconds. */
const LATEST = 5000;
const SOON = 1000;

/**
 * Starts what completes and explains Python in the editors, when the page has nothing better to do. To be called when Python
 * itself has been downloaded and a file of it is on the screen, as often as that is so.
 */
export function wantPythonHelp(): void {
	pythonHelp.want();
}
