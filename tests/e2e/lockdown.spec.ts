import { expect, test } from '@playwright/test';
import { WAYS_IN_JAVASCRIPT, watchOutside } from './outside.ts';
import { PythonLab } from './python-lab.ts';
import { SandboxPage } from './sandbox-page.ts';

/** Where JavaScript that has lost its global names may find them again. */
const WAYS_TO_THE_GLOBALS = [
	'globalThis',
	'(function () { return this; })()',
	'(0, (() => globalThis))()',
	"(() => {}).constructor('return this')()",
	"(async () => {}).constructor('return this')()",
	"(function* () {}).constructor('return this')().next().value",
	"[].constructor.constructor('return this')()",
	"Counter.constructor('return this')()",
	"Object.getPrototypeOf(Counter).constructor('return this')()",
	"new Error('x').constructor.constructor('return this')()",
	"register.metrics().constructor.constructor('return this')()",
	"console.log.constructor('return this')()",
	"Date.now.constructor('return this')()",
	"setTimeout.constructor('return this')()",
	"(0, eval)('this')",
	"new Function('return this')()",
	"addEventListener('x', (event) => event.currentTarget)"
];

/** Code that tries each way and says which are open. A way that ends in undefined is none. */
function attempts(url: string): string {
	const names = WAYS_IN_JAVASCRIPT.map((way) => way.replaceAll('$', ''));
	const found = WAYS_IN_JAVASCRIPT.map((way) => way.replaceAll('$', 'scope.'));
	const attempt = (way: string) => `attempt(${JSON.stringify(way)}, () => ${way});`;
	return `
import { Counter, register } from 'prom-client';
const ADDRESS = ${JSON.stringify(url)};
let open = 0;
let scope;
function attempt(way, go) {
	try {
		const found = go();
		if (found === undefined || found === 'undefined') return;
		open++;
		console.log('a way out: ' + way + ' is ' + found);
		return found;
	} catch {}
}
${WAYS_TO_THE_GLOBALS.map((way) => `scope ??= ${attempt(way)}`).join('\n')}
${[...names, ...found].map(attempt).join('\n')}
attempt('import()', () => void import(ADDRESS).then(() => console.log('a way out: import()'), () => {}));
console.log(open + ' ways are open');
export const handle = () => ({ status: 200 });
`;
}

test('TypeScript has no way to the network, to storage, to other threads or to the page', async ({
	page
}) => {
	const lab = new PythonLab(page);
	await lab.open();
	const outside = await watchOutside(page);
	try {
		const { problems, output } = await lab.start({ 'app.ts': attempts(outside.url) });
		expect(problems).toEqual([]);
		expect(output.map(({ text }) => text)).toEqual(['0 ways are open']);
		await outside.expectUntouched();
		expect(lab.foreign).toEqual([]);
	} finally {
		outside.close();
	}
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
