import { describe, expect, it } from 'vitest';
import { handOut } from '../../src/workers/hand-out.ts';

/** A program of WebAssembly that exports nothing and imports nothing: a magic number and a version. */
const PROGRAM = WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
const FOLDER = 'https://promenade.test/python/abc/';

/** The globals of a thread that is handed these files. */
function threadWith(files: Readonly<Record<string, Uint8Array>>) {
	const scope = {
		fetch: (() => Promise.reject(new Error('the network was asked'))) as typeof fetch,
		WebAssembly: { ...WebAssembly }
	};
	handOut(scope, {
		program: () => PROGRAM,
		async read(name) {
			const data = files[name];
			if (!data) throw new Error(`the manifest lists no file ${name}`);
			return data;
		}
	});
	return scope;
}

describe('handOut()', () => {
	it('answers with the very bytes that were handed out', async () => {
		const data = new Uint8Array([1, 2, 3]);
		const { fetch } = threadWith({ 'python_stdlib.zip': data });
		const response = await fetch(`${FOLDER}python_stdlib.zip`);
		expect(response.ok).toBe(true);
		expect(await response.arrayBuffer()).toBe(data.buffer);
	});

	it('answers with JSON', async () => {
		const lock = new TextEncoder().encode('{"packages":{}}');
		const { fetch } = threadWith({ 'pyodide-lock.json': lock });
		const response = await fetch(`${FOLDER}pyodide-lock.json`);
		expect(await response.json()).toEqual({ packages: {} });
	});

	it('instantiates the program that was compiled elsewhere, whatever arrives', async () => {
		const { fetch, WebAssembly: wasm } = threadWith({});
		const { module, instance } = await wasm.instantiateStreaming(
			fetch(`${FOLDER}pyodide.asm.wasm`),
			{}
		);
		expect(module).toBe(await PROGRAM);
		expect(instance).toBeInstanceOf(WebAssembly.Instance);
	});

	it('has nothing else', async () => {
		const { fetch } = threadWith({});
		await expect(fetch('https://elsewhere.test/numpy.whl')).rejects.toThrow(
			'the manifest lists no file numpy.whl'
		);
	});
});
