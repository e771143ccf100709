/**
 * Brings real Python to the site: CPython compiled to WebAssembly (Pyodide), its standard library and `prometheus_client`
 * as byte code, in `static/python`. Runs after `npm ci`. Never fails an install: on a machine without pip or network it
 * says so in one line.
 * Argument: --sizes, to print what the files weigh (takes a minute or two).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { install, TARGET } from './install.ts';
import type { InstalledPython, NoPython } from './manifest.ts';
import { megabytes, printSizes } from './sizes.ts';

const { values } = parseArgs({ options: { sizes: { type: 'boolean', default: false } } });

const manifest = await install(TARGET);
if (!manifest.installed) sayMissing(manifest);
else if (values.sizes) await printSizes(filesOf(manifest));
else console.log(summary(manifest));

function filesOf({ stamp, files }: InstalledPython) {
	return files.map(({ name }) => ({ name, data: readFileSync(join(TARGET, stamp, name)) }));
}

function summary({ python, packages, files }: InstalledPython): string {
	const client = packages.find(({ name }) => name === 'prometheus_client');
	const brotli = files.reduce((sum, file) => sum + file.brotli, 0);
	return `Python ${python} with prometheus_client ${client?.version} is in static/python (${megabytes(brotli)} to serve).`;
}

function sayMissing({ reason, trace }: NoPython): void {
	if (trace) console.error(trace);
	console.log(`Python in the tab is not installed: ${reason}. All else works without it.`);
}
