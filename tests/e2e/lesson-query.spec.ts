import { expect, test, type Page } from '@playwright/test';
import { violations } from './lesson-page.ts';

/** The lesson on rates: a number to foretell, and queries to write. */
const ADDRESS = '/learn/rates/rate';

async function open(page: Page) {
	await page.goto(ADDRESS);
	await expect(page.getByText('The finished shop')).toBeVisible();
}

const queryInput = (page: Page) => page.locator('.cm-content').filter({ visible: true }).first();

/** Replaces the query, as somebody would who types. */
async function write(page: Page, query: string) {
	await queryInput(page).click();
	await page.keyboard.press('ControlOrMeta+a');
	// Brackets and quotes that are closed by the editor are typed over.
	await page.keyboard.type(query);
	await page.keyboard.press('Escape');
}

async function check(page: Page) {
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText(/checks pass\.$/).first()).toBeVisible();
}

test('a learner marks a number, reads it off, and writes two queries', async ({ page }) => {
	await open(page);
	await page.getByLabel('Your prediction, /s').fill('500');
	await page.getByLabel('Your prediction, /s').press('Enter');
	await expect(page.getByText('your prediction', { exact: true })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Play again' })).toBeVisible();
	await page.getByRole('button', { name: 'Read it off the chart' }).click();
	const observed = page.locator('#height-seen');
	await expect(observed).toContainText('You expected 500/s');
	await expect(observed).toContainText('It was 125/s');
	await expect(page.getByText('a table five minutes wide')).toBeVisible();

	await write(page, 'rate(http_requests_total)');
	await expect(page.getByText('expected type range vector in call').first()).toBeVisible();
	await expect(page.getByText('add a range such as [5m]').first()).toBeVisible();
	await write(page, 'sum(rate(http_requests_total[5m]))');
	await expect(
		page.getByRole('img', {
			name: /^Your query: sum\(rate\(http_requests_total\[5m\]\)\): 1 series/
		})
	).toBeVisible();
	await check(page);
	await expect(page.getByText('has put together what differs').first()).toBeVisible();
	await expect(page.getByText('In one of the other worlds')).toBeHidden();

	await write(page, 'rate(http_requests_total[5m])');
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText('All checks pass.').first()).toBeVisible();
	await page.getByRole('link', { name: 'Go on' }).click();
	await page.getByText('it adds the one before').click();
	await page.getByRole('button', { name: 'Answer' }).first().click();
	await expect(page.getByText('A counter never falls by itself').first()).toBeVisible();

	await page.getByRole('button', { name: 'Work on it' }).click();
	await expect(page.getByRole('radio', { name: 'POST only' })).toBeChecked();
	await write(page, 'rate(http_requests_total{endpoint="/api/orders"}[5m])');
	await check(page);
	await expect(page.getByText('In another world orders are read too').first()).toBeVisible();
	await write(page, 'rate(http_requests_total{method="POST"}[5m])');
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText('All checks pass.').first()).toBeVisible();

	await page.reload();
	await expect(page.getByText('The finished shop')).toBeVisible();
	await expect(page.locator('.minutes')).toContainText('Passed.');
	await expect(observed).toContainText('It was 125/s');
	await page.getByRole('radio', { name: 'POST only' }).check({ force: true });
	await expect(queryInput(page)).toContainText('method="POST"');
});

