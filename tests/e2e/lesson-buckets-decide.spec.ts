import { expect, test, type Page } from '@playwright/test';
import { violations } from './lesson-page.ts';

const ADDRESS = '/learn/latency/buckets-decide';

const strip = (page: Page, name: RegExp) => page.getByRole('figure', { name });
const surprises = (page: Page) => strip(page, /^Eight edges/);
const trial = (page: Page) => strip(page, /^Your edges/);

async function open(page: Page) {
	await page.goto(ADDRESS);
	await expect(page.getByText('The shop as it is, before')).toBeVisible();
}

test('from the first surprise to edges that are good enough', async ({ page }) => {
	await open(page);
	await page.getByLabel('Your prediction, s').fill('0.26');
	await page.getByLabel('Your prediction, s').press('Enter');
	await page.getByRole('button', { name: 'Read it off the chart' }).click();
	await expect(page.locator('#stock-seen')).toContainText('It was 498 ms');
	await expect(page.getByText('The place in it is a guess.')).toBeVisible();

	const first = surprises(page);
	await expect(first).toContainText('99 % of the way through it: 497.5 ms.');
	await first.getByRole('spinbutton', { name: 'Edge 5, milliseconds' }).fill('300');
	await page.keyboard.press('Tab');
	await expect(first).toContainText('99 % of the way through it: 299.5 ms.');
	await first.getByRole('radio', { name: '2 ms API' }).check({ force: true });
	await first.getByRole('radio', { name: 'p50' }).check({ force: true });
	await expect(first).toContainText('in the box from 0 ms to 10 ms. 50 % of the way through it: 5');

	await page.getByRole('radio', { name: /^5 s, and it would be/ }).check();
	await page.locator('#timeout').getByRole('button', { name: 'Answer' }).click();
	await expect(page.getByRole('img', { name: /^p99 of \/api\/orders/ })).toBeVisible();
	await expect(page.getByRole('img', { name: /^p50 of \/api\/prices/ })).toBeVisible();

	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(
		page.getByText('These are the edges that the shop began with.').first()
	).toBeVisible();
	await page.getByRole('button', { name: 'Solve' }).click();
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText('All checks pass.').first()).toBeVisible();
	await expect(page.getByText('What has made them so?')).toBeVisible();
	await expect(page.getByText('p75, p90 and p99')).toBeVisible();
});

test('edges are found for three services by keyboard alone', async ({ page }) => {
	await open(page);
	const mine = trial(page);
	await expect(mine).toContainText('5 of nine are more than 10 % off.');
	await mine.getByRole('slider', { name: /^Edge 1 of 8/ }).focus();
	const wanted = [4, 5, 100, 200, 250, 320, 400, 30_000];
	// From the outside in, as an edge stays between its neighbours.
	for (const at of [7, 0, 1, 2, 3, 4, 5, 6]) {
		const field = mine.getByRole('spinbutton', { name: `Edge ${at + 1}, milliseconds` });
		await field.focus();
		await page.keyboard.press('ControlOrMeta+a');
		await page.keyboard.type(String(wanted[at]));
		await page.keyboard.press('Enter');
		await expect(field).toHaveValue(String(wanted[at]));
	}
	await expect(mine).toContainText('All nine are at most 10 % off, with 8 edges.');
	await expect(mine.locator('pre')).toHaveText(
		'buckets: [0.004, 0.005, 0.1, 0.2, 0.25, 0.32, 0.4, 30]'
	);
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await mine.getByRole('button', { name: 'Copy' }).press('Enter');
	await expect(mine.getByText('Copied.')).toBeVisible();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('0.32, 0.4, 30]');
	const handle = mine.getByRole('slider', { name: /^Edge 6 of 8/ });
	await handle.focus();
	await page.keyboard.press('ArrowRight');
	await expect(handle).toHaveAttribute('aria-valuenow', '323');
	await page.keyboard.press('Delete');
	await expect(mine.getByRole('slider', { name: /of 7, milliseconds/ })).toHaveCount(7);
});

test('the strips can be read without JavaScript', async ({ browser }) => {
	const page = await browser.newPage({ javaScriptEnabled: false });
	await page.goto(ADDRESS);
	await expect(surprises(page).getByRole('img')).toHaveAttribute(
		'aria-label',
		'Estimated p99 498 ms, true p99 260 ms, +91 %; the box that it was found in goes from 250 ms to 500 ms.'
	);
	await expect(surprises(page)).toContainText('497.5 ms.');
	await expect(trial(page)).toContainText('−83 %');
	await expect(page.getByText('Which of the nine numbers')).toBeVisible();
	await page.close();
});

test('no accessibility problem, and it fits on a narrow screen', async ({ page }) => {
	await page.emulateMedia({ colorScheme: 'dark' });
	await open(page);
	expect(await violations(page)).toEqual([]);
	await page.setViewportSize({ width: 390, height: 844 });
	expect(await violations(page)).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
