import { expect, test, type Locator, type Worker } from '@playwright/test';
import { missingPython } from './python-lab.ts';
import { SandboxPage } from './sandbox-page.ts';

const START = `from prometheus_client import Counter, start_http_server

REQUESTS = Counter("http_requests_total", "Requests.", ["path"])
start_http_server(8000)


def handle(request):
    REQUESTS.labels(request.path).inc()
    return process_request(request)

`;

let sandbox: SandboxPage;
/** The one that knows Python. */
let thread: Worker;
/** What can be completed where the cursor is. */
let list: Locator;
/** How the call is made that the cursor is in. */
let signature: Locator;
/** What a name is that the mouse rests on. */
let explanation: Locator;

// Python is brought by pip at npm ci. A machine without pip has none, and what the site says then is tested in sandbox-python.spec.ts.
test.skip(missingPython !== '', `there is no Python: ${missingPython}`);

test.beforeEach(async ({ page }) => {
	sandbox = new SandboxPage(page);
	list = page.locator('.suggest-widget.visible');
	signature = page.locator('.parameter-hints-widget.visible');
	explanation = page.locator('.monaco-hover:not(.hidden)');
	const started = page.waitForEvent('worker', {
		predicate: (worker) => worker.url().includes('python-help'),
		timeout: 50_000
	});
	await page.addInitScript(() => localStorage.setItem('promenade.language', '"python"'));
	await sandbox.open();
	thread = await started;
	await sandbox.write(START);
	await expect.poll(() => sandbox.draft('python')).toBe(START);
});

/** Types until help is there: before, nothing comes of it. */
async function waitForHelp(): Promise<void> {
	const { keyboard } = sandbox.page;
	await expect(async () => {
		await keyboard.type('REQUESTS.');
		const [isThere] = await Promise.allSettled([list.waitFor({ timeout: 1500 })]);
		if (isThere.status === 'fulfilled') return;
		for (let i = 0; i < 'REQUESTS.'.length; i++) await keyboard.press('Backspace');
		throw new Error('no help yet');
	}).toPass({ timeout: 40_000 });
}

/** Has the class explained that the program imports. */
async function hoverCounter(): Promise<void> {
	// The span begins with a space.
	const names = sandbox.editor.getByText('Counter, start_http_server').last();
	await names.hover({ position: { x: 20, y: 8 } });
}

/** Lets help answer what it has been asked: one thing after the other, and this last. */
async function waitForAnswers(): Promise<void> {
	await hoverCounter();
	await expect(explanation).toContainText('class Counter');
	await sandbox.page.mouse.move(0, 0);
	await expect(explanation).toBeHidden();
}

test('the editor completes Python, shows how to call and explains, and Escape closes one thing at a time', async ({
	page
}) => {
	const { keyboard } = page;
	const leaves = page.getByText('Tab leaves the editor.').first();
	await waitForHelp();
	await expect(list.getByRole('option', { name: /^inc/ })).toBeVisible();
	await keyboard.type('lab');
	await keyboard.press('Enter');
	await expect(sandbox.editor).toContainText('REQUESTS.labels');
	await keyboard.type('(');
	await expect(signature).toContainText('labels(*labelvalues: object, **labelkwargs: object)');
	await expect(signature).toContainText('Return the child for the given labelset.');

	await keyboard.type('REQUESTS.');
	await expect(list).toBeVisible();
	await keyboard.press('Escape');
	await expect(list).toBeHidden();
	if (await signature.isVisible()) await keyboard.press('Escape');
	await expect(signature).toBeHidden();
	await expect(leaves).toBeHidden();
	await keyboard.press('Escape');
	await expect(leaves).toBeVisible();

	await hoverCounter();
	await expect(explanation).toContainText('class Counter(name: str, documentation: str');
	await expect(explanation).toContainText('A Counter tracks counts of events or running totals.');
});

test('nothing comes up in strings and remarks, and the request is known', async ({ page }) => {
	const { keyboard } = page;
	await waitForHelp();
	await keyboard.press('Escape');
	for (const text of ['"REQUESTS.', '# REQUESTS.']) {
		await sandbox.write(START);
		await keyboard.type(text);
		await waitForAnswers();
		await expect(list).toBeHidden();
		await keyboard.press('Control+Space');
		await expect(list).toContainText('No suggestions.');
		await keyboard.press('Escape');
	}
	await sandbox.write(START.trimEnd().replace('return process_request(request)', ''));
	await keyboard.type('request.');
	await expect(list.getByRole('option', { name: /^endpoint/ })).toBeVisible();
	await expect(list.getByRole('option', { name: /^user_id/ })).toBeVisible();
});

test('the thread that reads programs is locked down as those that run them are', async () => {
	await waitForHelp();
	// What Playwright runs in a thread is compiled there, and to compile text is among what is taken away.
	const evaluated = thread.evaluate(() => typeof fetch);
	await expect(evaluated).rejects.toThrow('eval is not a function');
});
