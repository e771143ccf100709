import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

/** The cardinality lab as a person uses it. */
class CardinalityPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	async open(): Promise<void> {
		await this.page.goto('/labs/cardinality');
		await expect(this.button('One scrape')).toBeEnabled({ timeout: 40_000 });
	}

	button(name: string | RegExp) {
		return this.page.getByRole('button', { name });
	}

	get state() {
		return this.page.getByRole('group', { name: 'Time' }).getByRole('status');
	}

	get score() {
		return this.page.getByTestId('score');
	}

	get log() {
		return this.page.getByRole('region', { name: 'What has happened' });
	}

	async live(): Promise<number> {
		return Number(
			((await this.score.textContent()) ?? '').match(/with ([\d,]+)/)?.[1]?.replaceAll(',', '')
		);
	}

	async choose(name: string): Promise<void> {
		// The radio itself lies under its words.
		await this.page.getByRole('radio', { name, exact: true }).check({ force: true });
	}

	async takeRate(rate: number): Promise<void> {
		await this.page.getByRole('slider', { name: 'Requests a second' }).fill(String(rate));
	}

	async defuse(name: string): Promise<void> {
		await this.button(name).click();
		await this.button('Deploy this').click();
	}
}

/** Frames a second of the page from now on, until it is asked for. */
async function countFrames(page: Page): Promise<() => Promise<number>> {
	await page.evaluate(() => {
		const counter = { frames: 0, from: performance.now() };
		const count = () => {
			counter.frames++;
			requestAnimationFrame(count);
		};
		requestAnimationFrame(count);
		Object.assign(globalThis, { counter });
	});
	return () =>
		page.evaluate(() => {
			const { frames, from } = (
				globalThis as unknown as { counter: { frames: number; from: number } }
			).counter;
			return (frames / (performance.now() - from)) * 1000;
		});
}

/** Bytes on the heap of the lab's thread, its arrays included. It is the one that was started first. */
async function labHeap(page: Page): Promise<number> {
	const session = await page.context().newCDPSession(page);
	const attached: string[] = [];
	session.on('Target.attachedToTarget', ({ sessionId }) => void attached.push(sessionId));
	let answer: (result: { usedSize: number; backingStorageSize?: number }) => void = () => {};
	session.on('Target.receivedMessageFromTarget', ({ message }) => {
		const { id, result } = JSON.parse(message);
		if (id === 1) answer(result);
	});
	await session.send('Target.setAutoAttach', {
		autoAttach: true,
		waitForDebuggerOnStart: false,
		flatten: false
	});
	const [sessionId] = attached;
	const used = new Promise<{ usedSize: number; backingStorageSize?: number }>((resolve) => {
		answer = resolve;
	});
	await session.send('Target.sendMessageToTarget', {
		sessionId,
		message: JSON.stringify({ id: 1, method: 'Runtime.getHeapUsage' })
	});
	const { usedSize, backingStorageSize = 0 } = await used;
	await session.detach();
	return usedSize + backingStorageSize;
}

test('the first state is there before any script has run', async ({ browser }) => {
	const page = await browser.newPage({ javaScriptEnabled: false });
	await page.goto('/labs/cardinality');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Five bills for one label');
	await expect(page.getByRole('img', { name: /^Series: 5,795 live/ })).toBeVisible();
	await expect(page.getByRole('rowheader', { name: 'user_id' })).toBeVisible();
	await expect(page.getByRole('img', { name: /^Scrape: .*scrape_timeout/ })).toBeVisible();
	await page.close();
});

test('the story: the timeout, sample_limit, an edit that defuses it, and all is well', async ({
	page
}) => {
	const lab = new CardinalityPage(page);
	await lab.open();
	await lab.choose('240×');
	await lab.takeRate(200);

	await expect(lab.state).toContainText('up is 0', { timeout: 30_000 });
	await expect(lab.log).toContainText(
		'Get "http://shop-1:8000/metrics": context deadline exceeded'
	);
	await expect(page.locator('[data-bill=timeout]')).toContainText('does not come within 2 s');

	await lab.button('Set sample_limit: 5,000').click();
	await lab.button('Wait 15 s instead').click();
	await expect(lab.log).toContainText('sample limit exceeded');
	await expect(lab.score).toContainText('0 of 4 questions');

	await lab.button('Bucket users into their plan').click();
	const diff = page.getByRole('region', { name: 'What the edit changes' });
	await expect(diff).toContainText("const plan = ['free', 'free', 'team', 'pro']");
	await lab.button('Deploy this').click();
	await expect(lab.state).toHaveText('up');
	await expect(lab.score).toContainText('3 of 4 questions');
	expect(await lab.live()).toBeLessThan(100);
});

test('a hundred thousand live series: the page stays smooth, the tab stops by itself, and an edit heals it', async ({
	page
}) => {
	const lab = new CardinalityPage(page);
	await lab.open();
	await lab
		.button('More')
		.or(page.getByText('More', { exact: true }))
		.first()
		.click();
	await lab.choose('15 s');
	await lab.choose('240×');
	await lab.takeRate(200);
	await lab.choose('request_id');
	const frames = await countFrames(page);
	await expect(page.getByText('That is all this tab holds')).toBeVisible({ timeout: 50_000 });
	const rate = await frames();
	await expect.poll(() => lab.live()).toBeGreaterThanOrEqual(100_000);
	const heap = await labHeap(page);
	console.log(
		`${await lab.live()} live series: ${rate.toFixed(1)} frames a second, heap of the lab's thread ${(heap / 2 ** 20).toFixed(0)} MiB`
	);
	expect(heap).toBeGreaterThan(0);
	expect(heap).toBeLessThan(400e6);
	await expect(page.locator('[data-bill=memory]')).toContainText('may be killed');
	await expect(page.getByRole('img', { name: /^Crash loop, simulated/ })).toBeVisible();

	await lab.defuse('Move the id to the log line');
	await expect(lab.state).toHaveText('up');
	await expect.poll(() => lab.live(), { timeout: 20_000 }).toBeLessThan(100);
	await expect(page.getByText('That is all this tab holds')).toBeHidden();
	await expect(page.getByText(/says the log/)).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
	test(`axe finds nothing, ${colorScheme}, and nothing is wider than a phone`, async ({ page }) => {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.setViewportSize({ width: 390, height: 844 });
		const lab = new CardinalityPage(page);
		await lab.open();
		await expect(lab.button('Play')).toBeVisible();
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
	});
}
