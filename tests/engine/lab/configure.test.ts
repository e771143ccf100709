import { expect, it } from 'vitest';
import { MINUTE } from '#engine/model';
import { startShop, valuesOf } from './shop.ts';

it('scrapes all instances of all services when nothing else is said', async () => {
	const lab = await startShop();
	expect(lab.config).toBe(
		[
			'global:',
			'  scrape_interval: 15s',
			'  scrape_timeout: 10s',
			'  body_size_limit: 20000000B',
			'',
			'scrape_configs:',
			'  - job_name: shop',
			'    static_configs:',
			'      - targets:',
			'          - shop-1:8000',
			'          - shop-2:8000',
			'  - job_name: payments',
			'    static_configs:',
			'      - targets:',
			'          - payments-1:8001',
			''
		].join('\n')
	);
	expect(lab.targets().map(({ scrapeUrl, scrapePool }) => [scrapePool, scrapeUrl])).toEqual([
		['shop', 'http://shop-1:8000/metrics'],
		['shop', 'http://shop-2:8000/metrics'],
		['payments', 'http://payments-1:8001/metrics']
	]);
});

it('goes on by another prometheus.yml', async () => {
	const lab = await startShop();
	await lab.advance(lab.world.start + 2 * MINUTE);
	const problems = await lab.configure(
		[
			'global: {scrape_interval: 5s}',
			'scrape_configs:',
			'  - job_name: all',
			'    static_configs: [{targets: ["shop-1:8000", "payments-1:8001"], labels: {team: red}}]',
			'    metric_relabel_configs:',
			'      - {source_labels: [__name__], regex: ".*_bucket", action: drop}'
		].join('\n')
	);
	expect(problems).toEqual([]);
	await lab.advance(lab.now + 2 * MINUTE);
	expect(lab.takeLog().events.at(-1)?.kind).toBe('reload');
	expect(await valuesOf(lab, 'up{job="all", team="red"}')).toEqual([1, 1]);
	expect(await valuesOf(lab, 'count_over_time(up{job="all"}[1m])')).toEqual([12, 12]);
	expect(await valuesOf(lab, 'count({__name__=~".*_bucket", job="all"})')).toEqual([]);
	expect(await valuesOf(lab, 'count({__name__=~".*_count", job="all"}) > 0')).toHaveLength(1);
});

it('stays as it is when the text is no good, and says where', async () => {
	const lab = await startShop();
	const before = lab.config;
	const [problem] = await lab.configure(
		'scrape_configs:\n  - job_name: a\n    scrape_intervall: 5s\n'
	);
	expect(problem).toMatchObject({ severity: 'error', line: 3 });
	expect(problem?.message).toContain('field scrape_intervall not found');
	expect(lab.config).toBe(before);
	expect(lab.targets()).toHaveLength(3);
});

it('tells what is not there as Prometheus does', async () => {
	const lab = await startShop();
	await lab.configure(
		[
			'scrape_configs:',
			'  - job_name: a',
			'    scrape_interval: 5s',
			'    static_configs:',
			'      - targets: ["nowhere:80", "shop-1:81", "shop-1:8000"]',
			'    relabel_configs:',
			'      - {source_labels: [__address__], regex: ".*:8000", target_label: __metrics_path__, replacement: /x}',
			'  - job_name: b',
			'    scheme: https',
			'    scrape_interval: 5s',
			'    static_configs: [{targets: ["shop-1:8000"]}]'
		].join('\n')
	);
	await lab.advance(lab.now + 10_000);
	expect(lab.targets().map(({ lastError }) => lastError)).toEqual([
		'Get "http://nowhere:80/metrics": dial tcp: lookup nowhere: no such host',
		'Get "http://shop-1:81/metrics": dial tcp shop-1:81: connect: connection refused',
		'server returned HTTP status 404 Not Found',
		'Get "https://shop-1:8000/metrics": http: server gave HTTP response to HTTPS client'
	]);
});

it('lives on when there is nothing to scrape', async () => {
	const lab = await startShop();
	await lab.configure('');
	expect(lab.nextScrape()).toBe(Infinity);
	await lab.step();
	expect(lab.now).toBe(lab.world.start);
	await lab.advance(lab.now + MINUTE);
	expect(await valuesOf(lab, 'up')).toEqual([]);
	expect(lab.status().map(({ health }) => health)).toEqual(['unknown', 'unknown', 'unknown']);
});

it('makes the same samples however time is lived after a reload that waits for a scrape', async () => {
	const lived = async (step: number) => {
		const lab = await startShop();
		await lab.advance(lab.world.start + MINUTE);
		await lab.addFault({ kind: 'lost-scrape', at: lab.now, for: 15_000 });
		const hung = lab.nextScrape();
		await lab.advance(hung + 500);
		await lab.configure(
			'scrape_configs: [{job_name: shop, scrape_interval: 250ms, scrape_timeout: 250ms, static_configs: [{targets: ["shop-1:8000"]}]}]'
		);
		const end = hung + 14_000;
		while (lab.now < end) await lab.advance(Math.min(end, lab.now + step));
		const query = 'sum_over_time(http_requests_total{instance="shop-1:8000"}[4s])';
		return valuesOf(lab, query);
	};
	const bySteps = await lived(50);
	expect(bySteps.length).toBeGreaterThan(3);
	expect(await lived(20_000)).toEqual(bySteps);
});
