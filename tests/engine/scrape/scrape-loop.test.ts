import { formatLabels } from '#engine/model';
import type { ScrapeSettings } from '#engine/scrape';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INTERVAL, page, ScrapeWorld, type Answer } from './scrape-world.ts';

const REFUSED = new Error('connection refused');
const BROKEN = '# TYPE a gauge\na 1\n\nb 1\n7&-\n';

/** The exposed series after these scrapes, 15 s apart. */
async function check(
	answers: readonly Answer[],
	expected: readonly string[],
	settings?: Partial<ScrapeSettings>
): Promise<ScrapeWorld> {
	const world = new ScrapeWorld({ settings });
	for (const answer of answers) await world.scrape(answer);
	expect(world.exposed()).toEqual(expected);
	return world;
}

test('samples are stored at the moment of the scrape', async () => {
	await check(['a 1\nb{x="1"} 2\n', 'a 3\nb{x="1"} 2\n'], ['a 1@0 3@15', 'b{x="1"} 2@0 2@15']);
});

test('a series that vanishes ends with a stale marker, and may return', async () => {
	await check(['a 1\nb 1\n', 'a 2\n', 'a 3\nb 3\n'], ['a 1@0 2@15 3@30', 'b 1@0 stale@15 3@30']);
	await check(['a 1\n', 'b 1\n', 'b 2\n'], ['a 1@0 stale@15', 'b 1@15 2@30']);
});

test('lines may move without any series ending', async () => {
	await check(['a 1\nb 1\nc 1\n', 'c 2\na 2\nb 2\n'], ['a 1@0 2@15', 'b 1@0 2@15', 'c 1@0 2@15']);
});

test('two texts of one series are one series', async () => {
	await check(['a{x="1",y="2"} 1\n', 'a{y="2", x="1"} 2\n'], ['a{x="1", y="2"} 1@0 2@15']);
});

test('a scrape that fails ends every series, once', async () => {
	const expected = ['a 1@0 stale@15 3@45', 'b 1@0 stale@15 3@45'];
	const world = await check(['a 1\nb 1\n', REFUSED, REFUSED, 'a 3\nb 3\n'], expected);
	expect(world.reported('up')).toBe('1@0 0@15 0@30 1@45');
});

test('a broken page is rolled back whole, and ends the series that it does not show before the fault', async () => {
	const world = await check(
		['a 1\nb 1\nc 1\n', BROKEN, BROKEN, REFUSED],
		['a 1@0 stale@45', 'b 1@0 stale@45', 'c 1@0 stale@15']
	);
	expect(world.reported('up')).toBe('1@0 0@15 0@30 0@45');
});

test('of a broken page the samples before the fault are counted, and their series as added', async () => {
	const report = await new ScrapeWorld().scrape(BROKEN);
	expect(report).toMatchObject({
		samplesScraped: 2,
		samplesPostMetricRelabeling: 2,
		seriesAdded: 2
	});
	expect(report.error).toMatch(/^expected a valid start token, got "7"/);
});

test('a label that is given twice refuses the page', async () => {
	await checkError('a 1\nb{x="1",x="2"} 1\n', 'label name "x" is not unique: invalid sample');
});

test('a page that is broken from the start leaves nothing', async () => {
	const world = await check([BROKEN], []);
	expect(world.reported('up')).toBe('0@0');
});

test('an empty page is a good scrape of nothing, whatever its content type', async () => {
	const world = await check(['a 1\n', page('', ''), 'a 2\n'], ['a 1@0 stale@15 2@30']);
	expect(world.reported('up')).toBe('1@0 1@15 1@30');
	expect(world.reported('scrape_samples_scraped')).toBe('1@0 0@15 1@30');
	expect(world.reported('scrape_series_added')).toBe('1@0 0@15 0@30');
});

/** The error of one scrape, and that it counts as down. */
async function checkError(
	answer: Answer,
	expected: string,
	settings?: Partial<ScrapeSettings>
): Promise<void> {
	const world = new ScrapeWorld({ settings });
	const report = await world.scrape(answer);
	expect(report.error).toBe(expected);
	expect(world.reported('up')).toBe('0@0');
	expect(world.exposed()).toEqual([]);
	expect([world.loop.health.health, world.loop.health.lastError]).toEqual(['down', expected]);
}

const respond = (change: object) => ({ ...page('a 1\n'), ...change }) as Answer;

