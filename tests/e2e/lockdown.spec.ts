import { expect, test } from '@playwright/test';
import { SandboxPage } from './sandbox-page.ts';

/** Ways out of a learner's thread that have worked elsewhere. Each must end in `no way`. */
const WAYS_OUT = [
	'typeof fetch',
	'typeof XMLHttpRequest',
	'typeof WebSocket',
	'typeof indexedDB',
	'typeof caches',
	'typeof navigator',
	'typeof importScripts',
	'typeof postMessage',
	'typeof Worker',
	'typeof globalThis',
	'typeof (function () { return this; })()',
	"(() => {}).constructor('return 1')()",
	"(async () => {}).constructor('return 1')()",
	"(function* () {}).constructor('return 1')()",
	"[].constructor.constructor('return 1')()",
	"Counter.constructor('return 1')()",
	"Object.getPrototypeOf(Counter).constructor('return 1')()",
	"new Error('x').constructor.constructor('return 1')()",
	"(0, eval)('1')",
	"new Function('return 1')()",
	'typeof addEventListener',
	'typeof FontFace',
	'typeof fonts',
	'typeof WebAssembly',
	'typeof URL',
	'typeof (0, (() => globalThis))()',
	"addEventListener('x', (event) => event.currentTarget)",
	"setTimeout('1', 0)"
];

test('learner code has no way to the network, to storage, or to other code', async ({ page }) => {
	const sandbox = new SandboxPage(page);
	const foreign: string[] = [];
	page.on('request', (request) => {
		if (!request.url().startsWith('http://127.0.0.1')) foreign.push(request.url());
	});
	await sandbox.open();
	const tries = WAYS_OUT.map((way) => `attempt(() => ${way});`).join('\n');
	await sandbox.write(`
import { Counter } from 'prom-client';
let open = 0;
function attempt(way: () => unknown) {
	try {
		const found = way();
		if (found !== 'undefined' && found !== undefined) { open++; console.log('a way out: ' + way + ' is ' + found); }
	} catch {}
}
${tries}
console.log(open + ' of ${WAYS_OUT.length} ways are open');
export const handle = () => ({ status: 200 });
`);
	await sandbox.run.click();
	await page.getByRole('tab', { name: /Output/ }).click();
	await expect(page.getByText(/\d+ of \d+ ways are open/).first()).toHaveText(
		new RegExp(`0 of ${WAYS_OUT.length} ways are open`)
	);
	expect(foreign).toEqual([]);
});

test('code that tampers with the language changes nothing of what is compiled after it', async ({
	page
}) => {
	const sandbox = new SandboxPage(page);
	await sandbox.open();
	await sandbox.write(`
const get = Map.prototype.get;
let texts = 0;
Map.prototype.get = function (key) {
	const found = get.call(this, key);
	if (found && typeof found === 'object' && 'javascript' in found) texts++;
	return found;
};
export function handle() {
	console.log(texts + ' texts seen');
	return { status: 200 };
}`);
	await sandbox.run.click();
	await page.getByRole('tab', { name: /Output/ }).click();
	await expect(page.getByText(/\d+ texts seen/).first()).toHaveText(/0 texts seen/);
});

test('an import of code from elsewhere is refused before anything runs', async ({ page }) => {
	const sandbox = new SandboxPage(page);
	await sandbox.open();
	await sandbox.write(`
export async function handle() {
	await import('https://example.com/x.js');
	return { status: 200 };
}`);
	await sandbox.run.click();
	await expect(
		sandbox.problems.filter({ hasText: /Cannot find module 'https:\/\/example.com\/x.js'/ }).first()
	).toBeVisible();
});
