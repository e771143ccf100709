import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { findChromium } from '../../e2e/chromium.ts';
import type { OurEngine } from './our-engine.ts';
import type { Bounds } from './queries.ts';
import { median } from './statistics.ts';

/** What the engine took in Node and in Chromium, as medians in milliseconds. */
export interface BrowserRow {
	readonly query: string;
	readonly node: number;
	readonly chromium: number;
}

/** The optimiser sees each query for so long in either place before it is timed. */
const COMPILE_MS = 300;

/** A turn is so many evaluations in a row that the coarse clock of a page can tell how long they took. */
const TURN_MS = 20;

/** Times queries over the main data set in Node and in a page of Chromium, in turn. */
export async function timeInChromium(
	engine: OurEngine,
	queries: readonly { readonly query: string; readonly bounds: Bounds }[],
	rounds: number,
	report: (row: BrowserRow) => void
): Promise<void> {
	const browser = await chromium.launch({
		executablePath: findChromium(),
		args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking']
	});
	try {
		const page = await browser.newPage();
		await page.addScriptTag({ content: await bundle() });
		for (const { query, bounds } of queries) {
			report(await timeBoth(engine, page, query, bounds, rounds));
		}
	} finally {
		await browser.close();
	}
}

async function timeBoth(
	engine: OurEngine,
	page: Page,
	query: string,
	bounds: Bounds,
	rounds: number
): Promise<BrowserRow> {
	const inNode = (repeat: number) => engine.time('main', query, bounds, repeat);
	const inPage = (repeat: number) => page.evaluate(callInPage, { query, bounds, repeat });
	await compile(inPage);
	const warm = await compile(inNode);
	const repeat = Math.ceil(TURN_MS / warm);
	const node: number[] = [];
	const chromium: number[] = [];
	for (let round = 0; round < rounds; round++) {
		chromium.push(await inPage(repeat));
		node.push(await inNode(repeat));
	}
	return { query, node: median(node), chromium: median(chromium) };
}

/** Runs a query until the optimiser has seen it for long enough; returns what it takes then. */
async function compile(run: (repeat: number) => Promise<number>): Promise<number> {
	let ms = await run(1);
	for (let spent = 0, repeat = 1; spent < COMPILE_MS; spent += ms * repeat) {
		repeat = Math.max(1, Math.min(2 * repeat, Math.ceil(COMPILE_MS / ms)));
		ms = await run(repeat);
	}
	return ms;
}

/** What a page is asked to time. */
interface Turn {
	readonly query: string;
	readonly bounds: Bounds;
	readonly repeat: number;
}

/** Runs in the page, where the bundle has put the exports of in-page.ts under a global name. */
function callInPage({ query, bounds, repeat }: Turn): number {
	const { bench } = globalThis as unknown as {
		bench: { timeInPage(query: string, bounds: Bounds, repeat: number): number };
	};
	return bench.timeInPage(query, bounds, repeat);
}

async function bundle(): Promise<string> {
	const entry = fileURLToPath(new URL('in-page.ts', import.meta.url));
	const result = await build({
		configFile: false,
		logLevel: 'warn',
		build: { write: false, lib: { entry, formats: ['iife'], name: 'bench' } }
	});
	const outputs = Array.isArray(result) ? result : [result];
	const chunk = outputs.flatMap((one) => ('output' in one ? one.output : []))[0];
	if (chunk?.type !== 'chunk') throw new Error('vite built no script');
	return chunk.code;
}
