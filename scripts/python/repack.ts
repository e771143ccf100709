import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ARCHIVES, STDLIB, type Archive } from './archives.ts';
import type { PythonPackage } from './manifest.ts';
import { startPyodide, type Interpreter, type PyodidePackage } from './pyodide.ts';

/** What Python imports first, beside its own standard library. */
const SITE = fileURLToPath(new URL('sitecustomize.py', import.meta.url));

export interface Repacked {
	readonly archives: ReadonlyMap<string, Uint8Array>;
	readonly packages: readonly PythonPackage[];
}

/** One zip or module that goes into another zip, as `repack` in repack.py takes it. */
interface Part {
	readonly path: string;
	/** What stands before a module's name in the file name that tracebacks show. */
	readonly prefix: string;
	readonly leave_out: readonly string[];
	readonly compile: boolean;
}

/**
 * Most of the time that Python takes to start goes into compiling its own standard library, so all of it is compiled
 * here, once.
 */
export async function repackArchives(
	pyodide: PyodidePackage,
	wheels: readonly string[]
): Promise<Repacked> {
	// The order of a set is otherwise different in each run, and so would be the bytes.
	const python = await startPyodide(pyodide.folder, { env: { PYTHONHASHSEED: '0' } });
	const inputs = [join(pyodide.folder, STDLIB), SITE, ...wheels];
	for (const input of inputs) python.FS.writeFile(inside(input), readFileSync(input));
	python.runPython(readFileSync(fileURLToPath(new URL('repack.py', import.meta.url)), 'utf8'));
	const archives = new Map(
		ARCHIVES.map((archive) => [archive.file, repack(python, parts(archive, wheels, pyodide))])
	);
	return { archives, packages: wheels.map((wheel) => describe(python, wheel)) };
}

function parts(archive: Archive, wheels: readonly string[], pyodide: PyodidePackage): Part[] {
	const part = (input: string, prefix: string, compile: boolean): Part => ({
		path: inside(input),
		prefix,
		leave_out: archive.leaveOut,
		compile
	});
	if (archive.file === STDLIB) {
		return [STDLIB, SITE].map((input) => part(input, stdlibPath(pyodide), true));
	}
	const site = sitePackages(pyodide);
	return [
		...archive.distributions.map((name) => part(wheelOf(name, wheels), site, true)),
		...archive.sources.map((name) => part(wheelOf(name, wheels), site, false))
	];
}

/** Where Pyodide puts the standard library: `/lib/python314.zip/`. */
function stdlibPath({ minor }: PyodidePackage): string {
	return `/lib/python${minor.replace('.', '')}.zip/`;
}

/** Where a package would be on a real host; tracebacks say so, whichever way it was loaded. */
function sitePackages({ minor }: PyodidePackage): string {
	return `/lib/python${minor}/site-packages/`;
}

function wheelOf(distribution: string, wheels: readonly string[]): string {
	const wheel = wheels.find((path) => basename(path).startsWith(`${distribution}-`));
	if (!wheel) throw new Error(`no wheel of ${distribution} in requirements.txt`);
	return wheel;
}

function inside(path: string): string {
	return `/tmp/${basename(path)}`;
}

function repack(python: Interpreter, parts: readonly Part[]): Uint8Array {
	python.globals.set('parts_json', JSON.stringify(parts));
	python.runPython(`import json; repack(json.loads(parts_json), "/tmp/target")`);
	return python.FS.readFile('/tmp/target');
}

function describe(python: Interpreter, wheel: string): PythonPackage {
	python.globals.set('wheel', inside(wheel));
	const [name, version, licence] = JSON.parse(
		String(python.runPython('import json; json.dumps(describe(wheel))'))
	);
	return { name, version, licence };
}