test('a failed scrape says why', async () => {
	await checkError(REFUSED, 'connection refused');
	await checkError(respond({ status: 404 }), 'server returned HTTP status 404 Not Found');
	await checkError(
		respond({ status: 500 }),
		'server returned HTTP status 500 Internal Server Error'
	);
	await checkError(respond({ status: 299 }), 'server returned HTTP status 299');
	await checkError(
		respond({ duration: 10_001 }),
		'Get "http://a/metrics": context deadline exceeded'
	);
	await checkError(
		page('a 1\n', ''),
		'non-compliant scrape target sending blank Content-Type and no fallback_scrape_protocol specified for target'
	);
	await checkError(
		page('<html>', 'text/html'),
		'received unsupported Content-Type "text/html" and no fallback_scrape_protocol specified for target'
	);
	await checkError('a 1\nb 2\n', 'body size limit exceeded', { bodySizeLimit: 8 });
	await checkError('a 1\nb 2\n', 'sample limit exceeded', { sampleLimit: 1 });
	await checkError(
		'a{x="1"} 1\n',
		'label_limit exceeded (metric: a, number of labels: 4, limit: 3)',
		{ labelLimit: 3 }
	);
	await checkError(
		'a{length="1"} 1\n',
		'label_name_length_limit exceeded (metric: a, label name: __name__, length: 8, limit: 7)',
		{ labelNameLengthLimit: 7 }
	);
	await checkError(
		'a{x="12345"} 1\n',
		'label_value_length_limit exceeded (metric: a, label name: x, value: "12345", length: 5, limit: 4)',
		{ labelValueLengthLimit: 4 }
	);
});

test('what is just within a limit is fine', async () => {
	await check(['a 1\nb 2\n'], ['a 1@0', 'b 2@0'], {
		bodySizeLimit: 9,
		sampleLimit: 2,
		labelLimit: 3,
		labelNameLengthLimit: 8,
		labelValueLengthLimit: 4
	});
	const world = new ScrapeWorld();
	expect((await world.scrape(respond({ duration: 10_000 }))).error).toBeUndefined();
});

test('a response that comes too late took as long as the timeout', async () => {
	const world = new ScrapeWorld();
	expect((await world.scrape(respond({ duration: 60_000 }))).duration).toBe(10_000);
	expect(world.reported('scrape_duration_seconds')).toBe('10@0');
});

test('beyond the sample limit samples are counted and not stored', async () => {
	const world = new ScrapeWorld({ settings: { sampleLimit: 4 } });
	await world.scrape('a 1\nb 1\nc 1\n');
	const over = await world.scrape('a 1\nb 1\nc 1\nd 1\ne 1\nf 1\n');
	expect(over).toMatchObject({
		error: 'sample limit exceeded',
		samplesScraped: 6,
		samplesPostMetricRelabeling: 6,
		seriesAdded: 1
	});
	await world.scrape('a 2\nb 2\n');
	expect(world.exposed()).toEqual(['a 1@0 2@30', 'b 1@0 2@30', 'c 1@0 stale@30', 'd stale@30']);
});

test('every scrape reports about itself', async () => {
	const world = new ScrapeWorld();
	await world.scrape('a 1\nb 1\n');
	await world.scrape('a 1\nb 1\nc 1\n');
	await world.scrape('a 1\n');
	await world.scrape(REFUSED);
	expect(world.reported('up')).toBe('1@0 1@15 1@30 0@45');
	expect(world.reported('scrape_duration_seconds')).toBe('0.02@0 0.02@15 0.02@30 0.005@45');
	expect(world.reported('scrape_samples_scraped')).toBe('2@0 3@15 1@30 0@45');
	expect(world.reported('scrape_samples_post_metric_relabeling')).toBe('2@0 3@15 1@30 0@45');
	expect(world.reported('scrape_series_added')).toBe('2@0 1@15 0@30 0@45');
	const [up] = world.head.series([{ name: '__name__', type: '=', value: 'up' }], 0, 60_000);
	expect(formatLabels(up!)).toBe('up{instance="a", job="shop"}');
});

test('a series that was away for a good scrape counts as added again', async () => {
	const world = new ScrapeWorld();
	for (const text of ['a 1\nb 1\n', 'a 1\n', 'a 1\nb 1\n']) await world.scrape(text);
	expect(world.reported('scrape_series_added')).toBe('2@0 0@15 1@30');
});

test('a series that was away for failed scrapes does not count as added again', async () => {
	const world = new ScrapeWorld();
	for (const answer of ['a 1\n', REFUSED, REFUSED, 'a 1\n']) await world.scrape(answer);
	expect(world.reported('scrape_series_added')).toBe('1@0 0@15 0@30 0@45');
});

