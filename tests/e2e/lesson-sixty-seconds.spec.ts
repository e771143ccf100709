import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { violations } from './lesson-page.ts';

/** The first lesson: two scenes to foretell, a figure that shows each scrape, and a prometheus.yml to write. */
const ADDRESS = '/learn/pull/sixty-seconds';
const CONFIG = new URL('../../lessons/01-pull/01-sixty-seconds/configs/interval/', import.meta.url);

async function open(page: Page) {
	await page.goto(ADDRESS);
	await expect(page.getByText('The finished shop')).toBeVisible();
}

/** Chooses an option and commits it, by keyboard. */
async function answer(page: Page, step: string, option: string) {
	await page.locator(`#${step}`).getByRole('radio', { name: option }).focus();
	await page.keyboard.press('Space');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
}

async function read(page: Page, step: string, option: string) {
	await page.locator(`#${step}`).getByRole('button', { name: option }).focus();
	await page.keyboard.press('Enter');
}

/** Replaces what is in the editor, as somebody would who pastes. */
async function write(page: Page, text: string) {
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.evaluate((text) => navigator.clipboard.writeText(text), text);
	await page.getByRole('textbox', { name: /^Your configuration/ }).focus();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.press('ControlOrMeta+v');
}

const figure = (page: Page, words: RegExp) => page.getByRole('img', { name: words });
const over = (page: Page) => expect(page.getByRole('button', { name: 'Play again' })).toBeVisible();

test('a learner foretells two cuts and chooses the interval, by keyboard alone', async ({
	page
}) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await open(page);
	await expect(figure(page, /Prometheus asked 3 times and was answered 3 times/)).toBeVisible();
	await answer(page, 'way-out', 'They stop: the shop can send nothing.');
	await over(page);
	await expect(
		figure(page, /asked 8 times and was answered 8 times.*23,662 requests/)
	).toBeVisible();
	await expect(page.getByText('the service can call nobody').first()).toBeVisible();
	await expect(page.getByText('1,799 orders')).toBeHidden();
	await read(page, 'way-out-seen', 'They went on as before.');
	await expect(page.getByText('1,799 orders')).toBeVisible();

	await answer(page, 'way-in', 'They stop, and are never made up for.');
	await expect(
		figure(page, /asked 8 times and was answered 5 times.*23,662 requests/)
	).toBeVisible();
	await read(page, 'way-in-seen', 'They stopped, and were never made up for.');
	await expect(page.getByRole('img', { name: /^up: 1 series/ })).toBeVisible();

	const start = readFileSync(new URL('start.yml', CONFIG), 'utf8');
	await write(page, start.replace('60s', '10'));
	await expect(page.getByText('Line 3: not a valid duration string: "10"')).toBeVisible();
	await write(page, start.replace('60s', '15s'));
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText('The shop is asked every 15 seconds').first()).toBeVisible();
	await write(page, readFileSync(new URL('solution.yml', CONFIG), 'utf8'));
	await page.keyboard.press('ControlOrMeta+Enter');
	await expect(page.getByText('The shop, scraped by your prometheus.yml.')).toBeVisible();
	await expect(figure(page, /asked 48 times and was answered 48 times/)).toBeVisible();
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText('All checks pass.').first()).toBeVisible();
	await answer(page, 'why-ten', 'Two scrapes fit only when the first one comes early enough.');
	await expect(page.getByText('Of scrapes 15 seconds apart').first()).toBeVisible();
	await answer(page, 'second', 'Nothing.');

	await page.reload();
	await expect(page.locator('.minutes')).toContainText('Passed.');
	await expect(page.getByText('scrape_interval: 10s').first()).toBeVisible();
});

test('it fits a phone, plays, and has no accessibility problem', async ({ page }) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto(ADDRESS);
	const step = page.locator('#way-in');
	await expect(step.getByRole('button', { name: 'Run without a prediction' })).toBeEnabled();
	await step.getByText('They stop, and are never made up for.').click();
	await step.getByRole('button', { name: 'Predict and run' }).click();
	await over(page);
	expect(await violations(page)).toEqual([]);
	await page
		.getByRole('navigation', { name: 'Parts of the lesson' })
		.getByRole('button', { name: 'Text' })
		.click();
	await page.getByText('As a table').click();
	await expect(page.getByRole('region', { name: 'Scrapes of the shop' })).toContainText(
		'no answer'
	);
	expect(await violations(page)).toEqual([]);
	expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test('without scripts it can be read, with the figure as a scheme', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(ADDRESS);
	await expect(figure(page, /^Prometheus asks the shop for its page/)).toBeVisible();
	await expect(page.getByText('Two scrapes fit only when').first()).toBeVisible();
	await expect(page.getByText('scrape_interval: 60s').first()).toBeVisible();
	await context.close();
});
