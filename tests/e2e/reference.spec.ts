import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

test('the reference can be read before any script has run', async ({ browser }) => {
	const page = await browser.newPage({ javaScriptEnabled: false });
	await page.goto('/reference#histogram_quantile');
	const entry = page.getByRole('article', { name: 'histogram_quantile', exact: true });
	await expect(entry.getByText('histogram_quantile(φ scalar, b instant-vector)')).toBeVisible();
	await expect(entry.getByText('{} 0.5')).toBeVisible();
	await expect(page.getByLabel('Filter')).toBeHidden();
	await page.close();
});

test('the filter leaves what has all its words', async ({ page }) => {
	await page.goto('/reference');
	await expect(page.getByRole('status')).toHaveText('121 entries');
	await page.getByLabel('Filter').fill('predict');
	await expect(page.getByRole('status')).toHaveText('1 of 121 entries');
	await expect(page.getByRole('article')).toHaveCount(1);
	await page.getByLabel('Filter').fill('xyzzy');
	await expect(page.getByText('Nothing has all of these words.')).toBeVisible();
});

test('what the address names is seen although the filter has left it out', async ({ page }) => {
	await page.goto('/reference');
	await expect(page.getByRole('status')).toHaveText('121 entries');
	await page.getByLabel('Filter').fill('predict');
	await expect(page.getByRole('article')).toHaveCount(1);
	await page.evaluate(() => (location.hash = 'rate'));
	await expect(page.getByRole('status')).toHaveText('121 entries');
	await expect(page.getByLabel('Filter')).toHaveValue('');
	await expect(page.getByRole('heading', { name: 'rate', exact: true })).toBeInViewport();
});

test('it fits a narrow screen', async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto('/reference');
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

for (const colorScheme of ['light', 'dark'] as const) {
	test(`axe finds nothing, ${colorScheme}`, async ({ page }) => {
		await page.emulateMedia({ colorScheme });
		await page.goto('/reference');
		await expect(page.getByRole('status')).toHaveText('121 entries');
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	});
}

test('what the clients do otherwise can be read before any script has run', async ({ browser }) => {
	const page = await browser.newPage({ javaScriptEnabled: false });
	await page.goto('/reference');
	await page.getByRole('link', { name: /the clients for Python and TypeScript/ }).click();
	await page
		.getByRole('navigation', { name: 'Differences' })
		.getByRole('link', { name: 'How a bucket writes its bound' })
		.click();
	const difference = page.getByRole('article', { name: 'How a bucket writes its bound' });
	await expect(difference).toBeInViewport();
	const figures = difference.getByRole('figure');
	await expect(figures.filter({ hasText: 'le="1.0"' })).toHaveCount(2);
	await expect(figures.filter({ hasText: 'le="1"' })).toHaveCount(1);
	await expect(figures.getByText('1.0', { exact: true })).toHaveCSS(
		'text-decoration-line',
		'underline'
	);
	await page.close();
});

test('the programs of both clients stand side by side, and one below the other where it is narrow', async ({
	page
}) => {
	await page.goto('/reference/clients');
	const pair = page.getByRole('article', { name: 'The name of a counter' }).getByRole('figure');
	const places = async () => [await pair.nth(0).boundingBox(), await pair.nth(1).boundingBox()];
	const [left, right] = await places();
	expect(right!.y).toBe(left!.y);
	expect(right!.x).toBeGreaterThan(left!.x + left!.width);
	await page.setViewportSize({ width: 390, height: 844 });
	const [upper, lower] = await places();
	expect(lower!.x).toBe(upper!.x);
	expect(lower!.y).toBeGreaterThan(upper!.y + upper!.height);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

for (const colorScheme of ['light', 'dark'] as const) {
	test(`axe finds nothing in what the clients do otherwise, ${colorScheme}`, async ({ page }) => {
		await page.emulateMedia({ colorScheme });
		await page.goto('/reference/clients');
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	});
}
