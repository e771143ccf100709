/**
 * Runs Prometheus' own PromQL scripts against the engine and says how many of their evals come out as they should.
 * Arguments: names of scripts, to run only these; --verbose, to see all that is wrong.
 */
import { parseArgs } from 'node:util';
import { officialScripts, type OfficialScript } from './official-scripts.ts';
import { printFile, printTotal } from './print-report.ts';
import { runFile } from './run-file.ts';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { verbose: { type: 'boolean', default: false } }
});

const official = officialScripts();
if (official.outcome === 'scripts') {
	if (!run(choose(official.scripts))) process.exitCode = 1;
} else {
	console.log(`Conformance is skipped: ${official.reason}.`);
	if (official.outcome === 'failure') process.exitCode = 1;
}

/** Returns whether there were scripts and all evals passed. */
function run(scripts: readonly OfficialScript[]): boolean {
	const files = scripts.map((script) => {
		const file = runFile(script);
		printFile(file, values.verbose);
		return file;
	});
	return printTotal(files) === 0 && files.length > 0;
}

/** The scripts that were named, with or without `.test`; all if none was. */
function choose(scripts: readonly OfficialScript[]): readonly OfficialScript[] {
	if (positionals.length === 0) return scripts;
	return positionals.flatMap((wanted) => {
		const found = scripts.filter(({ name }) => name === wanted || name === `${wanted}.test`);
		if (found.length > 0) return found;
		console.log(`There is no script ${wanted}.`);
		process.exitCode = 1;
		return [];
	});
}
