import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL_FEATURES } from '#engine/promql';
import { runScript } from './run-script.ts';

const folder = new URL('.', import.meta.url);
const scripts = readdirSync(folder).filter((name) => name.endsWith('.test'));

describe.each(scripts)('%s', (name) => {
	const text = readFileSync(new URL(name, folder), 'utf8');
	const reports = runScript(text, {
		features: { ...ALL_FEATURES, delayedNameRemoval: name.startsWith('delayed-') }
	});
	it.each(reports)('line $line: $query', ({ failures }) => {
		expect(failures).toEqual([]);
	});
});
