import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const DAY = 24 * 60 * 60 * 1000;

/** A learner who has passed two lessons some days ago. */
async function comeBack(page: Page) {
	const passed = (days: number) => ({
		status: 'passed',
		passedAt: Date.now() - days * DAY,
		answers: {},
		drafts: {},
		sawSolution: false
	});
	const progress = { 'counter-only-up': passed(3), rate: passed(2) };
	await page.addInitScript((text) => {
		if (!localStorage.getItem('promenade.progress')) {
			localStorage.setItem('promenade.progress', text);
		}
	}, JSON.stringify(progress));
}

async function expectNothingCutOff(page: Page) {
	const width = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}

test('the map says how far one is, what is left, and where to go on', async ({ page }) => {
	await page.goto('/learn');
	const map = page.getByRole('navigation', { name: 'Chapters' });
	await expect(map.getByRole('link', { name: /^Rates/ })).toContainText(/lesson.*min/);
	await expect(page.getByRole('link', { name: /^Begin with/ })).toBeVisible();
	await expect(page.getByText('to repeat')).toHaveCount(0);

	await comeBack(page);
	await page.reload();
	await expect(map.getByRole('link', { name: /^Rates/ })).toContainText('4 to repeat');
	await expect(page.getByRole('link', { name: /^Next:/ })).toBeVisible();
	await map.getByRole('link', { name: /^Rates/ }).click();
	await expect(page).toHaveURL(/#chapter-rates$/);
});

test('three things are repeated by keyboard alone, and then less is due', async ({ page }) => {
	await comeBack(page);
	await page.goto('/learn');
	await page.getByRole('link', { name: 'Repeat 3 things' }).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByText('Question 1 of 3')).toBeVisible();
	await page.getByRole('radio').first().focus();
	for (const place of [1, 2, 3]) {
		await expect(page.getByText(`Question ${place} of 3`)).toBeVisible();
		await expect(page.getByRole('radio').first()).toBeFocused();
		await page.keyboard.press('Space');
		await page.keyboard.press('Enter');
		await expect(page.getByText(/It comes again in/)).toBeVisible();
		await expect(page.locator('form strong').first()).toBeVisible();
		await page.getByRole('button', { name: place === 3 ? 'Done' : 'Next question' }).focus();
		await page.keyboard.press('Enter');
	}
	await expect(page.getByText(/of 3 right/)).toBeVisible();
	const kept = await page.evaluate(() => localStorage.getItem('promenade.memories'));
	expect(Object.keys(JSON.parse(kept ?? '{}') as object)).toHaveLength(3);

	await page.goto('/learn');
	await expect(page.getByText('5 are due.')).toBeVisible();
});

test('who has learned nothing yet may practise, and nothing is written down', async ({ page }) => {
	await page.goto('/learn/review');
	await page.getByRole('button', { name: 'Practise' }).click();
	await expect(page.getByText('Practice: question 1 of 3')).toBeVisible();
	await page.getByRole('radio').first().check();
	await page.getByRole('button', { name: 'Answer' }).click();
	await expect(page.locator('form a[href^="/learn/"]')).toBeVisible();
	const kept = await page.evaluate(() => localStorage.getItem('promenade.memories'));
	expect(kept).toBeNull();
});

test('an export takes progress and repetition along', async ({ page, browser }) => {
	await comeBack(page);
	await page.goto('/learn/review');
	await page.getByRole('radio').first().check();
	await page.getByRole('button', { name: 'Answer' }).click();
	await page.goto('/learn');
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Export' }).click();
	const path = await (await download).path();

	const other = await (await browser.newContext()).newPage();
	await other.goto(new URL('/learn', page.url()).href);
	await other.getByLabel('Import').setInputFiles(path);
	await expect(other.getByText('Progress taken over.')).toBeVisible();
	await expect(other.getByText('7 are due.')).toBeVisible();
	await other.context().close();
});

for (const [scheme, width] of [
	['light', 1440],
	['dark', 390]
] as const) {
	test(`axe finds nothing, and nothing is cut off, ${scheme}, ${width} px`, async ({ page }) => {
		await comeBack(page);
		await page.emulateMedia({ colorScheme: scheme });
		await page.setViewportSize({ width, height: 844 });
		for (const [address, shown] of [
			['/learn', 'Repeat 3 things'],
			['/learn/review', 'Question 1 of 3']
		] as const) {
			await page.goto(address);
			await expect(page.getByText(shown)).toBeVisible();
			expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
			await expectNothingCutOff(page);
		}
	});
}
