import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadInterpreter, type Interpreter } from '#runners/python';
import { TARGET } from '../../scripts/python/install.ts';
import { readManifest } from '../../scripts/python/manifest.ts';
import { BRIDGE } from '../../src/runners/python/bridge-texts.ts';

const manifest = readManifest(TARGET);

/** Why there is no Python on this machine; empty where there is. */
export const missingPython = manifest?.installed
	? ''
	: (manifest?.reason ?? 'it was never installed');

/** A `describe` title that says why the tests are skipped, when they are. */
export function titled(title: string): string {
	return missingPython ? `${title} (skipped: ${missingPython})` : title;
}

/** Boots the installed interpreter: about a second. */
export async function bootPython(): Promise<Interpreter> {
	if (!manifest?.installed) throw new Error(missingPython);
	const folder = join(TARGET, manifest.stamp);
	const { loadPyodide } = await import(pathToFileURL(join(folder, 'pyodide.mjs')).href);
	return loadInterpreter({
		loadPyodide,
		indexURL: `${folder}/`,
		fetchFile: async (name) => new Uint8Array(readFileSync(join(folder, name))),
		bridge: BRIDGE
	});
}
