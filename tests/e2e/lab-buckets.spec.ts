import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

const PAGE = '/labs/buckets';

const edge = (page: Page, name: RegExp) => page.getByRole('slider', { name });
const verdict = (page: Page) => page.getByRole('region', { name: 'Task and verdict' });
const picture = (page: Page) => page.getByRole('img', { name: /^Estimated p/ });

/** The page, once it answers: before, it looks the same and does nothing. */
async function open(page: Page, link = ''): Promise<void> {
	await page.goto(`${PAGE}${link}`);
	await expect(page.locator('.page[data-ready]')).toBeVisible();
}

test('before any script has run, the surprise is there', async ({ browser }) => {
	const page = await browser.newPage({ javaScriptEnabled: false });
	await page.goto(PAGE);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Your p95 is 305 ms. Is it?');
	await expect(picture(page)).toHaveAttribute(
		'aria-label',
		'Estimated p95 305 ms, true p95 268 ms, +14 %; the box that it was found in goes from 250 ms to 500 ms.'
	);
	await expect(verdict(page)).toContainText('Kept, and reported as missed');
	await page.close();
});

test('an edge dragged to the SLO snaps to it, and mends the verdict; the truth stays', async ({
	page
}) => {
	await open(page);
	const handle = edge(page, /^Edge 4 of 8/);
	const from = await handle.boundingBox();
	const slo = await edge(page, /objective, milliseconds/)
		.first()
		.boundingBox();
	if (!from || !slo) throw new Error('no handles');
	await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
	await page.mouse.down();
	// A little beside the line: near is enough.
	await page.mouse.move(slo.x + slo.width / 2 + 3, from.y + 10, { steps: 8 });
	await page.mouse.up();
	await expect(handle).toHaveAttribute('aria-valuenow', '300');
	await expect(verdict(page)).toContainText('Kept, and reported as kept');
	await expect(verdict(page)).toContainText('96.6 %, is exact');
	await expect(picture(page)).toHaveAttribute('aria-label', /true p95 268 ms/);
	await expect(page).toHaveURL(/edges=0\.01,0\.05,0\.1,0\.3,0\.5,1,2\.5,5/);
});

test('everything about edges goes by keyboard and by number', async ({ page }) => {
	await open(page);
	const handle = edge(page, /^Edge 4 of 8/);
	await handle.focus();
	await page.keyboard.press('ArrowRight');
	await expect(handle).toHaveAttribute('aria-valuenow', '253');
	await page.keyboard.press('Shift+ArrowLeft');
	await expect(handle).toHaveAttribute('aria-valuenow', '230');
	await page.keyboard.press('Enter');
	await expect(edge(page, /^Edge 5 of 9/)).toBeFocused();
	await page.keyboard.press('Delete');
	await expect(edge(page, /of 8, milliseconds/).first()).toBeVisible();

	await page.getByRole('spinbutton', { name: 'Edge 4, milliseconds' }).fill('300');
	await page.keyboard.press('Tab');
	await expect(edge(page, /^Edge 4 of/)).toHaveAttribute('aria-valuenow', '300');
	await page.getByRole('button', { name: 'Edge 4: 1 % more' }).click();
	await expect(edge(page, /^Edge 4 of/)).toHaveAttribute('aria-valuenow', '303');

	await page.getByRole('slider', { name: 'Quantile q' }).focus();
	await page.keyboard.press('ArrowDown');
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Your p94 is');
});

test('the traffic itself can be dragged', async ({ page }) => {
	await open(page);
	await edge(page, /^Median of the traffic/).focus();
	for (let i = 0; i < 4; i++) await page.keyboard.press('Shift+ArrowRight');
	await expect(page.getByRole('spinbutton', { name: 'Median, ms' })).toHaveValue('146');
	await expect(verdict(page)).toContainText('the promise is missed');
});

test('a double click adds an edge there', async ({ page }) => {
	await open(page);
	const box = await picture(page).boundingBox();
	if (!box) throw new Error('no picture');
	await page.mouse.dblclick(box.x + box.width * 0.3, box.y + 150);
	await expect(edge(page, /of 9, milliseconds/)).toHaveCount(9);
});

test('a link brings every knob back, and says what of it cannot be used', async ({ page }) => {
	await open(page, '#mode=fleet&slow=0.5&q=2');
	await expect(verdict(page)).toContainText('With 50.0 % of the requests on B');
	await expect(page.getByRole('note')).toContainText('The link’s q cannot be “2”');
	await page.goto(`${PAGE}#traffic=lognormal,260,0,0,180,0&q=0.99`);
	await expect(picture(page)).toHaveAttribute(
		'aria-label',
		/^Estimated p99 498 ms, true p99 260 ms/
	);
});

