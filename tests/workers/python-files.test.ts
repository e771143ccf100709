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

/** A site with these files, which come in pieces of so many bytes, the addresses that it was asked for, and what was told of the download. */
function site(changed: Readonly<Record<string, Uint8Array | undefined>> = {}, piece?: number) {
	const served: Record<string, Uint8Array | undefined> = {
		[`${ROOT}python/manifest.json`]: INSTALLED,
		...Object.fromEntries(Object.entries(FILES).map(([name, data]) => [FOLDER + name, data])),
		...changed
	};
	/** What is answered in place of a file. */
	const answers: Record<string, Response> = {};
	const asked: string[] = [];
	const told: { received: number; total: number }[] = [];
	const find = createPythonFiles({
		root: ROOT,
		fetch: async (address) => {
			asked.push(String(address));
			const data = served[String(address)];
			const type = String(address).endsWith('.wasm') ? 'application/wasm' : '';
			return data
				? (answers[String(address)] ??
						new Response(inPieces(data, piece), { headers: { 'Content-Type': type } }))
				: new Response('no such file', { status: 404 });
		},
		onProgress: (progress) => told.push(progress)
	});
	return { served, answers, asked, told, find, download: () => whole(find) };
}

function inPieces(data: Uint8Array, piece = data.length): ReadableStream<Uint8Array<ArrayBuffer>> {
	return new ReadableStream({
		start(controller) {
			for (let at = 0; at < data.length; at += piece) {
				controller.enqueue(data.slice(at, at + piece) as Uint8Array<ArrayBuffer>);
			}
			controller.close();
		}
	});
}

/** All that an interpreter boots from. */
async function whole(find: ReturnType<typeof createPythonFiles>) {
	const files = await find();
	await files.complete;
	return files;
}

