import { expect, test, type Page } from '@playwright/test';
import { ADDRESS, openLesson, violations, write } from './lesson-page.ts';

/** The prediction of how the counter goes on. */
const outage = (page: Page) => page.locator('#outage');

test('the list leads to the lesson', async ({ page }) => {
	await page.goto('/learn');
	await expect(page.getByRole('heading', { name: 'Types' })).toBeVisible();
	await page.getByRole('link', { name: 'Counter: only up', exact: true }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Counter: only up' })).toBeVisible();
});

test('a learner predicts, runs, observes, errs, writes it, passes, and sees what the ramp hid', async ({
	page
}) => {
	await openLesson(page);

	await page.getByText('It goes flat until orders').click();
	await outage(page).getByRole('button', { name: 'Predict and run' }).click();
	await expect(page.getByText('your prediction', { exact: true })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Play again' })).toBeVisible();

	await page.getByRole('button', { name: 'It went flat.' }).click();
	await expect(page.getByText('Look once more, between 09:08')).toBeVisible();
	await page.getByRole('button', { name: 'It climbed on as before.' }).click();
	await expect(page.getByText('You expected')).toBeVisible();

	await page.getByLabel('Your prediction, orders').fill('600');
	await page.getByLabel('Your prediction, orders').press('Enter');
	await expect(page.getByRole('img', { name: /^Orders answered with 500: / })).toBeVisible();
	await page.locator('#failed-seen').getByRole('button', { name: 'Read it off' }).click();
	await expect(page.locator('#failed-seen')).toContainText('You expected 600');
	await expect(page.locator('#failed-seen')).toContainText('It was 1,918');
	await expect(page.getByText('Ten a second for 180 seconds')).toBeVisible();

	await write(page, 'wrong/success-only.ts');
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText('Only requests that went well are counted.').first()).toBeVisible();

	await write(page, 'solution/app.ts');
	await page.keyboard.press('ControlOrMeta+Enter');
	await expect(page.getByText('Your code.')).toBeVisible();
	await expect(page.getByRole('img', { name: /^The counter: 1 series/ })).toBeVisible();
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText('All checks pass.').first()).toBeVisible();

	await page.getByText('One line for each status would do.').click();
	await page.locator('#why').getByRole('button', { name: 'Answer' }).click();
	await expect(page.getByText('in the slope it is a fall to zero').first()).toBeVisible();
	await page.getByText('when your code counted it').click();
	await page.locator('#born').getByRole('button', { name: 'Answer' }).click();
	await expect(page.getByText('which begins when it is first used').first()).toBeVisible();
	await page.getByRole('button', { name: 'Charts' }).click();
	await expect(page.getByRole('img', { name: /^Orders, by status: / })).toBeVisible();

	await page.goto('/learn');
	await expect(page.getByText(/1 of \d+\s+lessons\s+passed/)).toBeVisible();
	await expect(page.getByRole('listitem').filter({ hasText: 'only up' })).toContainText('passed');
});

test('what was written and answered is there after a reload', async ({ page }) => {
	await openLesson(page);
	await page.getByText('It climbs on, a quarter slower.').click();
	await outage(page).getByRole('button', { name: 'Predict and run' }).click();
	await write(page, 'wrong/no-exception.ts');
	await page.reload();
	await expect(page.getByText('The finished shop')).toBeVisible();
	await expect(page.getByText('What you expect is the dotted line')).toBeVisible();
	await expect(page.getByText('your prediction', { exact: true })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Reset' })).toBeEnabled();
});

test('the whole lesson can be done with the keyboard', async ({ page }) => {
	await openLesson(page);
	const focused = page.locator(':focus');
	const tabTo = async (name: string | RegExp, role: 'radio' | 'button') => {
		const wanted = page.getByRole(role, { name, exact: typeof name === 'string' }).first();
		for (let i = 0; i < 60; i++) {
			// The editor keeps Tab for itself until Escape has been pressed.
			if (await page.evaluate(() => !!document.activeElement?.closest('.editor'))) {
				await page.keyboard.press('Escape');
			}
			await page.keyboard.press('Tab');
			if (await wanted.evaluate((element) => element === document.activeElement)) return;
		}
		throw new Error(`no way by Tab to ${name}`);
	};

	await tabTo(/It goes flat/, 'radio');
	await page.keyboard.press('ArrowDown');
	await expect(focused).toHaveAttribute('value', 'slower');
	await tabTo('Predict and run', 'button');
	await page.keyboard.press('Enter');
	await expect(page.getByText('Kept.')).toBeVisible();
	await tabTo('It climbed on as before.', 'button');
	await page.keyboard.press('Enter');
	await expect(page.getByText('You expected')).toBeVisible();

	await page.keyboard.press('h');
	await expect(page.getByText('Put a finger on each way out')).toBeVisible();
	await page.keyboard.press('?');
	await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();

	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText('of 8 checks pass.').first()).toBeVisible();
	await tabTo('Solve', 'button');
	await page.keyboard.press('Enter');
	await page.keyboard.press('ControlOrMeta+Shift+Enter');
	await expect(page.getByText('You had seen the solution.')).toBeVisible();
});

