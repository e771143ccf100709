import { readFileSync } from 'node:fs';
import { Lab, parseWorld, type World } from '#engine/lab';
import { MINUTE } from '#engine/model';
import type { SourceFiles } from '#engine/sim';
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
	files = shopFiles
}: { world?: World; seed?: number; files?: SourceFiles } = {}): Promise<Lab> {
	const lab = new Lab({
		world,
		seed,
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
