import AxeBuilder from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { SandboxPage } from './sandbox-page.ts';

const ORIGINAL = readFileSync(
	new URL('../../src/routes/sandbox/prometheus.yml', import.meta.url),
	'utf8'
);

/** What axe objects to, each with the first element it found. */
async function complaints(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).analyze();
	return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** The page with prometheus.yml in front. */
async function openConfig(page: Page): Promise<SandboxPage> {
	const sandbox = new SandboxPage(page);
	await sandbox.open();
	await page.getByRole('tab', { name: 'prometheus.yml' }).click();
	sandbox.editor = page.getByRole('tabpanel').locator('.monaco-editor').filter({ visible: true });
	await expect(sandbox.editor).toContainText('scrape_configs');
	return sandbox;
}

/** Writes the original with one place replaced, and presses Reload. */
async function reload(sandbox: SandboxPage, from: string, to: string): Promise<void> {
	expect(ORIGINAL).toContain(from);
	await sandbox.write(ORIGINAL.replace(from, to));
	await expect(sandbox.page.getByText('Edited. Reload applies it.')).toBeVisible();
	await sandbox.page.getByRole('button', { name: 'Reload' }).click();
}

async function showTargets(page: Page): Promise<Locator> {
	await page.getByRole('tab', { name: 'Targets' }).click();
	return page.getByRole('tabpanel', { name: 'Targets' });
}

const SHOP = "      - targets: ['shop-1:8000', 'shop-2:8000']\n";
const DROP_SHOP_2 = `${SHOP}    relabel_configs:
      - source_labels: [__address__]
        target_label: host
      - source_labels: [__address__]
        regex: shop-2.*
        action: drop
`;
const BUCKETS = 'count(http_request_duration_seconds_bucket)';

test('a rule that drops buckets ends their series, and the ones beside it go on', async ({
	page
}) => {
	const sandbox = await openConfig(page);
	const input = page.getByRole('article').first().getByRole('textbox');
	const ask = async (query: string) => {
		await input.click();
		await page.keyboard.press('ControlOrMeta+a');
		await page.keyboard.insertText(query);
		await page.keyboard.press('Enter');
	};
	await ask(BUCKETS);
	const buckets = sandbox.query(BUCKETS);
	await buckets.getByRole('radio', { name: 'Table' }).check();
	await expect(buckets.getByRole('row')).toHaveCount(2);

	await reload(
		sandbox,
		SHOP,
		`${SHOP}    metric_relabel_configs:
      - { source_labels: [__name__], regex: .*_bucket, action: drop }
`
	);
	await expect(page.getByText('Reloaded. Targets are scraped by it').first()).toBeVisible();
	await expect(buckets).toContainText('No data', { timeout: 30_000 });
	const counts = 'count(http_request_duration_seconds_count) > 0';
	await ask(counts);
	await expect(sandbox.query(counts).getByRole('row')).toHaveCount(2);
});

test('a mistake is listed and marked with its place, and what was in force stays', async ({
	page
}) => {
	const sandbox = await openConfig(page);
	await reload(sandbox, 'job_name: shop', 'job: shop');
	await expect(
		page.getByText('Nothing was changed; the previous configuration').first()
	).toBeVisible();
	const problem = sandbox.problems.first();
	await expect(problem).toContainText(/field job not found.*prometheus\.yml:8:5/);
	await expect(sandbox.editor.locator('.squiggly-error')).toBeVisible();
	await expect(sandbox.editor.locator('.problem-mark')).toBeVisible();

	// The place is in another file than the one in front.
	await page.getByRole('tab', { name: 'app.ts' }).click();
	await expect(page.getByRole('tab', { name: /prometheus\.yml \d problem/ })).toBeVisible();
	await problem.click();
	await expect(page.getByRole('tab', { name: /prometheus\.yml/ })).toHaveAttribute(
		'aria-selected',
		'true'
	);
	await expect(sandbox.editor.locator('.native-edit-context, textarea').first()).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(problem).toBeFocused();

	const targets = await showTargets(page);
	await expect(targets).toContainText('2 of 2 up');

	await sandbox.write(ORIGINAL);
	await page.getByRole('button', { name: 'Reload' }).click();
	await expect(sandbox.problems).toHaveCount(0);
});

