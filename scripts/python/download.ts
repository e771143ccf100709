import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { InstallProblem } from './problem.ts';

/** Milliseconds. */
const DEADLINE = 300_000;

/** And soon, when there is no network: pip otherwise tries five times. */
const QUIETLY = '--quiet --no-input --disable-pip-version-check --retries 1 --timeout 15'.split(
	' '
);

/**
 * Fetches the wheels of a requirements file into a folder, once: a folder that exists is complete. pip refuses any file
 * whose content is not the pinned one. Nothing is built and nothing of it is run.
 * @param python the version of Python that will import them, such as `3.14`
 * @returns the paths of the wheels
 * @throws {InstallProblem} when pip is missing or could not fetch them
 */
export function downloadWheels(requirements: string, folder: string, python: string): string[] {
	if (!existsSync(folder)) {
		const partial = `${folder}.partial`;
		rmSync(partial, { recursive: true, force: true });
		runPip(['download', ...pipOptions(python), '--dest', partial, '--requirement', requirements]);
		renameSync(partial, folder);
	}
	return readdirSync(folder).map((file) => `${folder}/${file}`);
}

/** A platform is named for the sake of MarkupSafe, so that every host gets the same file, whose hash is known. */
function pipOptions(python: string): string[] {
	return [
		...QUIETLY,
		...['--no-deps', '--require-hashes', '--only-binary', ':all:'],
		...['--platform', 'manylinux2014_x86_64', '--implementation', 'cp'],
		...['--python-version', python, '--abi', `cp${python.replace('.', '')}`]
	];
}

function runPip(args: readonly string[]): void {
	for (const python of ['python3', 'python']) {
		const run = spawnSync(python, ['-m', 'pip', ...args], { encoding: 'utf8', timeout: DEADLINE });
		if (run.error && 'code' in run.error && run.error.code === 'ENOENT') continue;
		if (run.status !== 0) throw new InstallProblem(pipProblem(python, run.stderr ?? ''));
		return;
	}
	throw new InstallProblem('there is no python3 whose pip could fetch prometheus_client');
}

/** pip says the most telling thing last, after the word ERROR. */
function pipProblem(python: string, stderr: string): string {
	if (stderr.includes('No module named pip')) return `${python} has no pip`;
	const errors = [...stderr.matchAll(/^ERROR: (.*)$/gm)].map(([, text]) => text);
	return `pip could not fetch the packages (${errors.at(-1) ?? 'it did not say why'})`;
}
