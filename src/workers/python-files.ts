import { PROGRAM } from './hand-out.ts';
import type { PythonDownload } from './protocol.ts';

/** What `python/manifest.json` says, as much of it as is used here: which files there are, or why there are none. */
type Manifest =
	| {
			readonly installed: true;
			/** The folder that the files lie in. */
			readonly stamp: string;
			readonly files: readonly PythonFile[];
	  }
	| { readonly installed: false; readonly reason: string };

interface PythonFile {
	readonly name: string;
	readonly bytes: number;
}

/**
 * Python as the site has it: what any number of interpreters are booted from. Its files are on their way when this is known, so that
 * a thread can begin to boot with what is there first.
 */
export interface PythonFiles {
	/** Address of the folder, with a slash at its end. */
	readonly folder: string;
	/** The interpreter itself. Threads that are handed it share its machine code. */
	readonly program: Promise<WebAssembly.Module>;
	/** Gives a file of the folder. One that not every program needs is downloaded when it is asked for. */
	readonly read: (name: string) => Promise<Uint8Array>;
	/** Done when all is here that an interpreter boots from. Fails with an error whose message is for people. */
	readonly complete: Promise<void>;
}

export interface PythonFilesOptions {
	/** Where the site begins, with a slash at its end. */
	readonly root: string;
	readonly fetch: typeof fetch;
	readonly onProgress: (download: PythonDownload) => void;
}

/** Packages that a program may do without. */
const LATER = /^(flask|jedi)\.zip$/;

const OTHERWISE = 'TypeScript runs without it';

/**
 * Downloads Python the first time it is wanted, and gives the same from then on. What failed is tried again when it is wanted again.
 * The call fails with an error whose message is for people.
 */
export function createPythonFiles(options: PythonFilesOptions): () => Promise<PythonFiles> {
	return onceDone(
		() => find(options),
		({ complete }) => complete
	);
}

async function find({ root, fetch, onProgress }: PythonFilesOptions): Promise<PythonFiles> {
	const { stamp, files } = await readManifest(`${root}python/manifest.json`, fetch);
	const folder = `${root}python/${stamp}/`;
	const first = files.filter(({ name }) => !LATER.test(name));
	const total = first.reduce((sum, { bytes }) => sum + bytes, 0);
	const counter = createCounter(total, onProgress);
	const bytesOf = (wanted: string) => first.find(({ name }) => name === wanted)?.bytes ?? 0;
	const compiling = compile(`${folder}${PROGRAM}`, fetch, counter.upTo(bytesOf(PROGRAM)));
	const program = compiling.then(({ module }) => module);
	const contents = readers(files, ({ name, bytes }) =>
		download(`${folder}${name}`, bytes, fetch, LATER.test(name) ? () => {} : counter.upTo(bytes))
	);
	const here = first.map(({ name }) => contents.get(name)?.());
	const counted = compiling.then((it) => it.counted);
	const complete = Promise.all([program, counted, ...here]).then(() => {});
	complete.catch(counter.stop);
	// Whoever waits for a part hears of its failure; one that nobody waits for is told by `complete`.
	for (const part of [program, complete]) part.catch(() => {});
	return {
		folder,
		program,
		complete,
		async read(name) {
			const file = contents.get(name);
			if (!file) throw new Error(`the manifest lists no file ${name}`);
			return file();
		}
	};
}

/** What gives each file but the program. All that is not for later is on its way at once. */
function readers(
	files: readonly PythonFile[],
	get: (file: PythonFile) => Promise<Uint8Array>
): ReadonlyMap<string, () => Promise<Uint8Array>> {
	return new Map(
		files
			.filter(({ name }) => name !== PROGRAM)
			.map((file) => [
				file.name,
				LATER.test(file.name) ? onceDone(() => get(file)) : always(get(file))
			])
	);
}

async function readManifest(url: string, fetch: PythonFilesOptions['fetch']) {
	const response = await request(url, fetch);
	let manifest: Manifest;
	try {
		manifest = await response.json();
	} catch {
		throw unable(`${url} is no list of its files: run npm run python, and build the site again`);
	}
	if (!manifest.installed)
		throw unable(`it is not installed on this site, because ${manifest.reason}`);
	return manifest;
}

