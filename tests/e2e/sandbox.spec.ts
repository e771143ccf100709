import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { SandboxPage } from './sandbox-page.ts';

/** What axe objects to, each with the first element it found. */
async function complaints(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).analyze();
	return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

test('a first visit shows requests, targets and four live charts with their truth', async ({
	page
}) => {
	const sandbox = new SandboxPage(page);
	await sandbox.open();
	await expect(page.getByRole('article')).toHaveCount(4);
	const charts = page.getByRole('article').getByRole('img');
	await expect(charts).toHaveCount(4);
	for (const chart of await charts.all()) {
		await expect(chart).toHaveAccessibleName(/ from 0\d:\d\d.* highest .*truth/);
	}
	for (const name of ['shop-1:8000', 'shop-2:8000', 'payments-1:8001']) {
		await expect(sandbox.target(name)).toContainText('up');
	}
	const requests = page.getByRole('region', { name: 'Requests going by' });
	await expect(requests).toContainText('GET /api/products');

	const before = await sandbox.clock.textContent();
	await expect(sandbox.clock).not.toHaveText(before ?? '');
	const last = charts.last();
	const name = await last.getAttribute('aria-label');
	await expect(last).not.toHaveAttribute('aria-label', name ?? '');
});

test('edited code that is run changes /metrics, and survives a reload', async ({ page }) => {
	const sandbox = new SandboxPage(page);
	await sandbox.open();
	await sandbox.change("name: 'active_connections'", "name: 'visitors_now'");
	await expect(page.getByText('Edited. Run deploys it.')).toBeVisible();
	await sandbox.run.click();
	await expect(page.getByText('Deployed. The counters begin again at 0.').first()).toBeVisible();
	const metrics = await sandbox.showMetrics();
	await expect(metrics).toContainText('visitors_now');
	await expect(metrics).not.toContainText('active_connections');
	await expect(metrics.locator('ins').first()).toBeVisible();

	await page.getByLabel('Find').fill('visitors');
	await expect(metrics.locator('p')).toHaveCount(3);

	await page.reload();
	await sandbox.isAlive();
	await expect(sandbox.editor).toContainText('visitors_now');
	await expect(page.getByText('Edited. Run deploys it.')).toBeVisible();
});

test('a reset brings the original back, and can be taken back', async ({ page }) => {
	const sandbox = new SandboxPage(page);
	await sandbox.open();
	await sandbox.write('// mine');
	await page.getByRole('button', { name: 'Reset' }).click();
	await expect(sandbox.editor).toContainText('processRequest');
	await page.getByRole('button', { name: 'Undo reset' }).click();
	await expect(sandbox.editor).toHaveText(/mine/);
	expect(await sandbox.draft()).toBe('// mine');
});

test('a fault shows at its target and on the charts', async ({ page }) => {
	const sandbox = new SandboxPage(page);
	await sandbox.open();
	await page.getByRole('button', { name: 'Crash shop-1' }).click();
	await expect(sandbox.target('shop-1:8000')).toContainText('down');
	await expect(page.getByText('connection refused')).toBeVisible();
	await expect(sandbox.query('Requests per second, all together')).toContainText('shop-1 down');
	await expect(sandbox.target('shop-1:8000')).toContainText('up');
});

test('time stands still when paused, and goes on by exactly one scrape', async ({ page }) => {
	const sandbox = new SandboxPage(page);
	await sandbox.open();
	await page.getByRole('button', { name: 'Pause' }).click();
	await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
	const before = await sandbox.clock.textContent();
	await page.getByRole('button', { name: 'One scrape' }).click();
	await expect(sandbox.clock).not.toHaveText(before ?? '');
	await page.getByRole('button', { name: '+5 min' }).click();
	await expect(page.getByText('Skipping 5 minutes')).toBeHidden();
	const minutes = (text: string | null) => Number(text?.slice(3, 5));
	expect(minutes(await sandbox.clock.textContent())).toBeGreaterThanOrEqual(minutes(before) + 5);
});

test('queries can be added, answered, copied and removed, and are there after a reload', async ({
	page
}) => {
	const sandbox = new SandboxPage(page);
	await sandbox.open();
	await page.getByText('More queries to try').click();
	await page.getByRole('button', { name: 'Add: Which targets answer' }).click();
	const up = sandbox.query('Which targets answer');
	await up.getByRole('radio', { name: 'Table' }).check();
	await expect(up.getByRole('row')).toHaveCount(4);
	await expect(up).toContainText('up{instance="payments-1:8001", job="payments"}');
	await up.getByRole('button', { name: 'Duplicate' }).click();
	await expect(up).toHaveCount(2);
	await up.first().getByRole('button', { name: 'Remove' }).click();
	await page.reload();
	await sandbox.isAlive();
	await expect(page.getByRole('article')).toHaveCount(5);
	await expect(up.getByRole('row')).toHaveCount(4);
});