test('each mode has its task, and a verdict from its numbers', async ({ page }) => {
	await open(page);
	const choose = async (name: string) => page.getByRole('radio', { name }).check({ force: true });

	await choose('Budget');
	await expect(verdict(page)).toContainText('Over the budget');
	await page.getByRole('combobox', { name: /Edges/ }).selectOption('tuned');
	await expect(verdict(page)).toContainText('Within the budget');

	await choose('Native');
	await expect(verdict(page)).toContainText('Schema 3: 53 buckets in use');
	await page.getByRole('slider', { name: /Schema/ }).fill('0');
	await expect(verdict(page)).toContainText('Schema 0: 9 buckets in use, each 100.0 % wider');

	await choose('Fleet');
	await expect(verdict(page)).toContainText('The average is 12.6 times the truth');

	await choose('Heatmap');
	await expect(verdict(page)).toContainText('These boxes do not show it');
	await page.getByRole('combobox', { name: /Edges/ }).selectOption('common');
	await expect(verdict(page)).toContainText('earlier in the boxes');
	await expect(page.getByRole('img', { name: /^Heatmap of 30 minutes/ })).toBeVisible();
	await page.getByRole('button', { name: 'Play' }).click();
	await expect(
		page.getByRole('img', { name: /at minute (?:[1-9]|[12]\d)(?:\.5)? / })
	).toBeVisible();
	await page.getByRole('button', { name: 'Pause' }).click();

	await choose('Guess');
	await expect(verdict(page)).toContainText('Nothing is sketched yet');
	await page.getByRole('slider', { name: /^Sketch/ }).focus();
	for (const key of ['Shift+ArrowUp', 'ArrowRight', 'ArrowUp']) await page.keyboard.press(key);
	await expect(verdict(page)).toContainText('Your sketch fills the boxes');
	await page.getByRole('button', { name: 'Reveal the truth' }).click();
	await expect(verdict(page)).toContainText('It overlaps the truth by');
	await page.getByRole('button', { name: 'Another one' }).click();
	await expect(verdict(page)).toContainText('Nothing is sketched yet');
	await expect(page).toHaveURL(/mode=guess.*round=2/);
});

/** Moves of the hand, each a frame at least. */
const MOVES = 120;

declare global {
	interface Window {
		paints: number[];
	}
}

/**
 * Notes for every move of the pointer how long it took until its frame was drawn: from when the event is handled, which Chromium does
 * at the beginning of a frame, until the first task after the frame.
 */
async function watchPaints(page: Page): Promise<void> {
	await page.evaluate(() => {
		window.paints = [];
		let began: number | undefined;
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			if (began !== undefined) window.paints.push(performance.now() - began);
			began = undefined;
		};
		addEventListener(
			'pointermove',
			() => {
				if (began !== undefined) return;
				began = performance.now();
				requestAnimationFrame(() => port2.postMessage(undefined));
			},
			{ capture: true }
		);
	});
}

/** A figure, not a promise: what else the machine has to do is not this page's affair. */
test('how long an edge that is dragged takes to be painted', async ({ page }) => {
	await open(page);
	await watchPaints(page);
	const handle = edge(page, /^Edge 4 of 8/);
	const box = await handle.boundingBox();
	if (!box) throw new Error('no handle');
	const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
	await page.mouse.move(x, y);
	await page.mouse.down();
	const seen = new Set<string | null>();
	for (let i = 1; i <= MOVES; i++) {
		await page.mouse.move(x + 60 * Math.sin((4 * Math.PI * i) / MOVES), y);
		if (i % 10 === 5) seen.add(await handle.getAttribute('aria-valuenow'));
	}
	await page.mouse.up();
	const paints = (await page.evaluate(() => window.paints)).sort((a, b) => a - b);
	const at = (q: number) => (paints[Math.floor(q * (paints.length - 1))] as number).toFixed(1);
	console.log(
		`bucket lab: an edge dragged through ${paints.length} frames, each painted after ${at(0.5)} ms (median), ${at(0.95)} ms (19 of 20)`
	);
	expect(paints.length).toBeGreaterThan(MOVES / 2);
	expect(seen.size).toBeGreaterThan(3);
});

for (const [colorScheme, width] of [
	['light', 1440],
	['dark', 390]
] as const) {
	test(`axe finds nothing, and nothing is cut off, ${colorScheme}, ${width} px`, async ({
		page
	}) => {
		await page.setViewportSize({ width, height: 844 });
		await page.emulateMedia({ colorScheme });
		for (const mode of ['promise', 'guess', 'heatmap']) {
			await page.goto('about:blank');
			await open(page, `#mode=${mode}`);
			await expect(page.getByRole('radio', { name: mode })).toBeChecked();
			expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
			const overflow = await page.evaluate(
				() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			);
			expect(overflow).toBe(0);
		}
	});
}
