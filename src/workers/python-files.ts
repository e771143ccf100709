import type { PythonDownload } from './protocol.ts';

/** What `python/manifest.json` says, as much of it as is used here: which files there are, or why there are none. */
type Manifest =
	| {
			readonly installed: true;
			/** The folder that the files lie in. */
			readonly stamp: string;
			readonly files: readonly { readonly name: string; readonly bytes: number }[];
	  }
	| { readonly installed: false; readonly reason: string };

/** Python as the site has it, downloaded and compiled: what any number of interpreters are booted from. */
export interface PythonFiles {
	/** Address of the folder, with a slash at its end. */
	readonly folder: string;
	/** The interpreter itself. Threads that are handed it share its machine code. */
	readonly program: WebAssembly.Module;
	/** What else is read while an interpreter boots, by name. */
	readonly contents: Readonly<Record<string, Uint8Array>>;
	/** A file that not every program needs, downloaded when it is asked for. */
	readonly read: (name: string) => Promise<Uint8Array>;
}

export interface PythonFilesOptions {
	/** Where the site begins, with a slash at its end. */
	readonly root: string;
	readonly fetch: typeof fetch;
	readonly onProgress: (download: PythonDownload) => void;
}

const PROGRAM = 'pyodide.asm.wasm';
/** Modules that a thread imports by their address. They are downloaded to be at hand, and because they count. */
const MODULES = /\.mjs$/;
/** Packages that a program may do without. */
const LATER = /^(flask|jedi)\.zip$/;

const OTHERWISE = 'TypeScript runs without it';

/**
 * Downloads Python the first time it is wanted, and gives the same from then on. What failed is tried again when it is wanted again.
 * The call fails with an error whose message is for people.
 */
export function createPythonFiles(options: PythonFilesOptions): () => Promise<PythonFiles> {
	return onceDone(() => download(options));
}

async function download({ root, fetch, onProgress }: PythonFilesOptions): Promise<PythonFiles> {
	const { stamp, files } = await readManifest(`${root}python/manifest.json`, fetch);
	const folder = `${root}python/${stamp}/`;
	const first = files.filter(({ name }) => !LATER.test(name));
	const total = first.reduce((sum, { bytes }) => sum + bytes, 0);
	let received = 0;
	const count = (bytes: number) => onProgress({ received: (received += bytes), total });
	count(0);
	const get = (name: string, counted: (bytes: number) => void) =>
		request(`${folder}${name}`, fetch, counted);
	const program = get(PROGRAM, count).then((response) => compile(response, folder));
	const contents: Record<string, Uint8Array> = {};
	const others = first.map(async ({ name, bytes }) => {
		if (name === PROGRAM) return;
		const data = await bytesOf(await get(name, count), `${folder}${name}`, bytes);
		if (!MODULES.test(name)) contents[name] = data;
	});
	await Promise.all([program, ...others]);
	const later = new Map(
		files
			.filter(({ name }) => LATER.test(name))
			.map(({ name, bytes }) => [
				name,
				onceDone(async () => bytesOf(await get(name, () => {}), `${folder}${name}`, bytes))
			])
	);
	return {
		folder,
		program: await program,
		contents,
		async read(name) {
			const file = contents[name] ?? (await later.get(name)?.());
			if (!file) throw new Error(`the manifest lists no file ${name}`);
			return file;
		}
	};
}

async function readManifest(url: string, fetch: PythonFilesOptions['fetch']) {
	const response = await request(url, fetch, () => {});
	let manifest: Manifest;
	try {
		manifest = await response.json();
	} catch {
		throw unable(`${url} is no list of its files: run npm run python, and build the site again`);
	}
	if (!manifest.installed) throw unable(manifest.reason);
	return manifest;
}

/** @throws what people are told when there is no such file, or no network. `counted` hears of each piece that arrives. */
async function request(
	url: string,
	fetch: PythonFilesOptions['fetch'],
	counted: (bytes: number) => void
): Promise<Response> {
	let response: Response;
	try {
		response = await fetch(url);
	} catch {
		throw unable(`${url} could not be downloaded: check the connection, and press Run again`);
	}
	const { ok, status, headers, body } = response;
	if (!ok) {
		throw unable(`the site answers ${status} for ${url}: run npm run python, and build it again`);
	}
	const pieces = new TransformStream<Uint8Array, Uint8Array>({
		transform(piece, controller) {
			counted(piece.length);
			controller.enqueue(piece);
		}
	});
	const type = headers.get('Content-Type') ?? '';
	return new Response(body?.pipeThrough(pieces), { headers: { 'Content-Type': type } });
}

async function bytesOf(response: Response, url: string, bytes: number): Promise<Uint8Array> {
	let data: Uint8Array;
	try {
		data = new Uint8Array(await response.arrayBuffer());
	} catch {
		throw unable(`the download of ${url} broke off: check the connection, and press Run again`);
	}
	if (data.length !== bytes) {
		throw unable(`${url} has ${data.length} bytes instead of ${bytes}: reload the page`);
	}
	return data;
}

async function compile(response: Response, folder: string): Promise<WebAssembly.Module> {
	// Compiled while it arrives, where the host says what it is.
	const isDeclared = response.headers.get('Content-Type') === 'application/wasm';
	try {
		if (isDeclared) return await WebAssembly.compileStreaming(response);
		return await WebAssembly.compile(await response.arrayBuffer());
	} catch {
		throw unable(`${folder}${PROGRAM} cannot be compiled, or broke off: reload the page`);
	}
}

function unable(reason: string): Error {
	return new Error(`Python cannot be started here: ${reason}. ${OTHERWISE}.`);
}

/** Gives the same result from then on; a failure is not kept. */
function onceDone<Result>(work: () => Promise<Result>): () => Promise<Result> {
	let done: Promise<Result> | undefined;
	return () => {
		done ??= work().catch((error: unknown) => {
			done = undefined;
			throw error;
		});
		return done;
	};
}
