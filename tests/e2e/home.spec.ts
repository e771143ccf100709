import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

test('the first chart is there before any script has run', async ({ browser }) => {
	const page = await browser.newPage({ javaScriptEnabled: false });
	await page.goto('/');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Move this bucket edge');
	await expect(page.getByRole('img', { name: /95th percentile/ })).toBeVisible();
	for (const name of [/Follow a lesson/, /Edit the instrumentation/, /Ask with PromQL/]) {
		await expect(page.getByRole('link', { name })).toBeVisible();
	}
	await page.close();
});

test('moving the edge moves what Prometheus sees, and not the truth', async ({ page }) => {
	await page.goto('/');
	await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
	await page.getByRole('button', { name: 'Pause' }).click();
	const reading = page.locator('.reading');
	const slider = page.getByRole('slider', { name: /third bucket/ });
	const read = async () => (await reading.textContent())?.match(/\d+/g)?.map(Number) ?? [];

	await slider.fill('900');
	await expect.poll(async () => (await read())[0]).toBeGreaterThan(550);
	const [, truth] = await read();
	await slider.fill('250');
	await expect.poll(async () => (await read())[0]).toBeLessThan(300);
	expect((await read())[1]).toBe(truth);
});

test('the chart goes on by itself, and stands still for who wants less motion', async ({
	browser
}) => {
	const lastTick = (page: import('@playwright/test').Page) =>
		page.getByRole('img', { name: /95th percentile/ }).getAttribute('aria-label');
	const moving = await browser.newPage();
	await moving.goto('/');
	const first = await lastTick(moving);
	await expect.poll(() => lastTick(moving)).not.toBe(first);
	await moving.close();

	const still = await browser.newPage({ reducedMotion: 'reduce' });
	await still.goto('/');
	await expect(still.getByRole('button', { name: 'Play' })).toBeVisible();
	await still.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
	test(`axe finds nothing, ${colorScheme}`, async ({ page }) => {
		await page.emulateMedia({ colorScheme });
		await page.goto('/');
		await expect(page.getByRole('button', { name: /Pause|Play/ })).toBeVisible();
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
	});
}
