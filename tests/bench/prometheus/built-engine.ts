import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

/** This engine, and what times it. */
export type Engine = typeof import('./ours.ts');

const OUT = fileURLToPath(new URL('../../../node_modules/.cache/promenade/bench', import.meta.url));

/**
 * Builds the engine as the site ships it. What runs TypeScript as it stands gives each closure its name every time one is made, which quick
 * queries would be charged with.
 */
export async function buildEngine(): Promise<Engine> {
	const entry = fileURLToPath(new URL('ours.ts', import.meta.url));
	await build({
		configFile: false,
		logLevel: 'warn',
		build: { outDir: OUT, lib: { entry, formats: ['es'], fileName: 'engine' } }
	});
	return (await import(pathToFileURL(`${OUT}/engine.js`).href)) as Engine;
}
