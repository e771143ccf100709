import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { exportSamples } from '../../src/cli/export.ts';
import { query } from '../../src/cli/query.ts';
import { startServing } from '../../src/cli/serve.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { temporaryFolder } from './serve-support.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

function file(name: string, text: string): string {
	const path = join(folder.path, name);
	writeFileSync(path, text);
	return path;
}

/** One instance of two, under another name, and a job of which every target is dropped. */
const CONFIG = `
global:
  scrape_interval: 10s
scrape_configs:
  - job_name: till
    static_configs:
      - targets: [shop-1:8000]
        labels: { team: front }
    relabel_configs:
      - source_labels: [__address__]
        regex: (.+):\\d+
        target_label: host
  - job_name: none
    static_configs: [{ targets: [shop-2:8000] }]
    relabel_configs: [{ source_labels: [job], regex: none, action: drop }]
`;

describe('--config', () => {
	it('says from the beginning what is scraped', { timeout: 20_000 }, async () => {
		const options = ['--config', file('good.yml', CONFIG), '--until', '1m'];
		const { text } = await query([...options, 'count_over_time(up[1h])']);
		expect(text).toContain(
			'"result":[{"metric":{"host":"shop-1","instance":"shop-1:8000","job":"till","team":"front"},"value":[1767603660,"6"]}]'
		);
		let exported = '';
		await exportSamples(options, (piece) => void (exported += piece));
		expect(exported).toContain(
			'\nup{host="shop-1",instance="shop-1:8000",job="till",team="front"} 1 '
		);
		expect(exported).not.toContain('instance="shop-2:8000"');
	});

	it.each([
		['', 'up: 1', ':1:1: field up not found in type config.plain'],
		['two', 'scrape_configs: [{}, { job_name: a, scrape_interval: x }]', ':1:']
	])(
		'that cannot be used is refused, each mistake at its place %#',
		async (name, text, problem) => {
			const path = file(`bad-${name}.yml`, text);
			const failure = query(['--config', path, '--until', '15s', 'up']);
			await expect(failure).rejects.toThrow(UsageError);
			await expect(failure).rejects.toThrow(path + problem);
		}
	);

	it('that has parts of no use is followed, and they are named', async () => {
		const path = file('odd.yml', `${CONFIG}alerting: {}\n`);
		const told = vi.spyOn(console, 'error').mockImplementation(() => {});
		const { isError } = await query(['--config', path, '--until', '10s', 'up']);
		const lines = told.mock.calls.map(([line]) => String(line));
		told.mockRestore();
		expect(isError).toBe(false);
		expect(lines.filter((line) => line.startsWith(`lab: ${path}:16:1: `))).toHaveLength(1);
	});

	it('of which no target can be made names it once', async () => {
		const path = file(
			'empty.yml',
			`${CONFIG}  - job_name: lost
    static_configs: [{ targets: [shop-1:8000, shop-2:8000] }]
    relabel_configs:
      - { source_labels: [__address__], regex: shop-2.*, target_label: __address__, replacement: '' }
`
		);
		const told = vi.spyOn(console, 'error').mockImplementation(() => {});
		await query(['--config', path, '--until', '10s', 'up']);
		const lines = told.mock.calls.map(([line]) => String(line));
		told.mockRestore();
		expect(lines).toEqual([
			`lab: ${path}: creating target failed: instance "shop-2:8000" of job "lost": no address`
		]);
	});

	it.each([
		['a lone byte', [0x61, 0x0a, 0xc3, 0xa9, 0xff], '2:2: invalid leading UTF-8 octet'],
		['a byte that only follows', [0x80], '1:1: invalid leading UTF-8 octet'],
		['half a character', [0x61, 0xe2, 0x82], '1:2: incomplete UTF-8 octet sequence'],
		['a character that is not gone on with', [0xc3, 0x61], '1:1: invalid trailing UTF-8 octet'],
		['more bytes than needed', [0xc0, 0x80], '1:1: invalid length of a UTF-8 sequence'],
		['half of a pair', [0xed, 0xa0, 0x80], '1:1: invalid Unicode character'],
		['more than there are', [0xf4, 0x90, 0x80, 0x80], '1:1: invalid Unicode character']
	])('is refused with %s in it', async (_, bytes, problem) => {
		const path = join(folder.path, 'bytes.yml');
		writeFileSync(path, Uint8Array.from(bytes));
		const failure = query(['--config', path, 'up']);
		await expect(failure).rejects.toThrow(UsageError);
		await expect(failure).rejects.toThrow(`${path}:${problem}: save the file as UTF-8`);
	});

	it.each(['utf16le', 'utf8'] as const)(
		'may begin with a byte order mark: %s',
		async (encoding) => {
			const path = join(folder.path, 'marked.yml');
			writeFileSync(path, Buffer.from(`\ufeff${CONFIG.replace('till', 'kasse é')}`, encoding));
			const { text } = await query(['--config', path, '--until', '15s', 'up']);
			expect(text).toContain('"job":"kasse é"');
		}
	);

	it('has no place beside a file of samples', async () => {
		const failure = query(['--openmetrics', 'x', '--config', 'y', 'up']);
		await expect(failure).rejects.toThrow('--config belongs to a world');
	});

	it('ends the command with code 2 and a line for each mistake', { timeout: 30_000 }, () => {
		const path = file('worse.yml', 'scrape_configs:\n  - job_name: a\n    x: 1\n    y: 2\n');
		const { status, stderr } = spawnSync(
			process.execPath,
			['--import', 'tsx', 'src/cli/main.ts', 'query', '--config', path, 'up'],
			{ encoding: 'utf8' }
		);
		expect(status).toBe(2);
		expect(stderr.trim().split('\n')).toEqual([
			`lab: ${path}:3:5: field x not found in type config.ScrapeConfig`,
			`lab: ${path}:4:5: field y not found in type config.ScrapeConfig`
		]);
	});
});

