import { expect, test } from '@playwright/test';
import { missingPython, SHOP_PY } from './python-lab.ts';
import { SandboxPage } from './sandbox-page.ts';

let sandbox: SandboxPage;

test.beforeEach(({ page }) => {
	sandbox = new SandboxPage(page);
});

test.describe('where Python is installed', () => {
	// Python is brought by pip at npm ci. A machine without pip has none, and what the site says then is tested in sandbox-python.spec.ts.
	test.skip(missingPython !== '', `there is no Python: ${missingPython}`);

	test('the shop runs in Python by keyboard alone, and does so at the next visit', async ({
		page
	}) => {
		const asked: string[] = [];
		page.on('request', (request) => asked.push(new URL(request.url()).pathname));
		await sandbox.open();
		expect(asked.filter((path) => path.startsWith('/python/'))).toEqual([]);

		await sandbox.language('TypeScript').focus();
		await page.keyboard.press('ArrowRight');
		await expect(sandbox.language('Python')).toBeChecked();
		await expect(page.getByRole('tab', { name: 'app.py' })).toHaveAttribute(
			'aria-selected',
			'true'
		);
		await expect(page.getByRole('tab', { name: 'app.ts' })).toHaveCount(0);
		await expect(page.getByText('The program in TypeScript is in service.')).toBeVisible();
		await expect(page.getByText('Python is on its way')).toBeHidden({ timeout: 30_000 });
		expect(asked.filter((path) => path.startsWith('/python/')).length).toBeGreaterThan(3);

		await page.keyboard.press('ControlOrMeta+Enter');
		await expect(
			page.getByRole('paragraph').filter({ hasText: 'Deployed. The counters' })
		).toBeVisible();
		const metrics = await sandbox.showMetrics();
		await expect(metrics.getByText(/^python_info/)).toBeVisible();
		await expect(sandbox.problems).toHaveCount(0);

		await sandbox.editor.waitFor();
		await sandbox.write(`${SHOP_PY}\nprint("hello")\n`);
		await expect.poll(() => sandbox.draft('python')).toContain('hello');
		await sandbox.language('TypeScript').check();
		await expect(page.getByText('The program in Python is in service.')).toBeVisible();
		await expect(sandbox.editor).toContainText('prom-client');
		await sandbox.language('Python').check();
		await expect(sandbox.editor).toContainText('start_http_server');

		await page.reload();
		await sandbox.isAlive();
		await expect(sandbox.language('Python')).toBeChecked();
		await expect(page.getByText('Edited. Run deploys it.')).toBeVisible();
		await expect((await sandbox.showMetrics()).getByText(/^python_info/)).toBeVisible();
		expect(await sandbox.draft('python')).toContain('hello');
	});

	test('a mistake in it leads to its line', async ({ page }) => {
		await page.addInitScript(() => localStorage.setItem('promenade.language', '"python"'));
		await sandbox.open();
		await sandbox.write(SHOP_PY.replace('status = 500', 'status = five_hundred'));
		await page.keyboard.press('ControlOrMeta+Enter');
		const line = SHOP_PY.split('\n').indexOf('    status = 500') + 1;
		await expect(sandbox.problems.first()).toContainText(`app.py:${line}:`);
		await expect(sandbox.problems.first()).toContainText("name 'five_hundred' is not defined");
		await sandbox.problems.first().click();
		await expect(sandbox.editor.locator('.native-edit-context, textarea').first()).toBeFocused();
	});
});

test('without Python the page says why, TypeScript goes on, and it can be tried again', async ({
	page
}) => {
	const manifest = {
		installed: false,
		reason: 'there is no pip: install it, then run npm run python'
	};
	let asked = 0;
	await page.route('**/python/manifest.json', (route) => {
		asked++;
		return route.fulfill({ json: manifest });
	});
	await sandbox.open();
	await sandbox.language('Python').check();
	const words = page.getByText(
		/^Python cannot be started here: it is not installed on this site, because there is no pip/
	);
	await expect(words).toBeVisible();
	await sandbox.run.click();
	await expect.poll(() => asked).toBe(2);
	await expect(words).toBeVisible();
	await expect(page.getByText('The program in TypeScript is in service.')).toBeVisible();
	await expect(sandbox.problems).toHaveCount(0);
	await page.getByRole('button', { name: 'Try again' }).click();
	await expect.poll(() => asked).toBe(3);

	await page.reload();
	await sandbox.isAlive();
	await expect(words).toBeVisible();
	await expect(page.getByText('The program in TypeScript is in service.')).toBeVisible();
});
