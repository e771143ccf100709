import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import { TARGET } from '../../scripts/python/install.ts';
import { readManifest, type InstalledPython } from '../../scripts/python/manifest.ts';
import { brotliSize, megabytes } from '../../scripts/python/sizes.ts';
import { findChromium } from '../e2e/chromium.ts';
import type { PythonTimes } from './python-page/in-page.ts';
import { serve } from './python-page/server.ts';
import { median } from './prometheus/statistics.ts';

const OUT = fileURLToPath(
	new URL('../../node_modules/.cache/promenade/bench-python', import.meta.url)
);
const REQUESTS = 50_000;
const ROUNDS = 5;
/** Packages that a program may do without. */
const LATER = /^(flask|jedi)\.zip$/;

/** Python in a fresh tab of Chromium that has its files in the cache: from nothing to 50,000 requests served. */
export async function benchPython(): Promise<void> {
	const manifest = readManifest(TARGET);
	if (!manifest?.installed) {
		console.log(`python: not measured, because ${manifest?.reason ?? 'it was never installed'}`);
		return;
	}
	await buildPage();
	const rounds = await timeRounds();
	const of = (part: (times: PythonTimes) => number) => median(rounds.map(part));
	const bytes = await firstBytes(manifest);
	console.table({
		'interpreter ready': row(
			of(({ files, boot }) => files + boot),
			600
		),
		'of that, files from the cache': row(of(({ files }) => files)),
		'prometheus_client imported, more': row(
			of(({ client }) => client),
			250
		),
		[`${REQUESTS.toLocaleString('en')} requests, a counter and a histogram`]: row(
			of(({ requests }) => requests),
			2000
		),
		'to download, brotli 11': { measured: megabytes(bytes), goal: megabytes(6e6) }
	});
}

function row(ms: number, goal?: number) {
	return {
		measured: `${Math.round(ms)} ms`,
		...(goal !== undefined && { goal: `${goal} ms` })
	};
}

async function buildPage(): Promise<void> {
	const entry = fileURLToPath(new URL('python-page/in-page.ts', import.meta.url));
	await build({
		configFile: false,
		logLevel: 'warn',
		base: '/',
		publicDir: false,
		worker: { format: 'es' },
		build: {
			outDir: OUT,
			emptyOutDir: true,
			rollupOptions: { input: entry, output: { entryFileNames: 'in-page.js' } }
		}
	});
}

async function timeRounds(): Promise<PythonTimes[]> {
	const { root, close } = await serve([OUT, dirname(TARGET)]);
	const browser = await chromium.launch({
		executablePath: findChromium(),
		args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
	});
	try {
		const context = await browser.newContext();
		const rounds: PythonTimes[] = [];
		// The first one fills the cache.
		for (let round = 0; round <= ROUNDS; round++) {
			const page = await context.newPage();
			await page.goto(root);
			await page.addScriptTag({ url: '/in-page.js', type: 'module' });
			rounds.push(await page.evaluate(callInPage, { root, count: REQUESTS }));
			await page.close();
		}
		return rounds.slice(1);
	} finally {
		await browser.close();
		close();
	}
}

/** Runs in the page, where in-page.ts has put its function under a global name. */
function callInPage({ root, count }: { root: string; count: number }): Promise<PythonTimes> {
	const { timePython } = globalThis as unknown as {
		timePython(root: string, count: number): Promise<PythonTimes>;
	};
	return timePython(root, count);
}

/** Bytes of what is downloaded before the first program runs. */
async function firstBytes({ stamp, files }: InstalledPython): Promise<number> {
	const first = files.filter(({ name }) => !LATER.test(name));
	const sizes = await Promise.all(
		first.map(({ name }) => brotliSize(readFileSync(join(TARGET, stamp, name)), 11))
	);
	return sizes.reduce((sum, size) => sum + size, 0);
}
