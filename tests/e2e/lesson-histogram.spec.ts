import { expect, test, type Page } from '@playwright/test';
import { violations, write } from './lesson-page.ts';

/** The lesson on histograms: a figure into whose boxes requests fall. */
const ADDRESS = '/learn/types/histogram';
const FILES = '../04-histogram';

async function open(page: Page) {
	await page.goto(ADDRESS);
	await expect(page.getByText('The finished shop')).toBeVisible();
	await expect(page.locator('.monaco-editor').first()).toBeVisible();
}

const figure = (page: Page) => page.locator('figure#boxes');
const changed = (page: Page) => figure(page).locator('.row.changed');

async function check(page: Page) {
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText(/checks pass\.$/).first()).toBeVisible();
}

test('by keyboard alone: a prediction, the figure that answers it, and its table', async ({
	page
}) => {
	await open(page);
	await expect(figure(page).getByRole('img')).toHaveAccessibleName(
		'No request yet. All 11 lines are at 0.'
	);
	await page.getByRole('radio', { name: /^One: that of its box/ }).focus();
	await page.keyboard.press('Space');
	await expect(page.getByRole('radio', { name: /^One: that of its box/ })).toBeChecked();
	await page.keyboard.press('ArrowDown');
	await expect(page.getByRole('radio', { name: /^Three: that of its box/ })).toBeChecked();
	await page.keyboard.press('Enter');
	await expect(figure(page).getByRole('img')).toHaveAccessibleName(
		'1 request. The last one took 300 ms, fell into the box 0.25 to 0.5 s and changed 7 of 11 lines.'
	);
	await expect(changed(page)).toHaveCount(7);
	await expect(figure(page).locator('.row.foretold')).toHaveCount(3);

	await page.getByRole('button', { name: 'Six: 0.01 to 0.25' }).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByText('those of the edges that it has passed are at 0')).toBeVisible();
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await expect(page.getByText('Buckets are cumulative')).toBeVisible();

	await page.keyboard.press('n');
	await expect(figure(page)).toContainText('2 requests. The last one took 201 ms');
	await expect(changed(page)).toHaveCount(8);
	await expect(figure(page).locator('.row.foretold')).toHaveCount(0);
	await expect(figure(page).locator('i')).toHaveCount(2);
	await page.getByRole('radio', { name: 'Each box by itself' }).focus();
	await page.keyboard.press('ArrowRight');
	// Cumulative: the one of 201 ms in six rows, that of 300 ms in five.
	await expect(figure(page).locator('i')).toHaveCount(11);
	await figure(page).getByText('As a table').focus();
	await page.keyboard.press('Enter');
	await expect(
		page.getByRole('row', { name: 'http_request_duration_seconds_bucket{le="0.5"} 2 +1' })
	).toBeVisible();
	expect(await violations(page)).toEqual([]);
});

test('a learner times a part, then all of it, and reads a box from two buckets', async ({
	page
}) => {
	await open(page);
	await page.getByRole('button', { name: 'Run without a prediction' }).click();
	await figure(page).getByRole('button', { name: 'Play' }).click();
	await expect(figure(page)).toContainText('3 requests.');
	await figure(page).getByRole('button', { name: 'Pause' }).click();
	await figure(page).getByRole('button', { name: 'Begin again' }).click();
	await expect(figure(page)).toContainText('No request yet.');

	await write(page, `${FILES}/wrong/part.ts`);
	await check(page);
	await expect(
		page.getByText(/seconds are missing: the clock starts too late/).first()
	).toBeVisible();
	await write(page, `${FILES}/solution/app.ts`);
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText('All checks pass.').first()).toBeVisible();
	await page.getByRole('link', { name: 'Go on' }).click();
	await page.getByText('an exception leaves it as a return does').click();
	await page.locator('#raised').getByRole('button', { name: 'Answer' }).click();
	await expect(
		page.getByText('a histogram also says how long failures take').first()
	).toBeVisible();

	await page.locator('#box').getByRole('button', { name: 'Work on it' }).click();
	const query = page.locator('.cm-content').filter({ visible: true }).first();
	await expect(query).toContainText('le="0.25"');
	await query.click();
	await page.keyboard.press('ControlOrMeta+a');
	const bucket = (le: string) => `sum(http_request_duration_seconds_bucket{le="${le}"})`;
	await page.keyboard.type(bucket('0.5'));
	await page.keyboard.press('Escape');
	await check(page);
	await expect(page.getByText('Far too many: requests of at most 0.25 s').first()).toBeVisible();
	await query.click();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.type(`${bucket('0.5')} - ${bucket('0.25')}`);
	await page.keyboard.press('Escape');
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText('All checks pass.').first()).toBeVisible();
});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

	test('the figure shows the page before the first request', async ({ page }) => {
		await page.goto(ADDRESS);
		await expect(figure(page).getByText('No request yet. All 11 lines are at 0.')).toBeVisible();
		await expect(figure(page).locator('.row:not(.head)')).toHaveCount(11);
		await expect(figure(page).getByRole('button', { name: 'Next request' })).toBeHidden();
	});
});
