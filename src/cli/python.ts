import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { RunnerFailure, type MetricsTarget, type Runner } from '#engine/sim';
import {
	createPythonRunner,
	loadInterpreter,
	type Interpreter,
	type PythonRunner,
	type PythonRunnerOptions
} from '#runners/python';
import { UsageError } from './usage-error.ts';

/** Where `scripts/python` puts the interpreter. */
const INSTALLED = fileURLToPath(new URL('../../static/python', import.meta.url));
/** No bundler puts the texts of the bridge in here. */
const BRIDGE = fileURLToPath(new URL('../runners/python/bridge', import.meta.url));

const WAY_OUT = 'bring it with npm run python, or give --app a .ts file';

/** What `manifest.json` says, as much of it as is used here. */
type Manifest =
	| { readonly installed: true; readonly stamp: string }
	| { readonly installed: false; readonly reason: string };

export interface PythonOptions {
	/** How long one call of the code may take, ms. */
	readonly deadline: number;
	/** Told when a program that was loaded took longer, and where it was. */
	readonly onStopped: (failure: RunnerFailure) => void;
	/** The folder of the install. */
	readonly installed?: string;
}

type Settings = Pick<PythonRunnerOptions, 'seed' | 'workers' | 'watch'>;

/**
 * Makes runners of Python, each in an interpreter of its own, so that a crash in one instance is no other's. An interpreter whose
 * instance is gone is used again, unless something went wrong in it. Throws a UsageError where Python is not installed.
 */
export function createPythonRunners({
	deadline,
	onStopped,
	installed = INSTALLED
}: PythonOptions): (settings: Omit<Settings, 'watch'>) => Runner {
	const folder = folderOf(installed);
	const idle: Interpreter[] = [];
	const watch = { now: () => performance.now(), deadline };
	return (settings) =>
		createOwnRunner(
			{ ...settings, watch },
			{
				take: async () => idle.pop() ?? (await boot(folder)),
				giveBack: (interpreter) => idle.push(interpreter),
				onStopped
			}
		);
}

interface Surroundings extends Pick<PythonOptions, 'onStopped'> {
	readonly take: () => Promise<Interpreter>;
	readonly giveBack: (interpreter: Interpreter) => void;
}

function createOwnRunner(settings: Settings, { take, giveBack, onStopped }: Surroundings): Runner {
	let interpreter: Interpreter | undefined;
	let runner: PythonRunner | undefined;
	/** As far as the last answer told: an interpreter that has crashed cannot be asked. */
	let targets: readonly MetricsTarget[] | undefined;
	let hasFailed = false;
	let isDisposed = false;

	async function call<Result>(work: (runner: PythonRunner) => Promise<Result>): Promise<Result> {
		if (!runner) throw new Error('no program is loaded');
		try {
			const result = await work(runner);
			targets = runner.targets();
			return result;
		} catch (error) {
			hasFailed = true;
			const isEndless = error instanceof RunnerFailure && error.reason === 'deadline';
			if (isEndless && targets) onStopped(error);
			throw error;
		}
	}

	return {
		async load(files, at) {
			const taken = await take();
			if (isDisposed) {
				giveBack(taken);
				throw new Error('loading the code: the runner was disposed of');
			}
			interpreter = taken;
			runner = createPythonRunner({ ...settings, interpreter });
			return call((loading) => loading.load(files, at));
		},
		handle: (requests, until) => call((running) => running.handle(requests, until)),
		scrape: (accept, target) => call((running) => running.scrape(accept, target)),
		targets: () => targets,
		dispose() {
			isDisposed = true;
			runner?.dispose();
			if (interpreter && !hasFailed) giveBack(interpreter);
			runner = interpreter = undefined;
		}
	};
}

function folderOf(installed: string): string {
	const manifest = readManifest(join(installed, 'manifest.json'));
	if (manifest?.installed) return join(installed, manifest.stamp);
	const reason = manifest?.reason ?? 'it was never brought here';
	throw new UsageError(`Python is not installed (${reason}): ${WAY_OUT}`);
}

function readManifest(path: string): Manifest | undefined {
	try {
		return JSON.parse(readFileSync(path, 'utf8'));
	} catch {
		return undefined;
	}
}

async function boot(folder: string): Promise<Interpreter> {
	try {
		const { loadPyodide } = await import(pathToFileURL(join(folder, 'pyodide.mjs')).href);
		return await loadInterpreter({
			loadPyodide,
			indexURL: `${folder}/`,
			fetchFile: async (name) => new Uint8Array(readFileSync(join(folder, name))),
			bridge: readBridge()
		});
	} catch (error) {
		const [reason] = String(error instanceof Error ? error.message : error).split('\n');
		throw new UsageError(`Python does not start (${reason}): ${WAY_OUT}`);
	}
}

function readBridge(): Record<string, string> {
	const files = readdirSync(BRIDGE).filter((file) => file.endsWith('.py'));
	return Object.fromEntries(
		files.map((file) => [basename(file, '.py'), readFileSync(join(BRIDGE, file), 'utf8')])
	);
}