test('a draft is checked while it is written; the list stays what Reload said', async ({
	page
}) => {
	const sandbox = await openConfig(page);
	await sandbox.write(ORIGINAL.replace('job_name: shop', 'job: shop'));
	await expect(sandbox.editor.locator('.squiggly-error')).toBeVisible();
	await expect(sandbox.problems).toHaveCount(0);
	await sandbox.write(ORIGINAL.replace('job_name: shop', 'job_name: web'));
	await expect(sandbox.editor.locator('.squiggly-error')).toHaveCount(0);
});

test('what makes no target is a warning at its job, and the place of a job is that in force', async ({
	page
}) => {
	const sandbox = await openConfig(page);
	const NO_ADDRESS = `${SHOP}    relabel_configs:
      - { target_label: __address__, replacement: '' }
`;
	await reload(sandbox, SHOP, NO_ADDRESS);
	await expect(sandbox.problems).toContainText(
		/shop-1:8000 and 1 more are no target: no address.*prometheus\.yml:8:5/
	);
	const tab = page.getByRole('tab', { name: /^prometheus\.yml/ });
	await expect(tab).toHaveText(/!\s*1 warning/);
	await page.getByRole('button', { name: 'the warning' }).click();
	await expect(sandbox.problems).toBeFocused();
	await expect(sandbox.target('shop-1:8000')).toContainText('not scraped');

	const draft = ORIGINAL.replace(SHOP, NO_ADDRESS).replace('payments\n', 'orders\n');
	await sandbox.write(`# A line more.\n${draft}`);
	await page.getByRole('button', { name: 'Reload' }).click();
	await expect(await showTargets(page)).toContainText('orders');
	await sandbox.write(draft.replace('orders', 'others'));
	const targets = page.getByRole('tabpanel', { name: 'Targets' });
	await expect(targets.getByRole('button', { name: /^prometheus\.yml/ })).toHaveText([
		'prometheus.yml:9'
	]);
});

test('what is stored is told to whoever looks', async ({ page }) => {
	await openConfig(page);
	const targets = await showTargets(page);
	await targets.getByText('What is stored').click();
	await expect(targets).toContainText(/Series\s*\d+: \d+ live/);
	const metrics = targets.getByRole('table', { name: 'Metrics with the most series' });
	await expect(metrics.getByRole('row').nth(1)).toContainText(
		'http_request_duration_seconds_bucket'
	);
	await expect(targets.getByRole('table')).toHaveCount(4);
	expect(await complaints(page)).toEqual([]);
});

test('a draft is there on the next visit, and not in force; a reset can be taken back', async ({
	page
}) => {
	const sandbox = await openConfig(page);
	await reload(sandbox, SHOP, DROP_SHOP_2);
	await expect(await showTargets(page)).toContainText('1 of 1 up', { timeout: 30_000 });
	await page.reload();
	await sandbox.isAlive();
	await page.getByRole('tab', { name: 'prometheus.yml' }).click();
	await expect(page.getByText('Edited. Reload applies it.')).toBeVisible();
	await expect(await showTargets(page)).toContainText('2 of 2 up');
	await expect(sandbox.editor).toContainText('shop-2.*');
	await page.getByRole('button', { name: 'Reset' }).click();
	await expect(sandbox.editor).not.toContainText('shop-2.*');
	await page.getByRole('button', { name: 'Undo reset' }).click();
	await expect(sandbox.editor).toContainText('shop-2.*');
});

test('a world that is begun again goes on by the configuration that was reloaded', async ({
	page
}) => {
	const sandbox = await openConfig(page);
	await reload(sandbox, SHOP, DROP_SHOP_2);
	const targets = await showTargets(page);
	await expect(targets).toContainText('Dropped by relabelling (1)');
	await sandbox.write('scrape_configs: []');
	await page.getByRole('button', { name: 'Restart world' }).click();
	await expect(targets).toContainText('1 of 1 up', { timeout: 40_000 });
	await expect(targets).toContainText('Dropped by relabelling (1)');
});

