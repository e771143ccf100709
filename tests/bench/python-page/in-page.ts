import { transfer, wrap } from 'comlink';
import type { SimRequest } from '#engine/sim';
import { openFilePort } from '../../../src/workers/file-port.ts';
import type { PythonThread } from '../../../src/workers/python.worker.ts';
import { createPythonFiles, type PythonFiles } from '../../../src/workers/python-files.ts';

/** What a fresh tab takes until Python has served, ms. */
export interface PythonTimes {
	/** Files from the cache, the program compiled, the thread, and the interpreter in it. */
	readonly ready: number;
	/** Of that, until all files were there. */
	readonly files: number;
	/** Another interpreter beside the first, from the same files. */
	readonly second: number;
	/** A program that imports prometheus_client, beyond one that imports nothing. */
	readonly client: number;
	/** All requests. */
	readonly requests: number;
}

const EMPTY = 'def handle(request):\n    return 200\n';
const APP = `from prometheus_client import Counter, Histogram

requests = Counter("http_requests_total", "Requests.", ["method", "endpoint", "status"])
duration = Histogram("http_request_duration_seconds", "Durations.", ["endpoint"])

def handle(request):
    with duration.labels(request.endpoint).time():
        status = process_request(request)
    requests.labels(request.method, request.endpoint, status).inc()
    return status
`;

const START = 1_000_000;
const ROUTES = ['/api/products', '/api/products/{id}', '/api/orders', '/api/orders/{id}'];
/** As the lab lives: stretches of 5 s with 50 requests a second. */
const STRETCH = 5_000;
const PER_STRETCH = 250;

async function timePython(root: string, count: number): Promise<PythonTimes> {
	const timer = createTimer();
	const from = performance.now();
	const python = await createPythonFiles({
		root,
		fetch: (address) => fetch(address),
		onProgress() {}
	})();
	const complete = python.complete.then(() => performance.now() - from);
	const { worker, thread } = await boot(python);
	const ready = timer();
	const files = await complete;
	const another = await boot(python);
	const second = timer();
	another.worker.terminate();
	const load = async (code: string) => {
		await thread.create({ seed: 1, workers: 32 });
		const loaded = await thread.load({ 'app.py': code }, START);
		if ('failure' in loaded || loaded.problems.length > 0) throw new Error(JSON.stringify(loaded));
		return timer();
	};
	const empty = await load(EMPTY);
	const client = (await load(APP)) - empty;
	for (let done = 0; done < count; done += PER_STRETCH) await live(thread, done);
	const requests = timer();
	worker.terminate();
	return { ready, files, second, client, requests };
}

/** What any page does that has Pyodide and nothing else: the same files, in a worker. */
async function timePlain(folder: string): Promise<number> {
	const timer = createTimer();
	const worker = new Worker(new URL('plain-worker.ts', import.meta.url), { type: 'module' });
	await new Promise((resolve) => {
		worker.onmessage = resolve;
		worker.postMessage(folder);
	});
	const ready = timer();
	worker.terminate();
	return ready;
}

async function boot(files: PythonFiles) {
	const worker = new Worker(new URL('../../../src/workers/python.worker.ts', import.meta.url), {
		type: 'module'
	});
	const thread = wrap<PythonThread>(worker);
	const port = openFilePort(files);
	await thread.boot(files.folder, transfer(port, [port]));
	return { worker, thread };
}

async function live(thread: PythonRemote, done: number): Promise<void> {
	const from = START + (done / PER_STRETCH) * STRETCH;
	const requests = Array.from({ length: PER_STRETCH }, (_, i) =>
		request(done + i, from + (i * STRETCH) / PER_STRETCH)
	);
	const handled = await thread.handle(requests, from + STRETCH);
	if ('failure' in handled) throw new Error(handled.failure.message);
}

type PythonRemote = ReturnType<typeof wrap<PythonThread>>;

function request(id: number, at: number): SimRequest {
	const endpoint = ROUTES[id % ROUTES.length] as string;
	const work = 20 + (id % 97);
	return {
		id,
		at,
		method: 'GET',
		path: endpoint,
		endpoint,
		user: 1,
		work,
		outcome: { status: 200 }
	};
}

/** Gives the time since it was last asked, ms. */
function createTimer(): () => number {
	let last = performance.now();
	return () => {
		const now = performance.now();
		const elapsed = now - last;
		last = now;
		return elapsed;
	};
}

Object.assign(globalThis, { timePython, timePlain });
