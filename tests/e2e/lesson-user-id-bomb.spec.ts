import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { violations } from './lesson-page.ts';

/** The lesson on cardinality: two numbers to foretell, a limit to set, and a label to replace. */
const ADDRESS = '/learn/labels/user-id-bomb';
const FOLDER = new URL('../../lessons/03-labels/03-user-id-bomb/', import.meta.url);

/** Replaces what is in the editor, as somebody would who pastes. */
async function write(page: Page, file: string) {
	const text = readFileSync(new URL(file, FOLDER), 'utf8');
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.evaluate((text) => navigator.clipboard.writeText(text), text);
	await page.locator('.monaco-editor').filter({ visible: true }).first().click();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.press('ControlOrMeta+v');
}

async function foretell(page: Page, step: string, number: string) {
	const field = page.locator(`#${step}`).getByRole('spinbutton');
	await field.fill(number);
	await field.press('Enter');
	await expect(page.getByRole('button', { name: 'Play again' })).toBeVisible({ timeout: 20_000 });
	await page
		.locator(`#${step}-seen`)
		.getByRole('button', { name: 'Read it off the chart' })
		.click();
}

async function check(page: Page) {
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText(/checks pass\.$/).first()).toBeVisible({ timeout: 15_000 });
}

test('a learner sees the bomb go off, the fuse blow, and defuses it', async ({ page }) => {
	test.setTimeout(60_000);
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await page.goto(ADDRESS);
	await expect(page.getByText('The shop as it is')).toBeVisible();
	await foretell(page, 'series', '5000');
	await expect(page.locator('#series-seen')).toContainText('It was 10,266');
	await expect(page.getByText('8,094 of 100,000 users')).toBeVisible();
	await foretell(page, 'left', '1000');
	await expect(page.locator('#left-seen')).toContainText('It was 0');
	await expect(page.getByText('The limit does not cut off what is too much')).toBeVisible();
	expect(await violations(page)).toEqual([]);

	await write(page, 'configs/limit/wrong/too-tight.yml');
	await check(page);
	await expect(
		page.getByText('The page was dropped when it was still small').first()
	).toBeVisible();
	await write(page, 'configs/limit/solution.yml');
	await check(page);
	await expect(page.getByText('So it was here and in 3 other worlds.')).toBeVisible();

	await page.locator('#plan').getByRole('button', { name: 'Work on it' }).click();
	await expect(page.getByRole('radio', { name: 'By plan' })).toBeChecked();
	await write(page, 'wrong/still-there.ts');
	await check(page);
	await expect(page.getByText('this one has to go').first()).toBeVisible();
	await write(page, 'solution/app.ts');
	await check(page);
	await expect(page.getByText('All checks pass.').first()).toBeVisible();
	await expect(page.getByText('Why are there 29 series now')).toBeVisible();
	await expect(page.getByRole('link', { name: 'cardinality lab' })).toBeVisible();
});
