import { describe, expect, it, test } from 'vitest';
import { ABSENT, formatLabels, labelValue, STALE, type SeriesColumns } from '#engine/model';
import { readScrapeConfig, ScrapeManager, type Config, type ScrapeResponse } from '#engine/scrape';
import { Head } from '#engine/tsdb';

function config(text: string): Config {
	const { config, problems } = readScrapeConfig(text);
	if (!config) throw new Error(problems.map(({ message }) => message).join());
	return config;
}

/** One job with these targets, and more lines of its own. */
function job(targets: readonly string[], ...lines: readonly string[]): Config {
	return config(
		[
			'global: {scrape_interval: 15s, scrape_timeout: 5s}',
			'scrape_configs:',
			'  - job_name: shop',
			`    static_configs: [{targets: [${targets.join()}]}]`,
			...lines.map((line) => `    ${line}`)
		].join('\n')
	);
}

/** A server whose targets all show one counter, the number of their scrape, and note what they are asked for. */
class Server {
	readonly head = new Head();
	readonly asked: string[] = [];
	readonly manager = new ScrapeManager({
		store: this.head,
		offsetSeed: 0n,
		fetch: async ({ url }) => {
			this.asked.push(url);
			return this.answer(url);
		}
	});
	answer = (url: string): ScrapeResponse => {
		const count = this.asked.filter((one) => one === url).length;
		const body = new TextEncoder().encode(`x_total ${count}\ny 1\n`);
		return { ok: true, status: 200, contentType: 'text/plain', body, duration: 10 };
	};

	/** What is stored of a metric, a line for each series: its samples without their times. */
	stored(name: string): string[] {
		return this.head
			.select([{ name: '__name__', type: '=', value: name }], -Infinity, Infinity)
			.map((columns) => `${formatLabels(columns.labels)} ${values(columns).join(' ')}`);
	}

	times(name: string): number[] {
		const [columns] = this.head.select(
			[{ name: '__name__', type: '=', value: name }],
			-Infinity,
			Infinity
		);
		if (!columns) return [];
		return Array.from(columns.times.subarray(columns.start, columns.end));
	}
}

function values({ values, marks, start, end }: SeriesColumns): string[] {
	const texts: string[] = [];
	for (let i = start; i < end; i++) {
		if (marks?.[i] === ABSENT) continue;
		texts.push(marks?.[i] === STALE ? 'stale' : String(values[i]));
	}
	return texts;
}

test('every target is scraped at its own place in each interval', async () => {
	const server = new Server();
	server.manager.apply(job(['a:80', 'b:80']), 0);
	const first = server.manager.next();
	expect(first).toBeGreaterThan(0);
	expect(first).toBeLessThanOrEqual(15_000);
	const reports = await server.manager.runDue(45_000);
	expect(reports).toHaveLength(6);
	expect(reports.map(({ at }) => at)).toEqual(reports.map(({ at }) => at).sort((a, b) => a - b));
	expect(server.stored('x_total')).toEqual([
		'x_total{instance="a:80", job="shop"} 1 2 3',
		'x_total{instance="b:80", job="shop"} 1 2 3'
	]);
	const [one = 0, two = 0, three = 0] = server.times('x_total');
	expect([two - one, three - two]).toEqual([15_000, 15_000]);
});

test('targets are what the configuration makes of them', async () => {
	const server = new Server();
	server.manager.apply(
		job(
			['a:80', 'drop:80', 'b:80', 'a:80', '"[::1]:80"'],
			'params: {collect: [cpu]}',
			'metrics_path: /probe',
			'keep_dropped_targets: 1',
			'relabel_configs:',
			'  - {source_labels: [__address__], regex: "drop:80|b:80", action: drop}',
			'  - {source_labels: [__address__], regex: "(a):.*", target_label: host}',
			'  - {source_labels: [__address__], regex: ".*:1.*", target_label: __scrape_timeout__, replacement: 1h}'
		),
		0
	);
	const [pool] = server.manager.pools;
	expect(pool?.status()).toMatchObject([
		{
			scrapePool: 'shop',
			scrapeUrl: 'http://a:80/probe?collect=cpu',
			health: 'unknown',
			scrapeInterval: '15s',
			scrapeTimeout: '5s'
		}
	]);
	expect(labelValue(pool!.status()[0]!.discoveredLabels, '__param_collect')).toBe('cpu');
	expect(pool?.dropped).toHaveLength(1);
	expect(pool?.droppedCount).toBe(2);
	expect(pool?.invalid.map(({ error }) => error)).toEqual([
		'scrape timeout cannot be greater than scrape interval ("1h" > "15s")'
	]);
	await server.manager.runDue(15_000);
	expect(server.asked).toEqual(['http://a:80/probe?collect=cpu']);
	expect(server.stored('x_total')).toEqual(['x_total{host="a", instance="a:80", job="shop"} 1']);
});

