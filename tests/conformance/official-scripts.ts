import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The release whose behaviour the engine follows. */
const PROMETHEUS = 'github.com/prometheus/prometheus@v0.314.0';

/** One of Prometheus' own scripts. */
export interface OfficialScript {
	readonly name: string;
	readonly text: string;
}

/** The scripts, or why there are none: Go is missing, or it could not download them. */
export type OfficialScripts =
	| { readonly outcome: 'scripts'; readonly scripts: readonly OfficialScript[] }
	| { readonly outcome: 'no go' | 'failure'; readonly reason: string };

/** Reads the scripts from Go's module cache, into which Go downloads the release of Prometheus when it is not there. */
export function officialScripts(): OfficialScripts {
	const module = downloadModule();
	if (typeof module !== 'string') return module;
	const folder = join(module, 'promql', 'promqltest', 'testdata');
	const scripts = readdirSync(folder)
		.filter((name) => name.endsWith('.test'))
		.sort()
		.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
	return { outcome: 'scripts', scripts };
}

/** Returns the folder of the module. */
function downloadModule(): string | Extract<OfficialScripts, { reason: string }> {
	const workFolder = mkdtempSync(join(tmpdir(), 'conformance-'));
	try {
		writeFileSync(join(workFolder, 'go.mod'), 'module conformance\n\ngo 1.24\n');
		const go = spawnSync('go', ['mod', 'download', '-json', PROMETHEUS], {
			cwd: workFolder,
			encoding: 'utf8',
			env: { ...process.env, GOFLAGS: '-mod=mod' }
		});
		if (go.error) return { outcome: 'no go', reason: 'Go is not installed' };
		const { Dir: folder, Error: error } = JSON.parse(go.stdout || '{}') as {
			Dir?: string;
			Error?: string;
		};
		if (folder !== undefined) return folder;
		const reason = `Go could not download ${PROMETHEUS}: ${error ?? go.stderr.trim()}`;
		return { outcome: 'failure', reason };
	} finally {
		rmSync(workFolder, { recursive: true });
	}
}
