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
