import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL_FEATURES } from '#engine/promql';
import { SCRIPT_OPTIONS, runScript } from './run-script.ts';

const folder = new URL('.', import.meta.url);
const scripts = readdirSync(folder).filter((name) => name.endsWith('.test'));

/** Metric names removed at the end of the query, as in Prometheus' own tests, or at once, as in a server without that switch. */
const MODES = ['delayed', 'eager'] as const;

const runs = MODES.flatMap((mode) =>
	scripts.filter((name) => runsIn(name, mode)).map((name) => ({ name, mode }))
);

/** A script named delayed-… or eager-… is for that mode alone. */
function runsIn(name: string, mode: string): boolean {
	const only = MODES.find((one) => name.startsWith(`${one}-`));
	return only === undefined || only === mode;
}

describe.each(runs)('$name with $mode removal of names', ({ name, mode }) => {
	const features = { ...ALL_FEATURES, delayedNameRemoval: mode === 'delayed' };
	const text = readFileSync(new URL(name, folder), 'utf8');
	it.each(runScript(text, { ...SCRIPT_OPTIONS, features }))('line $line: $query', (report) => {
		expect(report.failures).toEqual([]);
	});
});