test('a person with a keyboard alone edits, runs, mends and queries', async ({ page }) => {
	const sandbox = new SandboxPage(page);
	await sandbox.open();
	const { keyboard } = page;
	const tabTo = async (name: RegExp, key = 'Tab') => {
		for (let presses = 0; presses < 60; presses++) {
			const focused = await page.evaluate(() => {
				const element = document.activeElement;
				const isGroup = element?.matches('[role="tabpanel"], main');
				return isGroup ? '' : (element?.getAttribute('aria-label') ?? element?.textContent ?? '');
			});
			if (name.test(focused.trim())) return;
			await keyboard.press(key);
		}
		throw new Error(`nothing called ${name} can be reached with ${key}`);
	};

	await page.locator('#content').focus();
	await keyboard.press('Space');
	await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
	const before = await sandbox.clock.textContent();
	await keyboard.press('.');
	await expect(sandbox.clock).not.toHaveText(before ?? '');
	await keyboard.press('Space');

	await tabTo(/^Code of the shop/);
	await keyboard.press('ControlOrMeta+End');
	await keyboard.type('let');
	await keyboard.press('ControlOrMeta+Enter');
	await expect(sandbox.problems).toHaveCount(1);

	await keyboard.press('Escape');
	await expect(page.getByText('Tab leaves the editor.').first()).toBeVisible();
	await keyboard.press('Tab');
	await tabTo(/Syntax error/);
	await keyboard.press('Enter');
	await expect(sandbox.editor.locator('.native-edit-context, textarea').first()).toBeFocused();
	await keyboard.press('Escape');
	await expect(sandbox.problems).toBeFocused();

	await tabTo(/^Code of the shop/, 'Shift+Tab');
	await keyboard.press('ControlOrMeta+End');
	await keyboard.press('Shift+Home');
	await keyboard.press('Delete');
	await keyboard.press('ControlOrMeta+Enter');
	await expect(sandbox.problems).toHaveCount(0);

	await keyboard.press('Escape');
	await tabTo(/^PromQL query: Requests per second, all together$/);
	await keyboard.press('ControlOrMeta+a');
	await keyboard.type('sum(up)');
	await keyboard.press('Enter');
	await expect(sandbox.query('sum(up)').getByRole('img')).toHaveAccessibleName(/highest .* 3 at/);
});

test('Enter runs a finished query, and takes an entry of the list for one that is not', async ({
	page
}) => {
	const sandbox = new SandboxPage(page);
	await sandbox.open();
	const { keyboard } = page;
	const list = page.locator('.cm-tooltip-autocomplete');
	const input = page.getByRole('article').first().getByRole('textbox');
	await input.click();
	for (const text of ['sum(rate(http_requests_total[5m])) by (endpoint)', 'time()', 'up']) {
		await keyboard.press('ControlOrMeta+a');
		await keyboard.type(text);
		// A list that wants to open has opened by then.
		await page.waitForTimeout(300);
		await keyboard.press('Enter');
		await expect(list).toHaveCount(0);
		await expect(input).toHaveText(text);
	}
	await keyboard.press('ControlOrMeta+a');
	await keyboard.type('histogram_quantil');
	await expect(list).toBeVisible();
	await page.waitForTimeout(150);
	await keyboard.press('Enter');
	await expect(input).toHaveText('histogram_quantile()');
});

test('queries can have all the room, and give it back', async ({ page }) => {
	const sandbox = new SandboxPage(page);
	await sandbox.open();
	await page.getByRole('button', { name: 'Queries only' }).press('Enter');
	await expect(sandbox.editor).toHaveCount(0);
	const back = page.getByRole('button', { name: 'Show everything' });
	await expect(back).toBeFocused();
	await expect(page.getByRole('article')).toHaveCount(4);
	await back.press('Enter');
	await expect(sandbox.editor).toBeVisible();
	await expect(page.getByRole('button', { name: 'Queries only' })).toBeFocused();
});

test('the world is still there after a look at another page', async ({ page }) => {
	const sandbox = new SandboxPage(page);
	await sandbox.open();
	await page.getByRole('button', { name: '+5 min' }).click();
	await page.getByRole('button', { name: 'Pause' }).click();
	await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
	const time = (await sandbox.clock.textContent()) ?? '';
	await page.getByRole('link', { name: 'Reference' }).first().click();
	await expect(page).toHaveURL(/reference/);
	await page.goBack();
	await expect(sandbox.clock).toHaveText(time);
	await page.getByRole('button', { name: 'Play' }).click();
	await expect(sandbox.clock).not.toHaveText(time);
});

for (const colorScheme of ['light', 'dark'] as const) {
	test(`axe finds nothing to complain of, ${colorScheme}`, async ({ page }) => {
		await page.emulateMedia({ colorScheme });
		const sandbox = new SandboxPage(page);
		await sandbox.open();
		expect(await complaints(page)).toEqual([]);
		await sandbox.showMetrics();
		await page.getByRole('radio', { name: 'Table' }).first().check();
		expect(await complaints(page)).toEqual([]);
		await sandbox.write('let');
		await sandbox.run.click();
		await expect(sandbox.problems).toHaveCount(1);
		await sandbox.problems.click();
		expect(await complaints(page)).toEqual([]);
	});
}