test('of a series that comes twice the first counts', async () => {
	const world = new ScrapeWorld();
	const report = await world.scrape('a 1\na 2\na 1\n');
	expect(report).toMatchObject({
		error: undefined,
		samplesScraped: 3,
		samplesPostMetricRelabeling: 3,
		seriesAdded: 1,
		warnings: [
			'Error on ingesting samples with different value but same timestamp (num_dropped: 2)'
		]
	});
	expect((await world.scrape('a 3\na 4\n')).seriesAdded).toBe(0);
	expect(world.exposed()).toEqual(['a 1@0 3@15']);
});

test('a scrape that is stamped too early is dropped, and the target stays up', async () => {
	const world = new ScrapeWorld();
	await world.scrape('a 1\nb 1\n', 30_000);
	const report = await world.scrape('a 2\nb 2\n', 15_000);
	expect(report.error).toBeUndefined();
	expect(report.warnings).toEqual(['Error on ingesting out-of-order samples (num_dropped: 2)']);
	expect(world.exposed()).toEqual(['a 1@30', 'b 1@30']);
	expect(world.loop.health.health).toBe('up');
});

test('timestamps of a page are honoured, and such series do not end', async () => {
	await check(['a 1 1000\n', 'a 2 16000\n', ''], ['a 1@1 2@16']);
	await check(['a 1 1000\na 2 2000\n'], ['a 1@1 2@2']);
	const world = await check(['a 1 1000\n', 'a 2 500\n'], ['a 1@1']);
	expect(world.reported('up')).toBe('1@0 1@15');
});

test('a series that starts to carry timestamps is tracked no more, and ends', async () => {
	await check(['a 1\n', 'a 2 1000\n'], ['a 1@0 2@1 stale@15']);
});

test('timestamps of a page can be ignored', async () => {
	await check(['a 1 1000\n', 'a 2 1000\n', ''], ['a 1@0 2@15 stale@30'], {
		honorTimestamps: false
	});
});

test('the labels of the target win over exposed ones, or not', async () => {
	const text = 'a{job="x",instance=""} 1\n';
	await check([text], ['a{exported_job="x"} 1@0']);
	const world = new ScrapeWorld({ settings: { honorLabels: true } });
	await world.scrape(text);
	const [series] = world.head.series([{ name: '__name__', type: '=', value: 'a' }], 0, 1);
	expect(formatLabels(series!)).toBe('a{job="x"}');
});

test('an OpenMetrics page is read as one', async () => {
	const contentType = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
	await check([page('# TYPE a counter\na_total 1\n# EOF\n', contentType)], ['a_total 1@0']);
	const world = new ScrapeWorld();
	const report = await world.scrape(page('a 1\n', contentType));
	expect(report.error).toBe('data does not end with # EOF');
	expect(world.exposed()).toEqual([]);
});

test('the target is asked for what can be read', async () => {
	const world = new ScrapeWorld();
	await world.scrape('a 1\n');
	expect(world.accepted).toEqual([
		'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,' +
			'application/openmetrics-text;version=0.0.1;q=0.5,' +
			'text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2'
	]);
});

test('the health follows the last scrape', async () => {
	const world = new ScrapeWorld();
	expect(world.loop.health).toEqual({ health: 'unknown', lastError: '', lastScrapeDuration: 0 });
	await world.scrape('a 1\n', 15_000);
	expect(world.loop.health).toMatchObject({
		health: 'up',
		lastScrape: 15_000,
		lastScrapeDuration: 0.02
	});
	await world.scrape(REFUSED, 30_000);
	expect(world.loop.health).toMatchObject({ health: 'down', lastError: 'connection refused' });
	await world.scrape('a 1\n', 45_000);
	expect(world.loop.health).toMatchObject({ health: 'up', lastError: '' });
});

test('a target that is retired ends with all its series', async () => {
	const world = await check(['a 1\n', 'a 2\n'], ['a 1@0 2@15']);
	world.loop.retire(30_000);
	expect(world.exposed()).toEqual(['a 1@0 2@15 stale@30']);
	expect(world.reported('up')).toBe('1@0 1@15 stale@30');
	expect(world.reported('scrape_series_added')).toBe('1@0 0@15 stale@30');
});

test('a target that was never scraped leaves nothing when it is retired', () => {
	const world = new ScrapeWorld();
	world.loop.retire(30_000);
	expect([world.exposed(), world.reported('up')]).toEqual([[], '']);
});

