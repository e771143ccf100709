import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext } from '@playwright/test';
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
/** Milliseconds without new machine code after which Chromium keeps what there is; and time to write it. */
const CODE_IS_KEPT_AFTER = 5000;
interface Round extends PythonTimes {
	/** Pyodide alone until it was ready, ms. */
	readonly plain: number;
}

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
	const rounds = await timeRounds(manifest);
	const of = (part: (times: Round) => number) => median(rounds.map(part));
	const bytes = await firstBytes(manifest);
	console.table({
		'interpreter ready': row(
			of(({ ready }) => ready),
			600
		),
		'of that, until its files were there': row(of(({ files }) => files)),
		'peer: Pyodide alone ready, same files': row(of(({ plain }) => plain)),
		'a second interpreter ready': row(of(({ second }) => second)),
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
	const load = loadavg().map((average) => average.toFixed(1));
	console.log(`(median of ${ROUNDS}; load average of the machine ${load.join(', ')})`);
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

/**
 * In a profile that stays, as people have one: a tab of their own browser finds the machine code of its last visit, one in a
 * window that forgets does not.
 */
async function timeRounds({ stamp }: InstalledPython): Promise<Round[]> {
	const { root, close } = await serve([OUT, dirname(TARGET)]);
	const profile = mkdtempSync(join(tmpdir(), 'promenade-bench-'));
	const context = await chromium.launchPersistentContext(profile, {
		executablePath: findChromium(),
		args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
	});
	const round = async (stay: number): Promise<Round> => ({
		...(await inFreshTab(context, root, `timePython('${root}', ${REQUESTS})`, stay)),
		plain: await inFreshTab(context, root, `timePlain('${root}python/${stamp}/')`, 0)
	});
	try {
		// The first one fills the caches.
		await round(CODE_IS_KEPT_AFTER);
		const rounds: Round[] = [];
		while (rounds.length < ROUNDS) rounds.push(await round(0));
		return rounds;
	} finally {
		await context.close();
		close();
		rmSync(profile, { recursive: true, force: true });
	}
}

/** Evaluates a call of what in-page.ts has put under global names. The tab is closed some milliseconds after it has answered. */
async function inFreshTab<Result>(
	context: BrowserContext,
	root: string,
	call: string,
	stay: number
): Promise<Result> {
	const page = await context.newPage();
	await page.goto(root);
	await page.addScriptTag({ url: '/in-page.js', type: 'module' });
	const result = await page.evaluate<Result>(call);
	await setTimeout(stay);
	await page.close();
	return result;
}

/** Bytes of what is downloaded before the first program runs. */
async function firstBytes({ stamp, files }: InstalledPython): Promise<number> {
	const first = files.filter(({ name }) => !LATER.test(name));
	const sizes = await Promise.all(
		first.map(({ name }) => brotliSize(readFileSync(join(TARGET, stamp, name)), 11))
	);
	return sizes.reduce((sum, size) => sum + size, 0);
}