describe('createPythonFiles()', () => {
	it('downloads what an interpreter boots from, once, and compiles its program', async () => {
		const { asked, find, download } = site();
		expect(asked).toEqual([]);
		const files = await download();
		expect(await find()).toBe(files);
		expect(files.folder).toBe(FOLDER);
		expect(await files.program).toBeInstanceOf(WebAssembly.Module);
		expect(await files.read('python_stdlib.zip')).toEqual(FILES['python_stdlib.zip']);
		expect(asked).toHaveLength(4);
		expect(asked).not.toContain(`${FOLDER}flask.zip`);
	});

	it('compiles a program that the host does not declare as one', async () => {
		const wasm = `${FOLDER}pyodide.asm.wasm`;
		const { served } = site();
		const find = createPythonFiles({
			root: ROOT,
			fetch: async (address) => new Response(served[String(address)] as Uint8Array<ArrayBuffer>),
			onProgress() {}
		});
		expect(served[wasm]).toBe(PROGRAM);
		expect(await (await whole(find)).program).toBeInstanceOf(WebAssembly.Module);
	});

	it('compiles the program from the response as the host sent it', async () => {
		const compiled: Response[] = [];
		const sent: Response[] = [];
		const { compileStreaming } = WebAssembly;
		WebAssembly.compileStreaming = async (response) => {
			compiled.push(await response);
			return compileStreaming(response);
		};
		try {
			const { served } = site();
			const find = createPythonFiles({
				root: ROOT,
				fetch: async (address) => {
					const headers = { 'Content-Type': 'application/wasm' };
					const data = served[String(address)] as Uint8Array<ArrayBuffer>;
					const response = new Response(data, { headers });
					if (data === PROGRAM) sent.push(response);
					return response;
				},
				onProgress() {}
			});
			await whole(find);
		} finally {
			WebAssembly.compileStreaming = compileStreaming;
		}
		expect(compiled).toHaveLength(1);
		expect(compiled[0]).toBe(sent[0]);
	});

	it('is known before its files are here', async () => {
		const { served } = site();
		let deliver = () => {};
		const delivered = new Promise<void>((resolve) => (deliver = resolve));
		const find = createPythonFiles({
			root: ROOT,
			fetch: async (address) => {
				if (String(address).endsWith('.zip')) await delivered;
				const headers = { 'Content-Type': 'application/wasm' };
				return new Response(served[String(address)] as Uint8Array<ArrayBuffer>, { headers });
			},
			onProgress() {}
		});
		const files = await find();
		expect(await files.program).toBeInstanceOf(WebAssembly.Module);
		let isComplete = false;
		void files.complete.then(() => (isComplete = true));
		await files.read('pyodide.mjs');
		expect(isComplete).toBe(false);
		deliver();
		await files.complete;
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

	it('tells of a file in many pieces about a hundred times', async () => {
		const listed = { installed: true, stamp: 'abc', files: [{ name: 'a.zip', bytes: 50_000 }] };
		const program = { name: 'pyodide.asm.wasm', bytes: PROGRAM.length };
		const served: Readonly<Record<string, () => BodyInit>> = {
			[`${ROOT}python/manifest.json`]: () =>
				JSON.stringify({ ...listed, files: [...listed.files, program] }),
			[`${FOLDER}a.zip`]: () => inPieces(new Uint8Array(50_000), 10),
			[`${FOLDER}pyodide.asm.wasm`]: () => PROGRAM as Uint8Array<ArrayBuffer>
		};
		const told: number[] = [];
		const files = await createPythonFiles({
			root: ROOT,
			fetch: async (address) => new Response(served[String(address)]?.()),
			onProgress: ({ received }) => told.push(received)
		})();
		await files.complete;
		expect(told.at(-1)).toBe(50_008);
		expect(told.length).toBeGreaterThan(50);
		expect(told.length).toBeLessThan(105);
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
			/^Python cannot be started here: it is not installed on this site, because pip is missing\. TypeScript runs without it\.$/
		],
		[
			'there is no manifest',
			{ [`${ROOT}python/manifest.json`]: undefined },
			/: it is not installed on this site, which answers 404 for .*manifest\.json\. Where the site is made, run npm run python/
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

	it.each([
		['a file', 'python_stdlib.zip', 'has 1014 bytes instead of 1000: reload the page'],
		['a package', 'flask.zip', 'has 314 bytes instead of 300: reload the page']
	])('says how long %s is that is longer than it should be', async (_, name, message) => {
		const longer = new Uint8Array((FILES[name]?.length ?? 0) + 14);
		const { told, find } = site({ [FOLDER + name]: longer }, 5);
		const reading = find().then(({ read }) => read(name));
		await expect(reading).rejects.toThrow(message);
		expect(Math.max(...told.map(({ received }) => received))).toBeLessThanOrEqual(FIRST);
	});

	it('counts no more of the program than there should be', async () => {
		// With a section that has no meaning, which is no mistake.
		const longer = new Uint8Array([...PROGRAM, 0, 1, 0]);
		const { told, download } = site({ [`${FOLDER}pyodide.asm.wasm`]: longer });
		await download();
		expect(told.at(-1)).toEqual({ received: FIRST, total: FIRST });
		expect(Math.max(...told.map(({ received }) => received))).toBe(FIRST);
	});

	it('counts nothing of a try that has failed', async () => {
		let deliver = () => {};
		const delivered = new Promise<void>((resolve) => (deliver = resolve));
		let pulls = 0;
		const slow = new ReadableStream<Uint8Array<ArrayBuffer>>(
			{
				async pull(controller) {
					pulls++;
					await delivered;
					controller.enqueue(new Uint8Array(20));
					if (pulls === 2) controller.close();
				}
			},
			{ highWaterMark: 0 }
		);
		const { served, told, download, answers } = site({
			[`${FOLDER}python_stdlib.zip`]: undefined
		});
		answers[`${FOLDER}pyodide.mjs`] = new Response(slow);
		await expect(download()).rejects.toThrow('404');
		served[`${FOLDER}python_stdlib.zip`] = FILES['python_stdlib.zip'];
		delete answers[`${FOLDER}pyodide.mjs`];
		await download();
		const counted = told.length;
		deliver();
		await expect.poll(() => pulls).toBe(2);
		await new Promise((resolve) => setImmediate(resolve));
		expect(told.slice(counted)).toEqual([]);
	});

	it('tries again what has failed', async () => {
		const { served, download } = site({ [`${FOLDER}python_stdlib.zip`]: undefined });
		await expect(download()).rejects.toThrow('404');
		served[`${FOLDER}python_stdlib.zip`] = FILES['python_stdlib.zip'];
		expect((await download()).folder).toBe(FOLDER);
	});

	it('says that there is no connection', async () => {
		const find = createPythonFiles({
			root: ROOT,
			fetch: () => Promise.reject(new TypeError('Failed to fetch')),
			onProgress() {}
		});
		await expect(find()).rejects.toThrow(/could not be downloaded: check the connection/);
	});
});
