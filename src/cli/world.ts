import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Lab, parseWorld, type World } from '#engine/lab';
import { MINUTE, type Duration, type Problem, type Timestamp } from '#engine/model';
import type { QueryOptions } from '#engine/promql';
import { openApp, ownApp, type App } from './app.ts';
import { configure } from './config-file.ts';
import { readText } from './files.ts';
import { inWords } from './in-words.ts';
import { createProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

const WORLDS = fileURLToPath(new URL('../../lessons/worlds', import.meta.url));

export interface WorldOptions {
	/** A name below lessons/worlds, or the path of a YAML file. */
	readonly world: string;
	/** The path of the code; the world's own when left out. */
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
	const { world: name, seed, until, config, start, queryOptions } = options;
	const path = /\.ya?ml$/.test(name) ? name : join(WORLDS, name, 'world.yaml');
	const read = readWorld(path, name);
	const world = start === undefined ? read : { ...read, start };
	const app = openApp(options.app ?? ownApp(path));
	const lab = new Lab({
		world,
		seed,
		queryOptions,
		createRunner: app.createRunner(world.service.workers)
	});
	if (config !== undefined) await configure(lab, config);
	const { problems } = await lab.deploy(app.files);
	const error = problems.find(({ severity }) => severity === 'error');
	if (error) throw new UsageError(app.tell(error));
	tell(problems, app);
	await live(lab, until);
	tell(lab.takeLog().problems, app);
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

/** Problems that are no reason to stop go to standard error, so that standard output stays JSON. */
function tell(problems: readonly Problem[], app: App): void {
	for (const problem of problems) console.error(`lab: ${app.tell(problem)}`);
}
