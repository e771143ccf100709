import { readFileSync } from 'node:fs';
import { Lab, parseWorld, type CreateRunner, type World } from '#engine/lab';
import { MINUTE, type Timestamp } from '#engine/model';
import type {
	ExposedPage,
	Handled,
	LoadResult,
	Runner,
	SimRequest,
	SourceFiles
} from '#engine/sim';
import { createTypeScriptRunner } from '#runners/typescript';

const folder = new URL('../../../lessons/worlds/shop/', import.meta.url);

export const shopFiles: SourceFiles = {
	'app.ts': readFileSync(new URL('app.ts', folder), 'utf8')
};

/** The world that the sandbox starts from: two instances, 50 requests a second. */
export function shopWorld(): World {
	const parsed = parseWorld(readFileSync(new URL('world.yaml', folder), 'utf8'));
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
	return parsed.world;
}

/** A lab with the code deployed, at the beginning of time. */
export async function startShop({
	world = shopWorld(),
	seed = 1,
	files = shopFiles,
	retention
}: {
	world?: World;
	seed?: number;
	files?: SourceFiles;
	retention?: number;
} = {}): Promise<Lab> {
	const lab = new Lab({
		world,
		seed,
		retention,
		createRunner: (instance) =>
			createTypeScriptRunner({ seed: instance.seed, workers: world.service.workers })
	});
	const { problems } = await lab.deploy(files);
	if (problems.length > 0) throw new Error(JSON.stringify(problems));
	return lab;
}

/** A shop that has been open for this many minutes. */
export async function shopAfter(minutes: number, options: Parameters<typeof startShop>[0] = {}) {
	const lab = await startShop(options);
	await lab.advance(lab.world.start + minutes * MINUTE);
	return lab;
}

/** The values of an instant query at a moment, the present one by default. */
export async function valuesOf(lab: Lab, query: string, time = lab.now): Promise<number[]> {
	const answer = await lab.api.query({ query, time: String(time / 1000) });
	if (answer.status === 'error') throw new Error(answer.error);
	if (answer.data.type !== 'vector') throw new Error(`not a vector: ${answer.data.type}`);
	return answer.data.samples.map(({ value }) => value);
}

/** Calls that something else than the code of the shop answers. */
export interface Answers {
	load?(files: SourceFiles, at: Timestamp, runner: Runner): Promise<LoadResult>;
	handle?(requests: readonly SimRequest[], until: Timestamp, runner: Runner): Promise<Handled>;
	scrape?(accept: string, runner: Runner): Promise<ExposedPage>;
	dispose?(): void;
}

/** Runners of which the nth (from 0) answers some calls in its own way, and how many of them there are. */
export function watchedRunners(answersOf: (n: number) => Answers = () => ({})) {
	let made = 0;
	const alive = new Set<Runner>();
	const createRunner: CreateRunner = ({ seed }) => {
		const runner = createTypeScriptRunner({ seed, workers: 32 });
		const answers = answersOf(made++);
		alive.add(runner);
		return {
			load: (files, at) => answers.load?.(files, at, runner) ?? runner.load(files, at),
			handle: (requests, until) =>
				answers.handle?.(requests, until, runner) ?? runner.handle(requests, until),
			scrape: (accept) => answers.scrape?.(accept, runner) ?? runner.scrape(accept),
			dispose() {
				runner.dispose();
				alive.delete(runner);
				answers.dispose?.();
			}
		};
	};
	return { createRunner, made: () => made, alive: () => alive.size };
}
