import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { CreateRunner } from '#engine/lab';
import type { Problem } from '#engine/model';
import type { SourceFiles } from '#engine/sim';
import { createTypeScriptRunner, type LoopWatch } from '#runners/typescript';
import { readText } from './files.ts';
import { inWords } from './in-words.ts';
import { createPythonRunners } from './python.ts';

/** The code that a shop runs. */
export interface App {
	readonly files: SourceFiles;
	/** Gives what makes runners of it; `workers` is how many requests an instance serves at the same time. */
	readonly createRunner: (workers: number) => CreateRunner;
	/** A problem in words; the code runs as app.ts or app.py, but the person knows it by the path that they gave. */
	readonly tell: (problem: Problem) => string;
}

/** Reads the code at a path; by its name it is Python or TypeScript. Throws a UsageError. */
export function openApp(path: string): App {
	const extension = path.endsWith('.py') ? '.py' : '.ts';
	const entry = `app${extension}`;
	const tell = (problem: Problem) =>
		inWords({ ...problem, file: problem.file === entry ? path : problem.file });
	const files = readFiles(path, entry, extension);
	return { files, createRunner: extension === '.py' ? python(tell) : typeScript(tell), tell };
}

/** The code that a world has of its own beside it: in TypeScript, or else in Python. */
export function ownApp(world: string): string {
	const paths = ['app.ts', 'app.py'].map((name) => join(dirname(world), name));
	return paths.find(existsSync) ?? paths[0]!;
}

/** The file, which runs as the entry, and the files of its language beside it, which it may import. */
function readFiles(path: string, entry: string, extension: string): SourceFiles {
	const source = readText(path);
	const beside = readdirSync(dirname(path))
		.filter((file) => file.endsWith(extension) && file !== basename(path) && file !== entry)
		.map((file) => [file, readText(join(dirname(path), file))]);
	return { ...Object.fromEntries(beside), [entry]: source };
}

/** How long one call of Python may take, ms: as in the tab, where slower code has another history. */
const PYTHON_DEADLINE = 3000;

function python(tell: App['tell']): App['createRunner'] {
	return (workers) => {
		const createRunner = createPythonRunners({
			deadline: PYTHON_DEADLINE,
			onStopped: ({ message, place }) => endFor(tell({ message, severity: 'error', ...place }))
		});
		return ({ seed }) => createRunner({ seed, workers });
	};
}

function typeScript(tell: App['tell']): App['createRunner'] {
	return (workers) =>
		({ seed }) =>
			createTypeScriptRunner({ seed, workers, watch: endlessLoops(tell) });
}

/** How long one call of TypeScript may take, ms: far more than any that ends. */
const DEADLINE = 5000;

/** Code runs in this very thread here, so a loop in TypeScript that does not end can only be ended together with the command. */
function endlessLoops(tell: App['tell']): LoopWatch {
	return {
		now: () => performance.now(),
		busyAfter: DEADLINE,
		onBusy({ file, line, column }) {
			const seconds = DEADLINE / 1000;
			const message = `this loop was still running after ${seconds} seconds. Make sure that it comes to an end`;
			endFor(tell({ message, severity: 'error', file, line, column }));
		}
	};
}

/** Code that never ends is nothing to wait for: who asks wants to know at once. */
function endFor(reason: string): never {
	console.error(`lab: ${reason}`);
	process.exit(2);
}