it('that converts histograms leaves them out of an export, and says so', async () => {
	const config = `scrape_configs:
  - job_name: shop
    scrape_interval: 10s
    convert_classic_histograms_to_nhcb: true
    static_configs: [{ targets: ['shop-1:8000'] }]
`;
	const told = vi.spyOn(console, 'error').mockImplementation(() => {});
	let text = '';
	const write = (piece: string) => void (text += piece);
	await exportSamples(['--config', file('converted.yml', config), '--until', '30s'], write);
	const lines = told.mock.calls.map(([line]) => String(line));
	told.mockRestore();
	expect(text).not.toContain('\nhttp_request_duration_seconds');
	expect(lines).toContainEqual(
		expect.stringMatching(/^lab: [1-9]\d* series of native histograms are left out/)
	);
});

describe('a world served with --config', () => {
	it(
		'tells of histograms that were converted, and federates them as classic ones',
		{ timeout: 20_000 },
		async () => {
			const path = file(
				'nhcb.yml',
				`global: { scrape_interval: 15s, external_labels: { cluster: lab } }
scrape_configs:
  - job_name: shop
    convert_classic_histograms_to_nhcb: true
    static_configs: [{ targets: ['shop-1:8000'] }]
`
			);
			const lab = await startServing(['--config', path, '--until', '1m', '--port', '0']);
			const text = async (asked: string) => (await fetch(lab.url + asked)).text();
			const name = 'http_request_duration_seconds';
			try {
				const query = `${name}{endpoint="/api/products"}`;
				const answer = await text(`/api/v1/query?query=${query}`);
				const found =
					/"histogram":\[1767603660,\{"count":"(\d+)","sum":"[\d.]+","buckets":\[\[3,"-Inf","0.01",/.exec(
						answer
					);
				expect(found).not.toBeNull();
				const page = await text(`/federate?match[]=${query}`);
				const series = 'endpoint="/api/products",instance="shop-1:8000",job="shop",cluster="lab"';
				expect(
					page.startsWith(`# TYPE ${name} histogram\n${name}_bucket{${series},le="0.01"} `)
				).toBe(true);
				for (const end of [`_bucket{${series},le="+Inf"}`, `_count{${series}}`]) {
					expect(page).toContain(`\n${name}${end} ${found?.[1]} 17676036`);
				}
			} finally {
				await lab.close();
			}
		}
	);

	it('tells of its targets and its configuration', { timeout: 20_000 }, async () => {
		const path = file('served.yml', CONFIG);
		const lab = await startServing(['--config', path, '--until', '20s', '--port', '0']);
		const data = async (asked: string) => {
			const answer = (await (await fetch(`${lab.url}/api/v1${asked}`)).json()) as { data: unknown };
			return answer.data;
		};
		try {
			expect(await data('/scrape_pools')).toEqual({ scrapePools: ['none', 'till'] });
			expect(await data('/targets')).toMatchObject({
				activeTargets: [
					{
						discoveredLabels: {
							__address__: 'shop-1:8000',
							__scrape_interval__: '10s',
							team: 'front'
						},
						labels: { host: 'shop-1', team: 'front' },
						scrapePool: 'till',
						health: 'up'
					}
				],
				droppedTargets: [{ discoveredLabels: { __address__: 'shop-2:8000' }, scrapePool: 'none' }],
				droppedTargetCounts: { none: 1, till: 0 }
			});
			expect(await data('/targets/metadata?metric=http_requests_total')).toMatchObject([
				{ target: { host: 'shop-1' }, type: 'counter' }
			]);
			const labels = encodeURIComponent('{"__address__":"a:1"}');
			expect(await data(`/targets/relabel_steps?scrapePool=till&labels=${labels}`)).toEqual({
				steps: [
					{
						rule: {
							source_labels: ['__address__'],
							separator: ';',
							regex: '(.+):\\d+',
							target_label: 'host',
							replacement: '$1',
							action: 'replace'
						},
						output: { __address__: 'a:1', host: 'a' },
						keep: true
					}
				]
			});
			const { yaml } = (await data('/status/config')) as { yaml: string };
			expect(parse(yaml)).toMatchObject({
				global: { scrape_interval: '10s', scrape_timeout: '10s' },
				scrape_configs: [{ job_name: 'till', metrics_path: '/metrics' }, { job_name: 'none' }]
			});
			expect(await data('/status/flags')).toMatchObject({ 'config.file': path });
		} finally {
			await lab.close();
		}
	});
});