describe('another configuration', () => {
	it('that says the same changes nothing', async () => {
		const server = new Server();
		server.manager.apply(job(['a:80']), 0);
		await server.manager.runDue(20_000);
		const next = server.manager.next();
		server.manager.apply(job(['a:80']), 20_000);
		expect(server.manager.next()).toBe(next);
		await server.manager.runDue(40_000);
		expect(server.stored('scrape_series_added')[0]).toMatch(/ 2 0( 0)?$/);
	});

	it('ends what a target had that is gone, when it would have been scraped next', async () => {
		const server = new Server();
		server.manager.apply(job(['a:80']), 0);
		await server.manager.runDue(20_000);
		const last = server.times('up').at(-1)!;
		server.manager.apply(job([]), 20_000);
		await server.manager.runDue(last + 31_000);
		expect(server.stored('x_total')[0]).toMatch(/ 1( 2)?$/);
		expect(server.manager.next()).toBe(last + 31_500);
		await server.manager.runDue(last + 31_500);
		expect(server.stored('x_total')[0]).toMatch(/ stale$/);
		expect(server.stored('up')[0]).toMatch(/ stale$/);
		expect(server.times('up').at(-1)).toBe(last + 15_000);
		expect(server.manager.next()).toBe(Infinity);
	});

	it('leaves no gap when the target is back in time', async () => {
		const server = new Server();
		server.manager.apply(job(['a:80']), 0);
		await server.manager.runDue(20_000);
		server.manager.apply(job([]), 20_000);
		server.manager.apply(job(['a:80']), 21_000);
		await server.manager.runDue(90_000);
		expect(server.stored('x_total')[0]).not.toContain('stale');
		expect(server.times('x_total')).toEqual(server.times('up'));
	});

	it('without a job lets its series just stop', async () => {
		const server = new Server();
		server.manager.apply(job(['a:80']), 0);
		await server.manager.runDue(20_000);
		server.manager.apply(config('global: {}'), 20_000);
		expect([...server.manager.pools]).toEqual([]);
		expect(server.manager.next()).toBe(Infinity);
		expect(server.stored('up')[0]).not.toContain('stale');
	});

	it('with another limit goes on with what is known', async () => {
		const server = new Server();
		server.manager.apply(job(['a:80']), 0);
		await server.manager.runDue(20_000);
		server.manager.apply(job(['a:80'], 'sample_limit: 100'), 20_000);
		await server.manager.runDue(50_000);
		expect(server.stored('scrape_series_added')[0]).toMatch(/ 2 0( 0)*$/);
		expect(server.stored('x_total')[0]).not.toContain('stale');
	});

	it('leaves the health of targets as it was', async () => {
		const server = new Server();
		server.manager.apply(job(['a:80']), 0);
		await server.manager.runDue(20_000);
		const [before] = [...server.manager.pools][0]!.status();
		expect(before?.health).toBe('up');
		server.manager.apply(job(['a:80'], 'sample_limit: 100'), 20_000);
		expect([...server.manager.pools][0]!.status()).toEqual([before]);
	});

	it('waits for the scrapes under way, and so does yet another one', async () => {
		const server = new Server();
		server.answer = () => ({ ok: false, error: 'EOF', duration: 4000 });
		server.manager.apply(job(['a:80']), 0);
		const first = server.manager.next();
		await server.manager.runDue(first);
		const found = () => [...server.manager.pools][0]!.status().map(({ scrapeUrl }) => scrapeUrl);
		for (let times = 0; times < 2; times++) {
			server.manager.apply(job(['a:80', 'b:80'], 'honor_labels: true'), first + 100);
			expect(found()).toEqual(['http://a:80/metrics']);
		}
		await server.manager.runDue(first + 3999);
		expect(found()).toHaveLength(1);
		await server.manager.runDue(first + 4000);
		expect(found()).toEqual(['http://a:80/metrics', 'http://b:80/metrics']);
	});

	it('with another rule for series ends those that it drops', async () => {
		const server = new Server();
		server.manager.apply(job(['a:80']), 0);
		await server.manager.runDue(20_000);
		const rule = '  - {source_labels: [__name__], regex: y, action: drop}';
		server.manager.apply(job(['a:80'], 'metric_relabel_configs:', rule), 20_000);
		await server.manager.runDue(90_000);
		expect(server.stored('y')[0]).toMatch(/ stale$/);
		expect(server.stored('x_total')[0]).not.toContain('stale');
	});
});

test('with more targets than allowed none is scraped, until there are fewer', async () => {
	const server = new Server();
	server.manager.apply(job(['a:80', 'b:80', 'c:80'], 'target_limit: 2'), 0);
	await server.manager.runDue(15_000);
	const [pool] = server.manager.pools;
	const error = 'target_limit exceeded (number of targets: 3, limit: 2)';
	expect(pool!.status().map(({ lastError }) => lastError)).toEqual([error, error, error]);
	expect(server.asked).toEqual([]);
	expect(server.stored('up')).toHaveLength(3);
	server.manager.apply(job(['a:80', 'b:80'], 'target_limit: 2'), 15_000);
	await server.manager.runDue(30_000);
	expect(server.asked).toHaveLength(2);
});

test('what else a scrape reports with extra_scrape_metrics', async () => {
	const server = new Server();
	server.manager.apply(job(['a:80'], 'extra_scrape_metrics: true', 'sample_limit: 7'), 0);
	await server.manager.runDue(15_000);
	server.answer = () => ({ ok: false, error: 'connection refused', duration: 1 });
	await server.manager.runDue(30_000);
	const labels = '{instance="a:80", job="shop"}';
	expect(server.stored('scrape_timeout_seconds')).toEqual([`scrape_timeout_seconds${labels} 5 5`]);
	expect(server.stored('scrape_sample_limit')).toEqual([`scrape_sample_limit${labels} 7 7`]);
	expect(server.stored('scrape_body_size_bytes')).toEqual([
		`scrape_body_size_bytes${labels} ${'x_total 1\ny 1\n'.length} 0`
	]);
});
