import { expect, test } from '@playwright/test';
import { SandboxPage } from './sandbox-page.ts';

let sandbox: SandboxPage;

// One page for all: each test ends with a visit that begins anew, and each writes the whole code.
test.beforeAll(async ({ browser }) => {
	sandbox = new SandboxPage(await browser.newPage());
	await sandbox.open();
});

test.afterAll(() => sandbox.page.close());

/** One problem is listed with its place, and marked in the editor at the same line. */
async function isReported(message: RegExp, place: RegExp, marker = '.squiggly-error') {
	const problem = sandbox.problems.filter({ hasText: message }).first();
	await expect(problem).toBeVisible({ timeout: 30_000 });
	await expect(problem).toContainText(place);
	await problem.click();
	await expect(sandbox.editor.locator(marker).first()).toBeVisible();
	await expect(sandbox.editor.locator('.problem-mark').first()).toBeVisible();
}

/** What was deployed before goes on: nothing the crowd or Prometheus would notice. */
async function runsOn() {
	await expect(sandbox.page.getByText('Nothing was deployed').first()).toBeVisible();
	await isScraped('shop-1:8000');
	await isScraped('payments-1:8001');
}

async function isScraped(name: string) {
	// Every 15 s of virtual time, so that soon the last scrape is young again.
	await expect(sandbox.target(name)).toContainText(/up\D*\d s ago/);
}

/** Learner code is ended after this long; a page that waits for it would answer no sooner. */
const DEADLINE = 3000;

/** A button answers while the code is stuck. */
async function answers() {
	const { page } = sandbox;
	const began = Date.now();
	await page.getByRole('tab', { name: 'Output' }).click();
	await expect(page.getByRole('tab', { name: 'Output' })).toHaveAttribute('aria-selected', 'true');
	expect(Date.now() - began).toBeLessThan(DEADLINE);
	await page.getByRole('tab', { name: 'Problems' }).click();
}

async function isKept(text: string) {
	await sandbox.page.reload();
	await sandbox.isAlive();
	expect(await sandbox.draft()).toContain(text);
	// The lines that are drawn are those in sight: near the end, where most of the code is.
	await sandbox.focusEditor();
	await sandbox.page.keyboard.press('ControlOrMeta+f');
	await sandbox.page.keyboard.insertText(text);
	await expect(sandbox.editor.locator('.find-widget')).toContainText('1 of 1');
}

test('a syntax error', async () => {
	await sandbox.change('response = await processRequest(request);', 'response = = 1;');
	await sandbox.run.click();
	await isReported(/Syntax error/, /app\.ts:30:14/);
	await runsOn();
	await isKept('response = = 1;');
});

test('an exception while the code is loaded', async () => {
	await sandbox.change('/** Called once', "throw new Error('not today');\n/** Called once");
	await sandbox.run.click();
	await isReported(/Error: not today/, /app\.ts:22:7/);
	await runsOn();
	await isKept("throw new Error('not today');");
});

test('an exception in a handler', async () => {
	await sandbox.change('activeConnections.inc();', 'request.basket.count++;');
	await sandbox.run.click();
	await isReported(/TypeError: .*in handle, for \w+ .*the user got a 500/, /app\.ts:26:\d+/);
	await isScraped('shop-1:8000');
	await isScraped('payments-1:8001');
	await isKept('request.basket.count++;');
});

test('a loop without end while the code is loaded', async () => {
	await sandbox.change('/** Called once', 'while (true) {}\n/** Called once');
	await sandbox.run.click();
	await expect(sandbox.page.getByText('Deploying…')).toBeVisible();
	await answers();
	await isReported(/took longer than 3 seconds and was stopped.*this loop/, /app\.ts:22:1/);
	await runsOn();
	await isKept('while (true) {}');
});

test('a loop without end in a handler', async () => {
	await sandbox.change('activeConnections.inc();', 'for (;;) activeConnections.inc();');
	await sandbox.run.click();
	await answers();
	await isReported(/took longer than 3 seconds and was stopped.*this loop/, /app\.ts:26:2/);
	await expect(sandbox.target('shop-1:8000')).toContainText('down', { timeout: 30_000 });
	await isScraped('payments-1:8001');
	await isKept('for (;;) activeConnections.inc();');
});

test('a label value of 100 MB', async () => {
	await sandbox.change('requestCount.labels(method,', "requestCount.labels('x'.repeat(1e8),");
	await sandbox.run.click();
	await answers();
	await isReported(/RangeError: the label "method".*100,000,000 characters/, /app\.ts:35:16/);
	await isScraped('payments-1:8001');
	await isKept("'x'.repeat(1e8)");
});

test('an import of something that is not there', async () => {
	await sandbox.change("from 'shop'", "from 'shopping'");
	await sandbox.run.click();
	await isReported(/Cannot find module 'shopping': here you can import/, /app\.ts:2:\d+/);
	await runsOn();
	await isKept("from 'shopping'");
});

test('broken PromQL', async () => {
	const { page } = sandbox;
	const input = page.getByRole('textbox', {
		name: /^PromQL query: Requests per second, all together$/
	});
	await input.click();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.insertText('sum(rate(http_requests_total[5m])');
	await page.keyboard.press('Enter');
	const card = page.getByRole('article').first();
	await expect(card.getByRole('alert').first()).toContainText(
		'1:34: parse error: unclosed left parenthesis'
	);
	await expect(card.locator('.cm-lintRange-error')).toBeVisible();
	await expect(sandbox.query('Errors, in percent').getByRole('img')).toBeVisible();
	await page.reload();
	await sandbox.isAlive();
	await expect(page.getByRole('article').first()).toContainText(
		'sum(rate(http_requests_total[5m])'
	);
});
