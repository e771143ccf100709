import type { LoadPyodide } from '#runners/python';

/** Starts Pyodide from a folder as its documentation says, and tells when it is ready. */
self.onmessage = async ({ data: folder }: MessageEvent<string>) => {
	const { loadPyodide } = (await import(/* @vite-ignore */ `${folder}pyodide.mjs`)) as {
		loadPyodide(options: Pick<Parameters<LoadPyodide>[0], 'indexURL'>): Promise<unknown>;
	};
	await loadPyodide({ indexURL: folder });
	self.postMessage('ready');
};
