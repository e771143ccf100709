import { expect, test } from 'vitest';
import { labels, type Labels } from '#engine/model';
import { ScrapeLoop, ScrapeMemory } from '#engine/scrape';
import { Head } from '#engine/tsdb';

const TARGET = labels({ job: 'shop', instance: 'a' });

/** A loop over pages of so many series each, into a head with a budget. */
function createBomb(head: Head): (t: number, series: number) => ReturnType<ScrapeLoop['scrapeAt']> {
	let text = '';
	const loop = new ScrapeLoop({
		target: {
			labels: TARGET,
			url: 'http://a/metrics',
			scrape: () =>
				Promise.resolve({
					ok: true,
					status: 200,
					contentType: 'text/plain; version=0.0.4',
					body: new TextEncoder().encode(text),
					duration: 1
				})
		},
		memory: new ScrapeMemory(head.appender()),
		timeout: 10_000
	});
	return (t, series) => {
		text = Array.from({ length: series }, (_, i) => `users{id="${i}"} ${t}\n`).join('');
		return loop.scrapeAt(t);
	};
}

function seriesOf(head: Head, name: string): readonly Labels[] {
	return head.series([{ name: '__name__', type: '=', value: name }], 0, 2 ** 53);
}

test('a store that is full refuses new series, says so, and goes on with those it has', async () => {
	const head = new Head({ maxBytes: 500_000 });
	const scrape = createBomb(head);
	expect((await scrape(0, 20)).warnings).toEqual([]);
	const full = await scrape(15_000, 5000);
	const stored = seriesOf(head, 'users').length;
	expect(stored).toBeGreaterThan(20);
	expect(stored).toBeLessThan(5000);
	expect(full).toMatchObject({ error: undefined, samplesScraped: 5000, seriesAdded: stored - 20 });
	expect(full.warnings).toEqual([
		`Error on ingesting samples: the store is full (num_dropped: ${5000 - stored})`
	]);
	expect(head.size().total).toBeLessThan(600_000);

	const again = await scrape(30_000, 5000);
	expect(again.warnings.join()).toContain('the store is full');
	const [first] = head.select([{ name: 'id', type: '=', value: '0' }], 0, 30_000);
	expect(first && first.end - first.start).toBe(3);
	expect(seriesOf(head, 'up')).toHaveLength(1);
});

test('it takes them as soon as there is room again', async () => {
	const head = new Head({ maxBytes: 500_000 });
	const scrape = createBomb(head);
	await scrape(0, 5000);
	const stored = seriesOf(head, 'users').length;
	await scrape(15_000, 10);
	head.truncate(10_000);
	const after = await scrape(30_000, stored - 10);
	expect(after.warnings).toEqual([]);
	expect(
		head.select([{ name: 'id', type: '=', value: String(stored - 11) }], 30_000, 30_000)
	).toHaveLength(1);
});
