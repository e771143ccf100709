import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InstallProblem } from './problem.ts';

/** The npm package `pyodide`, where it lies on this machine. */
export interface PyodidePackage {
	readonly folder: string;
	readonly version: string;
	/** The version of Python that it carries: `3.14.2`. */
	readonly python: string;
	/** Without the patch: `3.14`, which is what wheels and byte code are made for. */
	readonly minor: string;
	/** What its lock file says of the interpreter itself, beside the packages of its own server. */
	readonly info: Readonly<Record<string, string>>;
}

/** What is used here of a started interpreter. */
export interface Interpreter {
	readonly FS: {
		writeFile(path: string, data: Uint8Array): void;
		readFile(path: string): Uint8Array;
	};
	readonly globals: { set(name: string, value: unknown): void };
	runPython(code: string): unknown;
	unpackArchive(data: ArrayBuffer, format: string): void;
}

/** Options of `loadPyodide`; see https://pyodide.org/en/stable/usage/api/js-api.html. */
export interface StartOptions {
	readonly indexURL?: string;
	readonly stdLibURL?: string;
	readonly env?: Readonly<Record<string, string>>;
}

/** The files that an interpreter is started from, beside the standard library and the lock file. */
export const RUNTIME_FILES = ['pyodide.mjs', 'pyodide.asm.mjs', 'pyodide.asm.wasm'];

/** @throws {InstallProblem} when it is not there */
export function findPyodide(): PyodidePackage {
	const folder = dirname(resolvePackage());
	const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const { info } = JSON.parse(readFileSync(join(folder, 'pyodide-lock.json'), 'utf8'));
	const minor = info.python.split('.').slice(0, 2).join('.');
	return { folder, version, python: info.python, minor, info };
}

function resolvePackage(): string {
	try {
		return createRequire(import.meta.url).resolve('pyodide/package.json');
	} catch {
		throw new InstallProblem('the npm package pyodide is missing');
	}
}

/** Starts the interpreter whose runtime files lie in the folder. */
export async function startPyodide(folder: string, options: StartOptions): Promise<Interpreter> {
	const { loadPyodide } = await import(pathToFileURL(join(folder, 'pyodide.mjs')).href);
	return loadPyodide(options);
}