test('the text, its questions and the code can be read without JavaScript', async ({ browser }) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(ADDRESS);
	await expect(page.getByText('What the ramp hid')).toBeVisible();
	await expect(page.getByText('A ramp looks the same on a good and on a bad day.')).toBeVisible();
	await expect(page.getByRole('region', { name: /Your code/ })).toContainText('processRequest');
	await expect(page.getByText('which is not running here')).toBeVisible();
	const text = page.locator('.text');
	await expect(text.getByText('Python', { exact: true }).first()).toBeVisible();
	await expect(text.getByText('TypeScript', { exact: true }).first()).toBeVisible();
	await expect(text.getByText('new Counter(')).toBeVisible();
	await expect(text.getByText('an exception of process_request/processRequest')).toBeVisible();
	await context.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
	test(`the lesson and the list have no accessibility problem in the ${colorScheme} theme`, async ({
		page
	}) => {
		await page.emulateMedia({ colorScheme });
		await page.goto('/learn');
		expect(await violations(page)).toEqual([]);
		await openLesson(page);
		expect(await violations(page)).toEqual([]);
		await page.keyboard.press('ControlOrMeta+Shift+Enter');
		await expect(page.getByText('of 8 checks pass.').first()).toBeVisible();
		expect(await violations(page)).toEqual([]);
	});
}

test('a narrow screen shows one part at a time, and goes where something happens', async ({
	page
}) => {
	await page.setViewportSize({ width: 390, height: 844 });
	await openLessonNarrow(page);
	await page.getByText('It goes flat until orders').click();
	await outage(page).getByRole('button', { name: 'Predict and run' }).click();
	await expect(page.getByText('your prediction', { exact: true })).toBeVisible();
	await expect(page.getByText('A bad morning')).toBeHidden();

	const parts = page.getByRole('navigation', { name: 'Parts of the lesson' });
	await parts.getByRole('button', { name: 'Text' }).click();
	await expect(page.getByRole('button', { name: 'It went flat.' })).toBeInViewport();

	await parts.getByRole('button', { name: 'Code' }).click();
	await page.getByRole('button', { name: 'Check', exact: true }).first().click();
	await expect(page.getByText('of 8 checks pass.').first()).toBeVisible();
	expect(await violations(page)).toEqual([]);
	const width = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(width).toBeLessThanOrEqual(390);
});

async function openLessonNarrow(page: Page) {
	await page.goto(ADDRESS);
	await page.getByText('It goes flat until orders').scrollIntoViewIfNeeded();
	await expect(outage(page).getByRole('button', { name: 'Run without' })).toBeEnabled();
}

test('a screen that is touched takes CodeMirror, and has no accessibility problem', async ({
	browser
}) => {
	const context = await browser.newContext({
		viewport: { width: 390, height: 844 },
		hasTouch: true,
		isMobile: true
	});
	const page = await context.newPage();
	await openLessonNarrow(page);
	const parts = page.getByRole('navigation', { name: 'Parts of the lesson' });
	await parts.getByRole('button', { name: 'Code' }).tap();
	await expect(page.locator('.cm-editor').first()).toBeVisible();
	expect(await violations(page)).toEqual([]);
	await context.close();
});
