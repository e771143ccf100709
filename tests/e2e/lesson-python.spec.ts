import { expect, test, type Page } from '@playwright/test';
import { ADDRESS, openLesson, violations, write } from './lesson-page.ts';
import { missingPython } from './python-lab.ts';

const editor = (page: Page) => page.locator('.monaco-editor').filter({ visible: true }).first();
/** Of what is pasted the editor shows the end. */
const END_OF_DRAFT = 'String(response.status)).inc();';

const languageIn = (page: Page, name: string) => page.getByRole('radio', { name });

/** By keyboard, as any choice among a few. */
async function chooseOther(page: Page, from: string, to: string) {
	await languageIn(page, from).focus();
	await page.keyboard.press('ArrowRight');
	await expect(languageIn(page, to)).toBeChecked();
}

function rememberPython(page: Page) {
	return page.addInitScript(() => {
		localStorage.setItem('promenade.language', JSON.stringify('python'));
	});
}

test.describe('where Python is installed', () => {
	// Python is brought by pip at npm ci. A machine without pip has none, and what the site says then is tested in sandbox-python.spec.ts.
	test.skip(missingPython !== '', `there is no Python: ${missingPython}`);

	test('a learner chooses Python, errs, passes, and finds both drafts on the next visit', async ({
		page
	}) => {
		const asked: string[] = [];
		page.on('request', (request) => asked.push(new URL(request.url()).pathname));
		await openLesson(page);
		await expect(page.getByText('new Counter({').first()).toBeVisible();
		await write(page, 'wrong/no-exception.ts');
		await expect(editor(page)).toContainText(END_OF_DRAFT);
		expect(asked.filter((path) => path.startsWith('/python/'))).toEqual([]);

		await chooseOther(page, 'TypeScript', 'Python');
		await expect(page.getByText('app.py', { exact: true })).toBeVisible();
		await expect(editor(page)).toContainText('def handle(request):');
		await expect(page.getByText('new Counter({').first()).toBeHidden();
		await expect(page.getByText('or by an exception of process_request')).toBeVisible();

		await page.getByRole('button', { name: 'Check', exact: true }).first().click();
		await expect(
			page.getByText('There is no metric of yours in /metrics yet.').first()
		).toBeVisible();
		await write(page, 'wrong/exceptions-only.py');
		await page.keyboard.press('ControlOrMeta+Shift+Enter');
		await expect(page.getByText(/^Only the \d+ requests that failed are counted/)).toBeVisible();

		await write(page, 'solution/app.py');
		await page.keyboard.press('ControlOrMeta+Shift+Enter');
		await expect(page.getByText('All checks pass.').first()).toBeVisible();
		await page.keyboard.press('ControlOrMeta+Enter');
		await expect(page.getByText('Your code.')).toBeVisible();
		await page.getByText('What /metrics says now').click();
		const metrics = page.getByRole('region', { name: '/metrics' });
		await expect(metrics).toContainText('http_requests_created{');
		await expect(page.getByText("Python's client adds")).toBeVisible();

		await page.reload();
		await expect(page.getByText('The finished shop')).toBeVisible();
		await expect(languageIn(page, 'Python')).toBeChecked();
		await expect(editor(page)).toContainText('REQUEST_COUNT');
		await chooseOther(page, 'Python', 'TypeScript');
		await expect(editor(page)).toContainText('Both returns are counted');
	});

	test('what was typed in one language can be undone after a look at the other', async ({
		page
	}) => {
		await openLesson(page);
		await write(page, 'wrong/no-exception.ts');
		await expect(editor(page)).toContainText(END_OF_DRAFT);
		await languageIn(page, 'Python').check();
		await expect(editor(page)).toContainText('process_request');
		await languageIn(page, 'TypeScript').check();
		await editor(page).click();
		await page.keyboard.press('ControlOrMeta+z');
		await expect(editor(page)).not.toContainText(END_OF_DRAFT);
	});

	test('who had chosen Python gets it when turning to the code, and not before', async ({
		page
	}) => {
		await rememberPython(page);
		const asked: string[] = [];
		page.on('request', (request) => asked.push(new URL(request.url()).pathname));
		await openLesson(page);
		await expect(languageIn(page, 'Python')).toBeChecked();
		expect(asked.filter((path) => path.startsWith('/python/'))).toEqual([]);
		await editor(page).click();
		await expect
			.poll(() => asked.filter((path) => path.startsWith('/python/')).length)
			.toBeGreaterThan(3);
	});

	for (const colorScheme of ['light', 'dark'] as const) {
		test(`the lesson in Python has no accessibility problem in the ${colorScheme} theme`, async ({
			page
		}) => {
			await rememberPython(page);
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width: 390, height: 844 });
			await page.goto(ADDRESS);
			const parts = page.getByRole('navigation', { name: 'Parts of the lesson' });
			await parts.getByRole('button', { name: 'Code' }).click();
			await expect(languageIn(page, 'Python')).toBeChecked();
			expect(await violations(page)).toEqual([]);
			await page.getByRole('button', { name: 'Check', exact: true }).first().click();
			await expect(page.getByText('of 8 checks pass.').first()).toBeVisible();
			expect(await violations(page)).toEqual([]);
			const width = await page.evaluate(() => document.documentElement.scrollWidth);
			expect(width).toBeLessThanOrEqual(390);
		});
	}
});

test('where Python cannot be had a run says why, and TypeScript goes on', async ({ page }) => {
	await page.context().route('**/python/manifest.json', (route) => route.abort());
	await openLesson(page);
	await languageIn(page, 'Python').check();
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.getByText('Python cannot be started here')).toBeVisible();
	await expect(page.getByText('The finished shop')).toBeVisible();
	await languageIn(page, 'TypeScript').check();
	await page.getByRole('button', { name: 'Run', exact: true }).click();
	await expect(page.getByText('Your code.')).toBeVisible();
});
