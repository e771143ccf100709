import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.ts';

const WORLD = fileURLToPath(
	new URL('../../lessons/worlds/cardinality/world.yaml', import.meta.url)
);
/** What the thread of the lab may take, MB: the tab must never be the one that runs out. */
const MOST_MEMORY = 400;

/**
 * Prints what the cardinality lab takes from nothing to as many live series as it lets a tab have, each figure beside its limit. Frames a
 * second are counted in Chromium, by `tests/e2e/lab-cardinality.spec.ts`.
 */
export async function benchCardinality(): Promise<void> {
	const program = await bundle(new URL('cardinality-process.ts', import.meta.url), 'cardinality');
	const { status } = spawnSync(
		process.execPath,
		['--expose-gc', '--max-semi-space-size=4', program, WORLD, String(MOST_MEMORY)],
		{ stdio: ['ignore', 'inherit', 'inherit'] }
	);
	if (status !== 0) throw new Error(`the cardinality lab ended with ${status}`);
}
