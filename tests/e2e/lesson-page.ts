import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The page of the lesson on counters, and what tests do on it. */

const FOLDER = new URL('../../lessons/02-types/01-counter-only-up/', import.meta.url);
export const ADDRESS = '/learn/types/counter-only-up';

export async function openLesson(page: Page) {
	await page.goto(ADDRESS);
	await expect(page.getByText('The finished shop')).toBeVisible();
}

/** Replaces what is in the editor, as somebody would who pastes. */
export async function write(page: Page, file: string) {
	const text = readFileSync(new URL(file, FOLDER), 'utf8');
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.evaluate((text) => navigator.clipboard.writeText(text), text);
	await page.locator('.monaco-editor').filter({ visible: true }).first().click();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.press('ControlOrMeta+v');
}

export async function violations(page: Page) {
	const { violations } = await new AxeBuilder({ page }).analyze();
	return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`);
}