test('who has seen the solution gets the same once more', async ({ page }) => {
	await open(page);
	await page.getByRole('radio', { name: 'POST only' }).check({ force: true });
	await expect(page.getByText('First: Every series.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Check', exact: true }).first()).toBeDisabled();
	await page.getByRole('radio', { name: 'Every series' }).check({ force: true });
	await write(page, 'rate(http_requests_total[5m])');
	await check(page);
	await page.getByRole('radio', { name: 'POST only' }).check({ force: true });
	await expect(page.getByRole('radio', { name: 'Failed only' })).toHaveCount(0);
	await check(page);
	await page.getByRole('button', { name: 'Solve' }).click();
	await check(page);
	await expect(page.getByText('You had seen the solution.')).toBeVisible();
	await expect(page.getByText('Only the requests that were answered')).toBeVisible();
	await page.getByRole('radio', { name: 'Failed only' }).check({ force: true });
	await write(page, 'rate(http_requests_total{status="500"}[5m])');
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText('All checks pass.').first()).toBeVisible();
	await expect(page.locator('.minutes')).toContainText('Passed.');
});

test('the query can be written and checked with the keyboard alone', async ({ page }) => {
	await open(page);
	for (let i = 0; i < 60; i++) {
		await page.keyboard.press('Tab');
		if (await queryInput(page).evaluate((element) => element === document.activeElement)) break;
	}
	await page.keyboard.type('rate(http_requests_total[5m])');
	await page.keyboard.press('ControlOrMeta+Enter');
	await expect(page.getByRole('img', { name: /^Your query: rate/ })).toBeVisible();
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText('All checks pass.').first()).toBeVisible();
});

test('tasks, hints and questions can be read without JavaScript', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(ADDRESS);
	await expect(page.getByText('How high does the line of the rate get?')).toBeVisible();
	await expect(page.getByText('Ask for the rate over five minutes')).toBeVisible();
	await expect(page.getByText('rate(___[5m])')).toBeVisible();
	await expect(page.getByText('it adds the one before')).toBeVisible();
	await expect(page.getByText('Only the requests that were answered')).toBeVisible();
	await context.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
	test(`a lesson of queries has no accessibility problem in the ${colorScheme} theme, on a narrow screen either`, async ({
		page
	}) => {
		await page.emulateMedia({ colorScheme });
		await open(page);
		await write(page, 'rate(http_requests_total[1m])');
		await expect(page.getByRole('img', { name: /^Your query: rate/ })).toBeVisible();
		expect(await violations(page)).toEqual([]);
		await check(page);
		expect(await violations(page)).toEqual([]);
		await page.setViewportSize({ width: 390, height: 844 });
		const parts = page.getByRole('navigation', { name: 'Parts of the lesson' });
		for (const part of ['Text', 'Query', 'Chart', 'Check']) {
			await parts.getByRole('button', { name: part }).click();
			expect(await violations(page)).toEqual([]);
			const width = await page.evaluate(() => document.documentElement.scrollWidth);
			expect(width).toBeLessThanOrEqual(390);
		}
	});
}

test('a lesson of code and a query shows the shop as it is, and then what an edge changes', async ({
	page
}) => {
	await page.goto('/learn/latency/slo-bucket');
	await expect(page.getByText('The shop as it is')).toBeVisible();
	await page.getByLabel('Your prediction, s').fill('0.268');
	await page.getByLabel('Your prediction, s').press('Enter');
	await page.getByRole('button', { name: 'Read it off the chart' }).click();
	await expect(page.locator('#p95-seen')).toContainText('It was 305 ms');
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText('0.3 is not among them').first()).toBeVisible();
	await page.getByRole('button', { name: 'Solve' }).click();
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText('You had seen the solution.')).toBeVisible();
	await page.getByRole('radio', { name: 'The share' }).check({ force: true });
	const bucket = 'sum(rate(http_request_duration_seconds_bucket{le="0.3"}[5m]))';
	const all = 'sum(rate(http_request_duration_seconds_count[5m]))';
	await write(page, `${bucket} / ${all}`);
	await page.keyboard.press('ControlOrMeta+Enter');
	await expect(page.getByText('The finished shop')).toBeVisible();
	await expect(page.getByRole('img', { name: /^Your query: sum/ })).toBeVisible();
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText('All checks pass.').first()).toBeVisible();
	await expect(page.locator('.minutes')).toContainText('Passed with solution.');
});