test('by keyboard alone: a rule drops a target, and the list says which rule it was', async ({
	page
}) => {
	const sandbox = new SandboxPage(page);
	await sandbox.open();
	const { keyboard } = page;
	await page.getByRole('tab', { name: 'app.ts' }).focus();
	await keyboard.press('ArrowRight');
	await expect(page.getByRole('button', { name: 'Reload' })).toBeVisible();
	sandbox.editor = page.getByRole('tabpanel').locator('.monaco-editor').filter({ visible: true });
	await expect(sandbox.editor).toBeVisible();
	await sandbox.write(ORIGINAL.replace(SHOP, DROP_SHOP_2));
	await keyboard.press('ControlOrMeta+Enter');
	await expect(page.getByText('Reloaded. Targets are scraped by it').first()).toBeVisible();

	await page.getByRole('tab', { name: 'Traffic' }).focus();
	await keyboard.press('ArrowRight');
	const targets = page.getByRole('tabpanel', { name: 'Targets' });
	await expect(targets.getByRole('list', { name: 'Targets of shop' })).not.toContainText('shop-2');
	await targets.getByText('Dropped by relabelling (1)').focus();
	await keyboard.press('Enter');
	const dropped = targets.getByRole('list', { name: 'Dropped targets of shop' });
	await expect(dropped).toContainText('shop-2:8000 dropped by rule 2');
	await keyboard.press('Tab');
	await keyboard.press('Enter');
	await expect(dropped).toContainText('Discovered labels');
	await expect(dropped).toContainText('dropped here');
	await expect(dropped.getByRole('list', { name: 'Changed by rule 1' })).toHaveText(
		/added:\s*host="shop-2:8000"/
	);
	expect(await complaints(page)).toEqual([]);

	await targets.getByRole('button', { name: /^http:\/\/shop-1/ }).focus();
	await keyboard.press('Enter');
	await expect(targets.getByRole('list', { name: 'Labels after the last rule' })).toContainText(
		'host="shop-1:8000"'
	);
	await targets.getByRole('button', { name: 'prometheus.yml:8' }).press('Enter');
	await expect(sandbox.editor.locator('.native-edit-context, textarea').first()).toBeFocused();
	await keyboard.press('Escape');
	await expect(targets.getByRole('button', { name: 'prometheus.yml:8' })).toBeFocused();
});

test('a file that scrapes nothing says what to write', async ({ page }) => {
	const sandbox = await openConfig(page);
	await sandbox.write('global:\n  scrape_interval: 15s\n');
	await page.getByRole('button', { name: 'Reload' }).click();
	const targets = await showTargets(page);
	await expect(targets).toContainText('Nothing is scraped');
	await expect(targets).toContainText('job_name');
});

test('on a phone the place of a job is in the other view', async ({ browser }) => {
	const context = await browser.newContext({
		viewport: { width: 390, height: 844 },
		hasTouch: true,
		isMobile: true
	});
	const page = await context.newPage();
	await page.goto('/sandbox');
	await expect(page.getByRole('button', { name: 'Pause' })).toBeEnabled({ timeout: 40_000 });
	const views = page.getByRole('navigation', { name: 'Views' });
	await views.getByRole('button', { name: 'Targets' }).tap();
	await page.getByRole('button', { name: /^http:\/\/shop-1/ }).tap();
	expect(await complaints(page)).toEqual([]);
	await page.getByRole('button', { name: 'prometheus.yml:8' }).tap();
	await expect(page.locator('.cm-content').filter({ visible: true })).toBeFocused();
	await expect(page.getByRole('button', { name: 'Reload' })).toBeVisible();
	expect(await complaints(page)).toEqual([]);
	const overflow = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth
	);
	expect(overflow).toBe(0);
	await context.close();
});