test('when its thread dies the page says so and offers a restart, and nothing written is lost', async ({
	page
}) => {
	const sandbox = new SandboxPage(page);
	await sandbox.open();
	await sandbox.write('// mine');
	const lab = page.workers().find((worker) => worker.url().includes('lab.worker'));
	await lab?.evaluate(() => {
		setTimeout(() => {
			throw new Error('out of order');
		});
	});
	const callout = page.getByRole('alert').filter({ hasText: 'The simulation stopped' });
	await expect(callout).toContainText('out of order');
	await callout.getByRole('button', { name: 'Restart' }).click();
	await sandbox.isAlive();
	await expect(callout).toBeHidden();
	await expect(sandbox.target('shop-1:8000')).toContainText('up');
	expect(await sandbox.draft()).toBe('// mine');
});

test('without scripts the page says what it is and shows the code and the queries', async ({
	browser
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto('/sandbox');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sandbox');
	await expect(page.getByText('export async function handle')).toBeVisible();
	await expect(page.getByText('scrape_configs:')).toBeVisible();
	await expect(page.getByText('sum(rate(http_requests_total[5m]))').first()).toBeVisible();
	await expect(page.getByRole('link', { name: 'The lessons' })).toBeVisible();
	await context.close();
});

test('who asked for less motion finds the world paused', async ({ page }) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await page.goto('/sandbox');
	await expect(page.getByRole('button', { name: 'Play' })).toBeEnabled({ timeout: 40_000 });
	await expect(page.getByRole('article').getByRole('img').first()).toHaveAccessibleName(/highest/);
	const before = await page.getByRole('group', { name: 'Time' }).locator('time').textContent();
	expect(before).toBe('09:20:00');
});

test('a phone shows one view at a time and takes CodeMirror', async ({ browser }) => {
	const context = await browser.newContext({
		viewport: { width: 390, height: 844 },
		hasTouch: true,
		isMobile: true
	});
	const page = await context.newPage();
	await page.goto('/sandbox');
	await expect(page.getByRole('button', { name: 'Pause' })).toBeEnabled({ timeout: 40_000 });
	await expect(page.locator('.cm-editor').first()).toBeVisible();
	expect(await complaints(page)).toEqual([]);
	const views = page.getByRole('navigation', { name: 'Views' });
	await views.getByRole('button', { name: 'Traffic' }).tap();
	await expect(page.getByRole('button', { name: 'Crash shop-1' })).toBeVisible();
	await expect(page.locator('.cm-editor').first()).toBeHidden();
	await views.getByRole('button', { name: 'Metrics' }).tap();
	await expect(page.getByRole('region', { name: /^\/metrics of/ })).toBeVisible();
	await views.getByRole('button', { name: 'Queries' }).tap();
	await expect(page.getByRole('article')).toHaveCount(4);
	expect(await complaints(page)).toEqual([]);
	const overflow = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth
	);
	expect(overflow).toBe(0);
	await context.close();
});

test('a skip can be stopped, and the world stands where it has got to', async ({ page }) => {
	const sandbox = new SandboxPage(page);
	await sandbox.open();
	for (const name of ['Stop', 'Pause']) {
		await page.getByRole('button', { name: '+1 h' }).click();
		await page.getByRole('button', { name, exact: true }).click();
		await expect(page.getByRole('button', { name: 'Play' })).toBeEnabled();
		await expect(page.getByRole('progressbar')).toHaveCount(0);
		const stoppedAt = await sandbox.clock.getAttribute('datetime');
		await page.getByRole('button', { name: 'One scrape' }).click();
		await expect(sandbox.clock).not.toHaveAttribute('datetime', stoppedAt ?? '');
		await page.getByRole('button', { name: 'Play' }).click();
	}
});

test('on a phone long lines of /metrics wrap, and their values stay beside them', async ({
	browser
}) => {
	const context = await browser.newContext({
		viewport: { width: 390, height: 844 },
		hasTouch: true,
		isMobile: true
	});
	const page = await context.newPage();
	await page.goto('/sandbox#metrics');
	const metrics = page.getByRole('region', { name: /^\/metrics of shop-1/ });
	await expect(metrics.locator('.sample').first()).toBeVisible({ timeout: 40_000 });
	const cut = await metrics.evaluate((region) => {
		const lines = [...region.querySelectorAll('.window p')];
		const isCut = (line: Element) =>
			line.scrollHeight > line.clientHeight || line.scrollWidth > line.clientWidth;
		return [region.scrollWidth - region.clientWidth, lines.filter(isCut).length];
	});
	expect(cut).toEqual([0, 0]);
	await context.close();
});
