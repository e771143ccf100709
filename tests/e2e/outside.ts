import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page } from '@playwright/test';

/** What a learner's code must not reach, watched: a server elsewhere, and what tabs of the same origin share. */
export interface Outside {
	/** An address of the server, which lets every page and every thread have its answer. */
	readonly url: string;
	/** Expects that nothing was asked for, stored or told since it is watched. */
	expectUntouched(): Promise<void>;
	close(): void;
}

/** Under this name the code in `WAYS_IN_JAVASCRIPT` leaves its traces. */
const NAME = 'way-out';

/**
 * Expressions of JavaScript that lead to the network, to storage, to other threads, or to the page. `$` stands before each global name,
 * for what the name is looked for in; ADDRESS is that of a server.
 */
export const WAYS_IN_JAVASCRIPT: readonly string[] = [
	'$fetch(ADDRESS)',
	'((x) => { x.open("GET", ADDRESS); x.send(); return 1; })(new $XMLHttpRequest())',
	'new $WebSocket(ADDRESS.replace("http", "ws"))',
	'new $EventSource(ADDRESS)',
	'$navigator.sendBeacon(ADDRESS)',
	'$importScripts(ADDRESS)',
	'new $Request(ADDRESS)',
	'$document',
	`$document.cookie = "${NAME}=1"`,
	`$cookieStore.set("${NAME}", "1")`,
	`$indexedDB.open("${NAME}")`,
	`$caches.open("${NAME}")`,
	`$localStorage.setItem("${NAME}", "1")`,
	'$navigator.storage.getDirectory()',
	'new $Worker(ADDRESS)',
	'new $SharedWorker(ADDRESS)',
	'$navigator.serviceWorker',
	`new $BroadcastChannel("${NAME}").postMessage("hello")`,
	'$postMessage("hello")',
	'$parent.postMessage("hello", "*")',
	'$addEventListener("message", () => {})',
	'$location.href',
	'$WebAssembly.compile',
	'$eval("1")',
	'$setTimeout("1", 0)',
	'new $FontFace("x", "url(" + ADDRESS + ")").load()',
	'$fonts',
	'$URL.createObjectURL'
];

interface Watching {
	told: string[];
}

/** Begins to watch. The page must not be left from then on. */
export async function watchOutside(page: Page): Promise<Outside> {
	const asked: string[] = [];
	const server = await serve(asked);
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	await page.evaluate((name) => {
		const watching: Watching = { told: [] };
		const listen = (event: Event) => void watching.told.push(String((event as MessageEvent).data));
		addEventListener('message', listen);
		new BroadcastChannel(name).addEventListener('message', listen);
		Object.assign(globalThis, { watching });
	}, NAME);
	return {
		url,
		async expectUntouched() {
			// That this one arrives says that the server counts, and that others have had the time to.
			await page.evaluate(
				(address) => fetch(address).then((answer) => answer.text()),
				`${url}seen`
			);
			expect(asked).toEqual(['/seen']);
			expect(await tracesIn(page)).toEqual([]);
		},
		close() {
			server.close();
			server.closeAllConnections();
		}
	};
}

async function serve(asked: string[]): Promise<Server> {
	const server = createServer((request, response) => {
		asked.push(request.url ?? '');
		response.setHeader('access-control-allow-origin', '*');
		response.setHeader('content-type', 'text/javascript');
		response.end('');
	});
	server.on('upgrade', (request, socket) => {
		asked.push(`upgrade of ${request.url}`);
		socket.destroy();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return server;
}

function tracesIn(page: Page): Promise<string[]> {
	return page.evaluate(async (name) => {
		const { watching } = globalThis as unknown as { watching: Watching };
		const databases = (await indexedDB.databases()).map((database) => `database ${database.name}`);
		const stored = (await caches.keys()).map((cache) => `cache ${cache}`);
		const told = watching.told.map((text) => `told ${text}`);
		const all = [...databases, ...stored, `cookie ${document.cookie}`, ...told];
		if (localStorage.getItem(name) !== null) all.push('localStorage');
		return all.filter((trace) => trace.includes(name) || trace.startsWith('told'));
	}, NAME);
}
