import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';

const ORIGINAL = readFileSync(new URL('../../lessons/worlds/shop/app.ts', import.meta.url), 'utf8');

/** The sandbox as a person uses it: by the names of its parts. */
export class SandboxPage {
	readonly page: Page;
	readonly run: Locator;
	readonly clock: Locator;
	readonly problems: Locator;
	/** The one of the file in front. */
	editor: Locator;

	constructor(page: Page) {
		this.page = page;
		this.run = page.getByRole('button', { name: 'Run', exact: true });
		this.clock = page.getByRole('group', { name: 'Time' }).locator('time');
		this.problems = page.getByRole('list', { name: 'Problems' }).getByRole('button');
		this.editor = page.getByRole('tabpanel').locator('.monaco-editor').filter({ visible: true });
	}

	/** Opens the page and waits until the world lives and the editor is there. */
	async open(): Promise<void> {
		await this.page.goto('/sandbox');
		await this.isAlive();
	}

	async isAlive(): Promise<void> {
		await expect(this.page.getByRole('button', { name: 'Pause' })).toBeEnabled({ timeout: 40_000 });
		await expect(this.editor).toBeVisible({ timeout: 20_000 });
	}

	/** Replaces all of the code, by keyboard and clipboard. */
	async write(code: string): Promise<void> {
		await this.focusEditor();
		await this.page.keyboard.press('ControlOrMeta+a');
		// Typed, the editor would indent each line anew.
		await this.page.evaluate((text) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData('text/plain', text);
			const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
			document.activeElement?.dispatchEvent(paste);
		}, code);
	}

	/** The code as the next visit would find it. */
	draft(key: 'code' | 'python' = 'code'): Promise<string> {
		return this.page.evaluate(
			(name) => JSON.parse(localStorage.getItem(`promenade.sandbox.${name}`) ?? '""'),
			key
		);
	}

	/** The switch of languages, at one of them. */
	language(name: 'Python' | 'TypeScript'): Locator {
		return this.page.getByRole('group', { name: 'Language' }).getByRole('radio', { name });
	}

	async focusEditor(): Promise<void> {
		await this.editor.locator('.native-edit-context, textarea').first().focus();
	}

	/** Writes the original code with one place replaced. */
	async change(from: string | RegExp, to: string): Promise<void> {
		const changed = ORIGINAL.replace(from, to);
		expect(changed).not.toBe(ORIGINAL);
		await this.write(changed);
		await expect.poll(() => this.draft()).toBe(changed);
	}

	async showMetrics(): Promise<Locator> {
		await this.page.getByRole('tab', { name: '/metrics' }).click();
		return this.page.getByRole('region', { name: /^\/metrics of shop-1/ });
	}

	/** What the traffic says of an instance. */
	target(name: string): Locator {
		const rowheader = this.page.getByRole('rowheader', { name, exact: true });
		return this.page
			.getByRole('region', { name: 'Instances' })
			.getByRole('row')
			.filter({ has: rowheader });
	}

	query(title: string): Locator {
		return this.page.getByRole('article', { name: title });
	}
}
