import { readFileSync } from 'node:fs';
import { createTypeScriptRunner } from '#runners/typescript';
import { LabSession } from '#workers/lab-session';
import { START, turned } from '../../src/lib/labs/cardinality/knobs.ts';
import { configText } from '../../src/lib/labs/cardinality/limits.ts';
import { programText } from '../../src/lib/labs/cardinality/program.ts';
import {
	MOST_HEAD_BYTES,
	MOST_PAGE_BYTES,
	MOST_SERIES
} from '../../src/lib/labs/cardinality/stops.ts';
import { worldText } from '../../src/lib/labs/cardinality/world-text.ts';

/** `node --expose-gc cardinality.js WORLD MB`: a label for each request, up to the most series of a tab, and what all of it takes. */
const [path = '', mostMemory] = process.argv.slice(2);
const MOST = MOST_SERIES.desktop;
const STEP = 15_000;
const PANELS = [
	'sum(rate(http_requests_total[5m]))',
	'sum by (status) (rate(http_requests_total[5m]))',
	'topk(5, sum by (endpoint) (rate(http_requests_total[5m])))'
];

const knobs = turned(START, { label: 'request_id', rate: 200, timeout: 15 });
const empty = memory();
const session = new LabSession({
	createRunner:
		({ service }) =>
		({ seed }) =>
			createTypeScriptRunner({ seed, workers: service.workers }),
	now: () => performance.now(),
	setTimer: (run) => void setImmediate(run),
	onSnapshot: () => {}
});
const began = performance.now();
await session.start({
	world: worldText(readFileSync(path, 'utf8'), knobs),
	config: configText(knobs, knobs),
	seed: knobs.seed,
	files: { 'app.ts': programText(knobs, 'typescript') },
	retention: 120 * 60_000,
	speed: 0
});
let lived = 0;
let status = await session.storeStatus();
while (status.liveSeries < MOST) {
	await session.skip(STEP);
	lived += STEP;
	status = await session.storeStatus();
}
const took = performance.now() - began;
const { render = 0, store = 0, pageBytes, gzip, queries } = await session.bills(PANELS, 900_000);
const used = memory() - empty;

console.log(`cardinality lab, a label for each request at ${knobs.rate} requests a second`);
line(
	'live series',
	status.liveSeries.toLocaleString('en'),
	`${MOST.toLocaleString('en')}, then it stops`
);
line(
	'lived through',
	`${lived / 1000} s in ${(took / 1000).toFixed(1)} s`,
	'60 times as fast as life'
);
line(
	'head',
	`${mb(status.bytes)}, ${(status.bytes / status.liveSeries).toFixed(0)} B a series`,
	mb(MOST_HEAD_BYTES)
);
line('page', `${mb(pageBytes)}, gzipped ${mb(gzip?.bytes ?? 0)}`, mb(MOST_PAGE_BYTES));
line('page written', `${render.toFixed(0)} ms`, '');
line('page stored', `${store.toFixed(0)} ms`, '');
for (const { query, took: ms } of queries)
	line(query, `${ms.toFixed(0)} ms`, `${knobs.refresh} s for all three`);
line('heap and arrays, service included', mb(used), `${mostMemory} MB in the lab’s thread`);

function line(name: string, value: string, limit: string): void {
	console.log(`  ${name.padEnd(60)} ${value.padEnd(28)} ${limit && `limit: ${limit}`}`);
}

function mb(bytes: number): string {
	return `${(bytes / 1e6).toFixed(1)} MB`;
}

function memory(): number {
	globalThis.gc?.();
	globalThis.gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}
