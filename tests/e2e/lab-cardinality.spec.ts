import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';

/** The cardinality lab as a person uses it. */
class CardinalityPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** Opens the lab, with the knobs of a link where there is one. */
	async open(link = ''): Promise<void> {
		await this.page.goto(`/labs/cardinality${link}`);
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

	bill(id: string) {
		return this.page.locator(`[data-bill=${id}]`);
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

/** Bytes on the heap of the lab's thread, its arrays included: neither the editor's thread nor those that programs run in. */
async function labHeap(page: Page): Promise<number> {
	const session = await page.context().newCDPSession(page);
	const labs: string[] = [];
	session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
		if (targetInfo.url.includes('lab.worker')) labs.push(sessionId);
	});
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
	expect(labs).toHaveLength(1);
	const [sessionId] = labs;
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

test('the story: the timeout, sample_limit and what was said of it, an edit that defuses it, and all is well', async ({
	page
}) => {
	const lab = new CardinalityPage(page);
	await lab.open();
	await lab.choose('240×');
	await lab.takeRate(200);

	await expect(lab.state).toContainText('up is 0: context deadline exceeded', { timeout: 30_000 });
	await expect(lab.log).toContainText(
		'Get "http://shop-1:8000/metrics": context deadline exceeded'
	);
	await expect(lab.bill('timeout')).toContainText('Not there within 2 s');

	await lab.button('Set sample_limit: 5,000').click();
	await page.getByLabel('The first samples of the page, up to the limit').check();
	await lab.button('Say so, and set it').click();
	await expect(lab.log).toContainText('sample limit exceeded');
	await expect(page.getByText('The limit does not trim.')).toBeVisible();
	await expect(page.getByText(/The scrape at [\d:]+ stored 0 samples, up was 0/)).toBeVisible();
	await expect(lab.score).toContainText('0 of 4 questions');

	await lab.button('Bucket users into their plan').click();
	const diff = page.getByRole('region', { name: 'What the edit changes' });
	await expect(diff).toContainText("const plan = ['free', 'free', 'team', 'pro']");
	await lab.button('Deploy this').click();
	await expect(lab.state).toHaveText('up is 1: the shop is seen.');
	await expect(lab.score).toContainText('3 of 4 questions');
	expect(await lab.live()).toBeLessThan(100);
	await expect(lab.score).toContainText(/Your best: [\d.]+, with plan/);
});

test('a hundred thousand live series: the lab’s thread has less than 400 MB, the tab stops by itself, a server would be killed, and an edit heals it', async ({
	page
}) => {
	const lab = new CardinalityPage(page);
	await lab.open('#timeout=15&rate=200&label=request_id');
	await lab.choose('240×');
	const frames = await countFrames(page);
	await expect(lab.state).toContainText('That is all this tab holds', { timeout: 50_000 });
	const rate = await frames();
	await expect.poll(() => lab.live()).toBeGreaterThanOrEqual(100_000);
	const heap = await labHeap(page);
	console.log(
		`${await lab.live()} live series: ${rate.toFixed(1)} frames a second, heap of the lab's thread ${(heap / 2 ** 20).toFixed(0)} MiB`
	);
	expect(heap).toBeLessThan(400e6);
	await expect(lab.bill('memory')).toContainText('may be killed');

	await lab.button('What a server does next').click();
	const beyond = page.getByRole('region', { name: 'Beyond this tab' });
	await expect(beyond.getByRole('img', { name: /^Crash loop, simulated/ })).toBeVisible();
	while (await beyond.getByRole('button', { name: 'Next' }).isEnabled()) {
		await beyond.getByRole('button', { name: 'Next' }).click();
	}
	await beyond.getByRole('button', { name: 'Take the label out of the code' }).click();
	await expect(beyond.getByText('Not for long.')).toBeVisible();

	await lab.defuse('Move the id to the log line');
	await expect(lab.state).toHaveText(/^up is 1|^up, but/);
	await expect.poll(() => lab.live(), { timeout: 20_000 }).toBeLessThan(100);
	await expect(page.getByText(/says the log/)).toBeVisible();
});

test('a link brings the knobs, and a normalised path is defused as well', async ({ page }) => {
	const lab = new CardinalityPage(page);
	await lab.open('#label=path&rate=100&colour=red');
	await expect(page.getByText('The link sets “colour”')).toBeVisible();
	await expect(page.getByRole('slider', { name: 'Requests a second' })).toHaveValue('100');
	await lab.choose('240×');
	await expect.poll(() => lab.live(), { timeout: 20_000 }).toBeGreaterThan(1000);
	await lab.defuse('Normalise the path');
	await expect.poll(() => lab.live(), { timeout: 20_000 }).toBeLessThan(50);
	await expect(page).toHaveURL(/#label=none&rate=100$/);
});

test('a cell of the map shows its line of /metrics, and by its number any other', async ({
	page
}) => {
	const lab = new CardinalityPage(page);
	await lab.open();
	await page
		.getByRole('img', { name: /^Series: [\d,]+ live/ })
		.click({ position: { x: 40, y: 60 } });
	await expect(page.getByText(/^shop-1:8000\/metrics, line/)).toBeVisible();
	const number = page.getByRole('spinbutton', { name: 'Series', exact: true });
	await number.fill('1');
	await number.press('Tab');
	await expect(
		page.getByText('http_requests_total{method="GET",endpoint="/api/products",')
	).toBeVisible();
	await lab.choose('worst case');
	await expect(page.getByText(/^Worst case, computed: [\d,]+ × 4 × 4 × 2 = /)).toBeVisible();
});

test('the same in Python: the label that grows, and the edit that takes it out', async ({
	page
}) => {
	const lab = new CardinalityPage(page);
	await lab.open();
	await lab.choose('Python');
	await expect(page.getByRole('heading', { name: 'app.py' })).toBeVisible();
	await expect(lab.button('Deploy again')).toBeEnabled();
	await lab.choose('240×');
	await expect.poll(() => lab.live(), { timeout: 40_000 }).toBeGreaterThan(2000);
	await lab.defuse('Bucket users into their plan');
	await expect.poll(() => lab.live(), { timeout: 20_000 }).toBeLessThan(150);
	await expect(lab.score).toContainText('3 of 4 questions', { timeout: 20_000 });
});

for (const colorScheme of ['light', 'dark'] as const) {
	test(`axe finds nothing, ${colorScheme}, and nothing is wider than a phone`, async ({ page }) => {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await page.setViewportSize({ width: 390, height: 844 });
		const lab = new CardinalityPage(page);
		await lab.open();
		await expect(lab.button('Play')).toBeVisible();
		await lab.button('More knobs').click();
		await lab.button('Set sample_limit: 5,000').click();
		await lab.button('Show a line').click();
		await expect(page.getByText(/^shop-1:8000\/metrics, line 3$/)).toBeVisible();
		expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
	});
}
