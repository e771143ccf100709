import { describe, expect, it } from 'vitest';
import { createPythonFiles } from '../../src/workers/python-files.ts';

const ROOT = 'https://promenade.test/shop/';
const FOLDER = `${ROOT}python/abc/`;
/** The smallest program of WebAssembly: a magic number and a version. */
const PROGRAM = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
const FILES: Readonly<Record<string, Uint8Array>> = {
	'pyodide.mjs': new Uint8Array(40),
	'pyodide.asm.wasm': PROGRAM,
	'python_stdlib.zip': new Uint8Array(1000).fill(7),
	'flask.zip': new Uint8Array(300).fill(9)
};
const FIRST = 1048;

const manifest = (stated: object) => new TextEncoder().encode(JSON.stringify(stated));
const INSTALLED = manifest({
	installed: true,
	stamp: 'abc',
	files: Object.entries(FILES).map(([name, { length }]) => ({ name, bytes: length }))
});

/** A site with these files, the addresses that it was asked for, and what was told of the download. */
function site(changed: Readonly<Record<string, Uint8Array | undefined>> = {}) {
	const served: Record<string, Uint8Array | undefined> = {
		[`${ROOT}python/manifest.json`]: INSTALLED,
		...Object.fromEntries(Object.entries(FILES).map(([name, data]) => [FOLDER + name, data])),
		...changed
	};
	const asked: string[] = [];
	const told: { received: number; total: number }[] = [];
	const download = createPythonFiles({
		root: ROOT,
		fetch: async (address) => {
			asked.push(String(address));
			const data = served[String(address)];
			const type = String(address).endsWith('.wasm') ? 'application/wasm' : '';
			return data
				? new Response(data as Uint8Array<ArrayBuffer>, { headers: { 'Content-Type': type } })
				: new Response('no such file', { status: 404 });
		},
		onProgress: (progress) => told.push(progress)
	});
	return { served, asked, told, download };
}

describe('createPythonFiles()', () => {
	it('downloads what an interpreter boots from, once, and compiles its program', async () => {
		const { asked, download } = site();
		expect(asked).toEqual([]);
		const files = await download();
		expect(await download()).toBe(files);
		expect(files.folder).toBe(FOLDER);
		expect(files.program).toBeInstanceOf(WebAssembly.Module);
		expect(files.contents).toEqual({ 'python_stdlib.zip': FILES['python_stdlib.zip'] });
		expect(asked).toHaveLength(4);
		expect(asked).not.toContain(`${FOLDER}flask.zip`);
	});

	it('compiles a program that the host does not declare as one', async () => {
		const wasm = `${FOLDER}pyodide.asm.wasm`;
		const { served } = site();
		const download = createPythonFiles({
			root: ROOT,
			fetch: async (address) => new Response(served[String(address)] as Uint8Array<ArrayBuffer>),
			onProgress() {}
		});
		expect(served[wasm]).toBe(PROGRAM);
		expect((await download()).program).toBeInstanceOf(WebAssembly.Module);
	});

	it('tells how much has come, from nothing to all of it', async () => {
		const { told, download } = site();
		await download();
		expect(told[0]).toEqual({ received: 0, total: FIRST });
		expect(told.at(-1)).toEqual({ received: FIRST, total: FIRST });
		expect(told.map(({ received }) => received)).toEqual(
			told.map(({ received }) => received).toSorted((a, b) => a - b)
		);
	});

	it('reads a package when it is wanted, once', async () => {
		const { asked, download } = site();
		const files = await download();
		expect(await files.read('flask.zip')).toEqual(FILES['flask.zip']);
		await files.read('flask.zip');
		expect(asked.filter((address) => address === `${FOLDER}flask.zip`)).toHaveLength(1);
		await expect(files.read('numpy.zip')).rejects.toThrow('the manifest lists no file numpy.zip');
	});

	it.each([
		[
			'there is no Python',
			{ [`${ROOT}python/manifest.json`]: manifest({ installed: false, reason: 'pip is missing' }) },
			/^Python cannot be started here: pip is missing\. TypeScript runs without it\.$/
		],
		[
			'there is no manifest',
			{ [`${ROOT}python/manifest.json`]: undefined },
			/answers 404 for .*manifest\.json: run npm run python/
		],
		[
			'a page stands in for the manifest',
			{ [`${ROOT}python/manifest.json`]: new TextEncoder().encode('<!doctype html>') },
			/manifest\.json is no list of its files: run npm run python/
		],
		[
			'a file is missing',
			{ [`${FOLDER}python_stdlib.zip`]: undefined },
			/answers 404 for .*abc\/python_stdlib\.zip/
		],
		[
			'a file is cut short',
			{ [`${FOLDER}python_stdlib.zip`]: new Uint8Array(10) },
			/python_stdlib\.zip has 10 bytes instead of 1000: reload the page/
		],
		[
			'the program is another file',
			{ [`${FOLDER}pyodide.asm.wasm`]: new Uint8Array(8) },
			/pyodide\.asm\.wasm cannot be compiled/
		]
	])('says what to do when %s', async (_, changed, message) => {
		await expect(site(changed).download()).rejects.toThrow(message);
	});

	it('tries again what has failed', async () => {
		const { served, download } = site({ [`${FOLDER}python_stdlib.zip`]: undefined });
		await expect(download()).rejects.toThrow('404');
		served[`${FOLDER}python_stdlib.zip`] = FILES['python_stdlib.zip'];
		expect((await download()).folder).toBe(FOLDER);
	});

	it('says that there is no connection', async () => {
		const download = createPythonFiles({
			root: ROOT,
			fetch: () => Promise.reject(new TypeError('Failed to fetch')),
			onProgress() {}
		});
		await expect(download()).rejects.toThrow(/could not be downloaded: check the connection/);
	});
});
