import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Lab, parseWorld, type World } from '#engine/lab';
import { MINUTE, type Duration, type Problem, type Timestamp } from '#engine/model';
import type { QueryOptions } from '#engine/promql';
import type { SourceFiles } from '#engine/sim';
import { createTypeScriptRunner, type LoopWatch } from '#runners/typescript';
import { configure } from './config-file.ts';
import { readText } from './files.ts';
import { inWords } from './in-words.ts';
import { createProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

const WORLDS = fileURLToPath(new URL('../../lessons/worlds', import.meta.url));

export interface WorldOptions {
	/** A name below lessons/worlds, or the path of a YAML file. */
	readonly world: string;
	readonly app?: string;
	readonly seed: number;
	/** How long it lives, ms. */
	readonly until: number;
	/** The path of the prometheus.yml by which it is scraped; the world's own when left out. */
	readonly config?: string;
	/** When it begins; the world's own moment when left out. */
	readonly start?: Timestamp;
	/** How a query that begins now is evaluated. */
	queryOptions(): QueryOptions;
}

/** A lab that has lived through the given time. */
export async function liveWorld(options: WorldOptions): Promise<Lab> {
	const { world: name, app, seed, until, config, start, queryOptions } = options;
	const path = /\.ya?ml$/.test(name) ? name : join(WORLDS, name, 'world.yaml');
	const read = readWorld(path, name);
	const world = start === undefined ? read : { ...read, start };
	const code = app ?? join(dirname(path), 'app.ts');
	const lab = new Lab({
		world,
		seed,
		queryOptions,
		createRunner: (instance) =>
			createTypeScriptRunner({
				seed: instance.seed,
				workers: world.service.workers,
				watch: endlessLoops(code)
			})
	});
	if (config !== undefined) await configure(lab, config);
	const { problems } = await lab.deploy(readApp(code));
	const error = problems.find(({ severity }) => severity === 'error');
	if (error) throw new UsageError(inWords({ ...error, file: fileOf(error, code) }));
	tell(problems, code);
	await live(lab, until);
	tell(lab.takeLog().problems, code);
	return lab;
}

/** How much is lived before somebody who waits is told how far it is, ms of virtual time. */
const STRETCH = 5 * MINUTE;

async function live(lab: Lab, until: Duration): Promise<void> {
	const { start } = lab.world;
	const progress = createProgress(until);
	for (let lived = 0; lived < until;) {
		lived = Math.min(until, lived + STRETCH);
		await lab.advance(start + lived);
		progress.reached(lived);
	}
	progress.end();
}

function readWorld(path: string, name: string): World {
	const isNamed = path !== name;
	if (isNamed && !worldNames().includes(name)) {
		throw new UsageError(`there is no world "${name}": known are ${worldNames().join(', ')}`);
	}
	const parsed = parseWorld(readText(path));
	if (parsed.ok) return parsed.world;
	const [first] = parsed.problems;
	throw new UsageError(`${path}: ${first ? inWords(first) : 'not a world'}`);
}

function worldNames(): string[] {
	return readdirSync(WORLDS);
}

/** The file, which runs as app.ts, and the TypeScript files beside it, which it may import. */
function readApp(path: string): SourceFiles {
	const source = readText(path);
	const beside = readdirSync(dirname(path))
		.filter((file) => file.endsWith('.ts') && file !== basename(path) && file !== 'app.ts')
		.map((file) => [file, readText(join(dirname(path), file))]);
	return { ...Object.fromEntries(beside), 'app.ts': source };
}

/** How long one call of the code may take, ms: far more than any that ends. */
const DEADLINE = 5000;

/** Code runs in this very thread here, so a loop that does not end can only be ended together with the command. */
function endlessLoops(code: string): LoopWatch {
	return {
		now: () => performance.now(),
		busyAfter: DEADLINE,
		onBusy({ file, line, column }) {
			const place = { message: '', severity: 'error', file, line, column } as const;
			const seconds = DEADLINE / 1000;
			const message = `this loop was still running after ${seconds} seconds. Make sure that it comes to an end`;
			console.error(`lab: ${inWords({ ...place, message, file: fileOf(place, code) })}`);
			process.exit(2);
		}
	};
}

/** Problems that are no reason to stop go to standard error, so that standard output stays JSON. */
function tell(problems: readonly Problem[], code: string): void {
	for (const problem of problems) {
		console.error(`lab: ${inWords({ ...problem, file: fileOf(problem, code) })}`);
	}
}

/** The code runs as app.ts, but the person knows it by the path that they gave. */
function fileOf({ file }: Problem, code: string): string | undefined {
	return file === 'app.ts' ? code : file;
}