test('a target that has returned by the time it is retired goes on without a gap', async () => {
	const world = await check(['a 1\n', 'a 2\n'], ['a 1@0 2@15']);
	const successor = new ScrapeWorld({}, world.head);
	await successor.scrape('a 3\n', 30_000);
	await successor.scrape('a 4\n', 45_000);
	world.loop.retire(30_000);
	expect(world.exposed()).toEqual(['a 1@0 2@15 3@30 4@45']);
});

test('metadata are kept for ten scrapes after their family is gone', async () => {
	const world = new ScrapeWorld();
	await world.scrape('# HELP a Counts.\n# TYPE a counter\na 1\n');
	expect(world.loop.metadata.get('a')).toMatchObject({ type: 'counter', help: 'Counts.' });
	for (let i = 0; i < 10; i++) await world.scrape('# TYPE b gauge\nb 1\n');
	expect([...world.loop.metadata.keys()]).toEqual(['a', 'b']);
	await world.scrape('# TYPE b gauge\nb 1\n');
	expect([...world.loop.metadata.keys()]).toEqual(['b']);
});

test('metadata are replaced when they change', async () => {
	const world = new ScrapeWorld();
	await world.scrape('# HELP a Old.\na 1\n');
	await world.scrape('# HELP a New.\na 1\n');
	expect(world.loop.metadata.get('a')?.help).toBe('New.');
});

/** What the store must hold after these pages, told the slow way: undefined is a failed scrape. */
function expectedSeries(pages: readonly (readonly number[] | undefined)[]): string[] {
	const lines: string[] = [];
	for (let series = 0; series < 6; series++) {
		let text = '';
		let wasThere = false;
		pages.forEach((shown, k) => {
			const isThere = shown?.includes(series) ?? false;
			if (isThere) text += ` ${k}@${(k * INTERVAL) / 1000}`;
			else if (wasThere) text += ` stale@${(k * INTERVAL) / 1000}`;
			wasThere = isThere;
		});
		if (text !== '') lines.push(`s${series}${text}`);
	}
	return lines;
}

test('whatever pages come and go, every series has its samples and its ends', async () => {
	const shown = fc.uniqueArray(fc.nat(5), { maxLength: 6 });
	const pages = fc.array(fc.option(shown, { nil: undefined }), { maxLength: 12 });
	await fc.assert(
		fc.asyncProperty(pages, fc.constantFrom<Answer>(REFUSED, BROKEN), async (given, failure) => {
			const world = new ScrapeWorld();
			for (const [k, series] of given.entries()) {
				const text = series?.map((s) => `s${s} ${k}\n`).join('');
				await world.scrape(text ?? failure);
			}
			const exposed = world.exposed().filter((line) => line.startsWith('s'));
			expect(exposed).toEqual(expectedSeries(given));
			expect(world.reported('up')).toBe(
				given.map((series, k) => `${series ? 1 : 0}@${(k * INTERVAL) / 1000}`).join(' ')
			);
		}),
		{ numRuns: 100 }
	);
});

test('a target whose labels keep changing does not fill the cache without end', async () => {
	const world = new ScrapeWorld();
	for (let k = 0; k < 20; k++) {
		const text = Array.from({ length: 200 }, (_, i) => `s{id="${k}-${i}"} 1\n`).join('');
		const report = await world.scrape(`steady 1\n${text}`);
		expect(report.seriesAdded).toBe(k === 0 ? 201 : 200);
	}
	const lines = world.exposed();
	expect(lines).toHaveLength(20 * 200 + 1);
	expect(lines.filter((line) => !line.startsWith('steady') && line.includes('stale'))).toHaveLength(
		19 * 200
	);
	expect(lines.find((line) => line.startsWith('steady'))!.split(' ')).toHaveLength(21);
});

test('nor does one whose pages fail, with families that keep changing', async () => {
	const world = new ScrapeWorld();
	await world.scrape('# TYPE steady gauge\nsteady 1\n');
	for (let k = 0; k < 40; k++) {
		const families = Array.from(
			{ length: 200 },
			(_, i) => `# TYPE f${k}_${i} gauge\nf${k}_${i} 1\n`
		);
		await world.scrape(`${families.join('')}7&-\n`);
	}
	// Those of the last ten scrapes and this one, and what may be beyond twice the last good ones.
	expect(world.loop.metadata.size).toBeLessThan(12 * 200 + 1000);
	await world.scrape('# TYPE steady gauge\nsteady 2\n');
	expect(world.exposed().find((line) => line.startsWith('steady'))).toMatch(/ 2@615$/);
});
