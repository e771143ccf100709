import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { downloadWheels } from './download.ts';
import {
	isInstalled,
	readManifest,
	writeManifest,
	type Manifest,
	type NoPython,
	type PythonFile
} from './manifest.ts';
import { InstallProblem } from './problem.ts';
import { findPyodide, RUNTIME_FILES, type PyodidePackage } from './pyodide.ts';
import { repackArchives } from './repack.ts';
import { brotliSize, type NamedBytes } from './sizes.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const REQUIREMENTS = join(HERE, 'requirements.txt');
const CACHE = join(HERE, '../../node_modules/.cache/promenade/python');

/** Where the files are served from, as `/python/`. */
export const TARGET = join(HERE, '../../static/python');

/**
 * Makes the files that the browser starts Python from, and their manifest. What is there already is not made again. What
 * this machine cannot do is said in the manifest, and is no error: all but Python in the tab works without it.
 */
export async function install(target: string): Promise<Manifest> {
	try {
		const pyodide = findPyodide();
		const stamp = stampOf(pyodide);
		if (!isInstalled(target, stamp)) await installFresh(target, stamp, pyodide);
	} catch (error) {
		clear(target);
		writeManifest(target, notInstalled(error));
	}
	return readManifest(target)!;
}

function notInstalled(error: unknown): NoPython {
	const { message, stack } = error instanceof Error ? error : new Error(String(error));
	const reason = message.replace(/\.?\s*$/, '');
	return { installed: false, reason, trace: error instanceof InstallProblem ? undefined : stack };
}

/** Of what the files are made from: the version of Pyodide, the pinned packages, and the way in which they are packed. */
function stampOf({ version }: PyodidePackage): string {
	const hash = createHash('sha256').update(version);
	const recipe = readdirSync(HERE).filter((file) => /\.(ts|py|txt)$/.test(file));
	for (const file of recipe.sort()) hash.update(readFileSync(join(HERE, file)));
	return hash.digest('hex').slice(0, 12);
}

async function installFresh(target: string, stamp: string, pyodide: PyodidePackage): Promise<void> {
	const wheels = downloadWheels(REQUIREMENTS, wheelFolder(), pyodide.minor);
	const { archives, packages } = await repackArchives(pyodide, wheels);
	const files = [
		...RUNTIME_FILES.map((name) => ({ name, data: runtimeFile(join(pyodide.folder, name)) })),
		{ name: 'pyodide-lock.json', data: emptyLock(pyodide) },
		...[...archives].map(([name, data]) => ({ name, data }))
	];
	// Only now: what was there serves on until there is something better.
	clear(target);
	mkdirSync(join(target, stamp), { recursive: true });
	for (const { name, data } of files) writeFileSync(join(target, stamp, name), data);
	writeManifest(target, {
		installed: true,
		stamp,
		pyodide: pyodide.version,
		python: pyodide.python,
		packages,
		files: await Promise.all(files.map(describeFile))
	});
}

function wheelFolder(): string {
	mkdirSync(CACHE, { recursive: true });
	const pinned = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex');
	return join(CACHE, `wheels-${pinned.slice(0, 12)}`);
}

function clear(target: string): void {
	rmSync(target, { recursive: true, force: true });
}

/** A script names its source map, which is not served; a browser would ask for it. */
function runtimeFile(path: string): Uint8Array {
	const data = readFileSync(path);
	if (!path.endsWith('.mjs')) return data;
	return Buffer.from(data.toString().replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'));
}

/**
 * Pyodide's own lock file lists packages on its server, which the site does not use; without them an import of one
 * fails as on any host that has not installed it.
 */
function emptyLock({ info }: PyodidePackage): Uint8Array {
	return new TextEncoder().encode(JSON.stringify({ info, packages: {} }));
}

async function describeFile({ name, data }: NamedBytes): Promise<PythonFile> {
	const sha256 = createHash('sha256').update(data).digest('hex');
	return { name, bytes: data.length, brotli: await brotliSize(data, 9), sha256 };
}
