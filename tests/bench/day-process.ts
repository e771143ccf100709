import { readFileSync } from 'node:fs';
import { Lab, parseWorld } from '#engine/lab';
import { HOUR } from '#engine/model';
import { createTypeScriptRunner } from '#runners/typescript';

/** `node --expose-gc day.js FOLDER`: the shop of a folder, open for 24 virtual hours with a retention of two. */
const [, , folder = ''] = process.argv;
const HOURS = 24;
const SETTLED = 4;
const MIB = 2 ** 20;

const parsed = parseWorld(readFileSync(`${folder}/world.yaml`, 'utf8'));
if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
const { world } = parsed;
const lab = new Lab({
	world,
	seed: 1,
	retention: 2 * HOUR,
	createRunner: ({ seed }) => createTypeScriptRunner({ seed, workers: world.service.workers })
});
await lab.deploy({ 'app.ts': readFileSync(`${folder}/app.ts`, 'utf8') });

let settled = { stored: NaN, used: NaN };
for (let hour = 1; hour <= HOURS; hour++) {
	await lab.advance(world.start + hour * HOUR);
	lab.takeLog();
	if (hour % SETTLED !== 0) continue;
	const now = { stored: lab.head.size().total, used: usedMemory() };
	if (hour === SETTLED) settled = now;
	const { samples, numSeries } = lab.head.count();
	console.log(
		`day, hour ${String(hour).padStart(2)}  ${numSeries} series, ${samples} samples, ` +
			`stored ${mib(now.stored)} (${percent(now.stored, settled.stored)}), ` +
			`memory in use ${mib(now.used)} (${percent(now.used, settled.used)})`
	);
}
lab.dispose();

function usedMemory(): number {
	globalThis.gc?.();
	globalThis.gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

function mib(bytes: number): string {
	return `${(bytes / MIB).toFixed(2)} MiB`;
}

function percent(value: number, base: number): string {
	const change = (100 * (value - base)) / base;
	return `${change < 0 ? '' : '+'}${change.toFixed(1)} %`;
}
