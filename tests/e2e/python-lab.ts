import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Remote } from 'comlink';
import type { Problem } from '#engine/model';
import type { LabThread } from '../../src/workers/lab.worker.ts';
import type { Snapshot } from '../../src/workers/protocol.ts';
import { TARGET } from '../../scripts/python/install.ts';
import { readManifest } from '../../scripts/python/manifest.ts';

const SHOP = new URL('../../lessons/worlds/shop/', import.meta.url);
const WORLD = readFileSync(new URL('world.yaml', SHOP), 'utf8');
const COMLINK = createRequire(import.meta.url).resolve('comlink/dist/umd/comlink.min.js');

const manifest = readManifest(TARGET);

/** Why there is no Python on this machine; empty where there is. */
export const missingPython = manifest?.installed
	? ''
	: (manifest?.reason ?? 'it was never installed');

/** The program of the shop. */
export const SHOP_PY = readFileSync(new URL('app.py', SHOP), 'utf8');

/** What the page keeps for the calls below. */
interface InPage {
	readonly Comlink: typeof import('comlink');
	lab: Remote<LabThread>;
	snapshots: Snapshot[];
	downloads: number[];
}

/** The lab's thread of the site, without any page of the product around it. */
export class PythonLab {
	readonly #page: Page;
	/** Addresses outside of the site that were asked for. */
	readonly foreign: string[] = [];

	constructor(page: Page) {
		this.#page = page;
		page.on('request', (request) => {
			if (!/^(http:\/\/127\.0\.0\.1|blob:|data:)/.test(request.url())) {
				this.foreign.push(request.url());
			}
		});
	}

	/** Opens the thread that the sandbox would, in a tab that shows nothing. */
	async open(): Promise<void> {
		const isLab = (url: string) => url.includes('lab.worker');
		const page = this.#page;
		const worker = page.waitForEvent('worker', (found) => isLab(found.url()));
		await page.goto('/sandbox');
		const address = (await worker).url();
		await page.goto('/python/manifest.json');
		await page.addScriptTag({ path: COMLINK });
		await page.evaluate(async (url) => {
			const here = globalThis as unknown as InPage;
			const { wrap, proxy } = here.Comlink;
			here.lab = wrap<LabThread>(new Worker(url, { type: 'module' }));
			here.snapshots = [];
			here.downloads = [];
			await here.lab.subscribe(proxy((snapshot) => void here.snapshots.push(snapshot)));
			await here.lab.subscribeToDownload(
				proxy(({ received, total }) => void here.downloads.push(received / total))
			);
		}, address);
	}

	/** Starts the shop and lets it live for a minute, virtual time. `config` is a prometheus.yml. */
	start(files: Record<string, string>, config?: string) {
		return this.#page.evaluate((options) => (globalThis as unknown as InPage).lab.start(options), {
			world: WORLD,
			config,
			seed: 1,
			files,
			speed: 0,
			headStart: 60_000
		});
	}

	deploy(files: Record<string, string>) {
		return this.#page.evaluate(
			(wanted) => (globalThis as unknown as InPage).lab.deploy(wanted),
			files
		);
	}

	/** Lets this much virtual time go by, ms. */
	skip(duration: number) {
		return this.#page.evaluate((ms) => (globalThis as unknown as InPage).lab.skip(ms), duration);
	}

	/** The values of an instant query now. */
	values(query: string): Promise<number[]> {
		return this.#page.evaluate(async (text) => {
			const answer = await (globalThis as unknown as InPage).lab.query({ query: text });
			if (answer.status !== 'success') throw new Error(answer.error);
			const { data } = answer;
			if (data.type !== 'vector') throw new Error(`a ${data.type} is no vector`);
			return data.samples.map(({ value }) => Number(value));
		}, query);
	}

	/** All that was said to be wrong since the thread was opened. */
	async problems(): Promise<Problem[]> {
		const all = await this.#page.evaluate(() => (globalThis as unknown as InPage).snapshots);
		return all.flatMap(({ problems }) => problems);
	}

	/** How far the download had come each time it was told, from 0 to 1. */
	downloads(): Promise<number[]> {
		return this.#page.evaluate(() => (globalThis as unknown as InPage).downloads);
	}
}