/** @throws what people are told when there is no such file, or no network */
async function request(url: string, fetch: PythonFilesOptions['fetch']): Promise<Response> {
	let response: Response;
	try {
		response = await fetch(url);
	} catch {
		throw unable(`${url} could not be downloaded: check the connection, and press Run again`);
	}
	if (!response.ok) {
		throw unable(
			`it is not installed on this site, which answers ${response.status} for ${url}. Where the site is made, run npm run python, and build it again`
		);
	}
	return response;
}

/** `counted` hears of each piece that arrives. */
async function download(
	url: string,
	bytes: number,
	fetch: PythonFilesOptions['fetch'],
	counted: (bytes: number) => void
): Promise<Uint8Array> {
	const { body } = await request(url, fetch);
	const data = new Uint8Array(bytes);
	let length = 0;
	try {
		await eachPiece(body, (piece) => {
			if (length < bytes) data.set(piece.subarray(0, bytes - length), length);
			length += piece.length;
			counted(piece.length);
		});
	} catch {
		throw unable(`the download of ${url} broke off: check the connection, and press Run again`);
	}
	if (length !== bytes) {
		throw unable(`${url} has ${length} bytes instead of ${bytes}: reload the page`);
	}
	return data;
}

/**
 * Compiles the program while it arrives, where the host says what it is. A browser keeps the machine code for the next visit only with
 * the response as the host sent it, and that spares half of the time that the first interpreter takes; so pieces are counted in a copy.
 */
async function compile(
	url: string,
	fetch: PythonFilesOptions['fetch'],
	count: (bytes: number) => void
): Promise<{ readonly module: WebAssembly.Module; readonly counted: Promise<void> }> {
	const response = await request(url, fetch);
	// That it broke off is said by the compilation.
	const counted = eachPiece(response.clone().body, ({ length }) => count(length)).catch(() => {});
	const isDeclared = response.headers.get('Content-Type') === 'application/wasm';
	try {
		const module = isDeclared
			? await WebAssembly.compileStreaming(response)
			: await WebAssembly.compile(await response.arrayBuffer());
		return { module, counted };
	} catch {
		throw unable(`${url} cannot be compiled, or broke off: reload the page`);
	}
}

async function eachPiece(
	body: ReadableStream<Uint8Array> | null,
	take: (piece: Uint8Array) => void
): Promise<void> {
	const reader = body?.getReader();
	for (;;) {
		const piece = await reader?.read();
		if (!piece || piece.done) return;
		take(piece.value);
	}
}

/** Tells at the beginning, at the end, and after each hundredth: pieces are many when they come from a cache. */
function createCounter(total: number, onProgress: PythonFilesOptions['onProgress']) {
	let received = 0;
	let told = 0;
	let isStopped = false;
	onProgress({ received, total });
	const count = (bytes: number): void => {
		received += bytes;
		if (isStopped || (received !== total && received - told < total / 100)) return;
		told = received;
		onProgress({ received, total });
	};
	return {
		/** Counts the pieces of a file, and no more of them than there should be. */
		upTo(bytes: number): (piece: number) => void {
			let left = bytes;
			return (piece) => {
				const counted = Math.min(piece, left);
				left -= counted;
				if (counted > 0) count(counted);
			};
		},
		/** What goes on arriving of a try that has failed is told to nobody: there may be another. */
		stop(): void {
			isStopped = true;
		}
	};
}

function unable(reason: string): Error {
	return new Error(`Python cannot be started here: ${reason}. ${OTHERWISE}.`);
}

/** A failure is for those who ask for the result, and not for nobody. */
function always<Result>(result: Promise<Result>): () => Promise<Result> {
	result.catch(() => {});
	return () => result;
}

/** Gives the same result from then on. A failure is not kept, be it of the work or of what is `still` going on after it. */
function onceDone<Result>(
	work: () => Promise<Result>,
	still: (result: Result) => Promise<unknown> = async () => {}
): () => Promise<Result> {
	let done: Promise<Result> | undefined;
	return () => {
		if (done) return done;
		const doing = work();
		doing.then(still).catch(() => {
			if (done === doing) done = undefined;
		});
		return (done = doing);
	};
}
