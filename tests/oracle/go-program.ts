import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const SOURCE = dirname(fileURLToPath(import.meta.url));
const PROGRAM = join(SOURCE, '../../node_modules/.cache/promenade/oracle');

/** A running Go program, spoken to over its standard input and output. */
export type GoProcess = ChildProcessByStdio<Writable, Readable, null>;

/** Where the compiled program is, or why there is none. Without Go nobody can expect one; one that does not build is a mistake. */
export type GoBuild =
	| { readonly ok: true; readonly path: string }
	| { readonly ok: false; readonly hasGo: boolean; readonly reason: string };

/** Compiles the Go program next to this file; the Go client fetches Prometheus itself, at the version in go.mod. */
export function buildGoProgram(): GoBuild {
	const version = spawnSync('go', ['version'], { encoding: 'utf8' });
	if (version.error || version.status !== 0) {
		const reason = 'Go is not installed, so there is no Prometheus to compare with';
		return { ok: false, hasGo: false, reason };
	}
	mkdirSync(dirname(PROGRAM), { recursive: true });
	const build = spawnSync('go', ['build', '-o', PROGRAM, '.'], { cwd: SOURCE, encoding: 'utf8' });
	if (build.status === 0) return { ok: true, path: PROGRAM };
	return { ok: false, hasGo: true, reason: `go build failed:\n${build.stderr}` };
}

/** Starts the program with a subcommand. It ends when its standard input is closed. */
export function startGoProgram(path: string, args: readonly string[]): GoProcess {
	return spawn(path, args, { stdio: ['pipe', 'pipe', 'inherit'] });
}
