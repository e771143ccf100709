import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { SandboxPage } from './sandbox-page.ts';

const RATES = 'Requests per second';

/** A world that stands still, so that what is read stays. */
async function open(page: Page): Promise<SandboxPage> {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	const sandbox = new SandboxPage(page);
	await page.goto('/sandbox#queries');
	await expect(page.getByRole('button', { name: 'Play' })).toBeEnabled({ timeout: 40_000 });
	await expect(card(page, RATES).getByRole('img').first()).toHaveAccessibleName(/highest/);
	return sandbox;
}

function card(page: Page, title: string): Locator {
	return page.getByRole('article', { name: title, exact: true });
}

function explain(card: Locator): Promise<void> {
	return card.getByText('Explain', { exact: true }).click();
}

/** Replaces a query and runs it; the card is then called by its text. */
async function ask(page: Page, of: Locator, query: string): Promise<Locator> {
	await of.getByRole('textbox', { name: /^PromQL query/ }).click();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.insertText(query);
	await page.keyboard.press('ControlOrMeta+Enter');
	return card(page, query);
}

async function complaints(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page }).analyze();
	return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

test('an explained rate shows its tree, the samples in its window, and where it stands in the query', async ({
	page
}) => {
	await open(page);
	const rates = card(page, RATES);
	await explain(rates);
	const explanation = rates.getByRole('region', { name: 'Explanation' });
	const rate = explanation.getByRole('button', { name: /^rate\(…\) vector 20 → 20 series/ });
	await expect(rate).toHaveAttribute('aria-expanded', 'true');
	await expect(explanation).toContainText('20 samples in the window of 5m (09:15:00, 09:20:00]');
	await expect(explanation).toContainText(/rate\(\) = .* \/ 300 s = [\d.]+\./);

	const selector = explanation.getByRole('button', { name: /^http_requests_total\[5m\] matrix/ });
	await selector.click();
	await expect(explanation).toContainText('Looks at (09:15:00, 09:20:00] and finds 20 series');
	const mark = rates.locator('.cm-spanMark');
	await expect(mark).toHaveText(['http_requests_total[5m]']);
	await rate.focus();
	await expect(mark).toHaveText(['rate(http_requests_total[5m])']);

	await explanation
		.getByLabel('about')
		.selectOption({ label: '/api/products · shop-2:8000 · GET · 200' });
	await expect(explanation).toContainText('instance="shop-2:8000"');
});

test('another moment is looked into while the cursor is there, and kept with Enter', async ({
	page
}) => {
	await open(page);
	const rates = card(page, RATES);
	await explain(rates);
	const explanation = rates.getByRole('region', { name: 'Explanation' });
	const cursor = rates.getByRole('slider', { name: /^Read values/ });
	await cursor.focus();
	await page.keyboard.press('Home');
	await expect(explanation).toContainText('Details at 09:05:00');
	await page.keyboard.press('Enter');
	await cursor.blur();
	await expect(explanation.getByRole('button', { name: 'Back to the latest' })).toBeVisible();
	await expect(explanation).toContainText('Details at 09:05:00');
	await explanation.getByRole('button', { name: 'Back to the latest' }).click();
	await expect(explanation).toContainText('Details at 09:20:00');
});

test('a query without a result says where its data vanished, as a graph and as a table', async ({
	page
}) => {
	await open(page);
	const asked = await ask(page, card(page, RATES), 'sum(rate(http_requests_totl[5m])) > 1');
	const sentence = 'There is no metric named http_requests_totl. Nearest: http_requests_total.';
	await expect(asked).toContainText('It vanished at http_requests_totl[5m]');
	await expect(asked).toContainText(sentence);
	await asked.getByRole('radio', { name: 'Table' }).check();
	await expect(asked).toContainText(sentence);
	await explain(asked);
	await expect(asked.getByRole('button', { name: /vanished here/ })).toContainText(
		'http_requests_totl[5m]'
	);
});

test('limitk is refused until its switch is on, and the switch is there after a reload', async ({
	page
}) => {
	await open(page);
	const asked = await ask(page, card(page, RATES), 'limitk(2, up)');
	await expect(asked.getByRole('alert')).toContainText(
		'must be enabled with --enable-feature=promql-experimental-functions'
	);
	await explain(asked);
	await expect(asked).toContainText('as soon as the query can be read');
	await page.getByText('Experimental parts of PromQL').click();
	const flag = page.getByRole('switch', { name: 'promql-experimental-functions' });
	await expect(flag).not.toBeChecked();
	await flag.check();
	await expect(asked.getByRole('img').first()).toHaveAccessibleName(/highest/);
	await expect(asked.getByRole('button', { name: /^limitk\(2, …\) vector 3 → 2/ })).toBeVisible();

	await page.reload();
	await expect(page.getByText('Experimental parts of PromQL (1 on)')).toBeVisible();
	await expect(asked.getByRole('img').first()).toHaveAccessibleName(/highest/);
});

for (const [width, height, colorScheme] of [
	[1440, 900, 'light'],
	[390, 844, 'dark']
] as const) {
	test(`axe finds nothing in an explanation, ${width} wide, ${colorScheme}`, async ({ page }) => {
		await page.setViewportSize({ width, height });
		await page.emulateMedia({ colorScheme });
		await open(page);
		const errors = card(page, 'Errors, in percent of all requests');
		await explain(errors);
		const rows = errors.locator('button[aria-expanded=false][aria-controls]');
		for (let i = 0; i < 4; i++) await rows.first().click();
		await page.getByText('Experimental parts of PromQL').click();
		expect(await complaints(page)).toEqual([]);
		const overflow = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect(overflow).toBe(0);
	});
}

test('an error comes with what to do about it, and both are gone with the error', async ({
	page
}) => {
	await open(page);
	const wrong = await ask(page, card(page, RATES), 'rate(http_requests_total)');
	await expect(wrong).toContainText('expected type range vector');
	const advice = wrong.getByRole('status').filter({ hasText: 'add a range such as [5m]' });
	await expect(advice).toBeVisible();
	expect(await complaints(page)).toEqual([]);
	const right = await ask(page, wrong, 'rate(http_requests_total[2m])');
	await expect(right.getByRole('img').first()).toHaveAccessibleName(/highest/);
	await expect(right.getByText('add a range such as [5m]')).toHaveCount(0);
});
