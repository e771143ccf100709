import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServing, type Serving } from '../../src/cli/serve.ts';
import { end, NO_PEER, startPeer, temporaryFolder } from './serve-support.ts';

/** Nothing is scraped within the hour, so that both know of their targets what they found out about them and nothing else. */
const CONFIG = `
global: { scrape_interval: 1h, scrape_timeout: 30s }
scrape_configs:
  - job_name: web
    metrics_path: /m
    params: { a: [b, c] }
    static_configs:
      - targets: ['127.0.0.1:1']
        labels: { team: red, __meta_x: y }
    relabel_configs:
      - { source_labels: [__meta_x, job], target_label: both }
  - job_name: dropped
    scheme: https
    static_configs:
      - targets: ['127.0.0.1:2']
        labels: { __scrape_timeout__: 7s }
    relabel_configs:
      - { source_labels: [__address__], regex: '.*:2', action: drop }
`;

/**
 * What came with Prometheus 3: labels that targets are discovered with, and how many were dropped. And the URL from elsewhere, which has
 * the name of the machine where a target is on it, as no target of a world is.
 */
const DIFFERENT = [
	/"(__convert_classic_histograms_to_nhcb__|__always_scrape_classic_histograms__|__scrape_native_histograms__)":"false",/g,
	/,"droppedTargetCounts":(null|\{.*?\})/,
	/"globalUrl":".*?",/g
];

describe.skipIf(NO_PEER !== '')(`targets of a real Prometheus${NO_PEER}`, () => {
	const folder = temporaryFolder();
	let lab: Serving;
	let peer: { url: string; child: ChildProcess };
	const told = async (url: string, path: string) => {
		const response = await fetch(`${url}/api/v1${path}`);
		const text = await response.text();
		return [response.status, DIFFERENT.reduce((rest, one) => rest.replace(one, ''), text)];
	};
	beforeAll(async () => {
		const path = join(folder.path, 'lab.yml');
		writeFileSync(path, CONFIG);
		peer = await startPeer(folder.path, CONFIG);
		lab = await startServing(['--config', path, '--until', '1s', '--port', '0']);
		// It looks for targets every five seconds.
		while (!String((await told(peer.url, '/targets'))[1]).includes('"scrapeUrl"')) {
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}, 30_000);
	afterAll(async () => {
		await lab?.close();
		if (peer) await end(peer.child);
		folder.remove();
	});

	it.each([
		'/scrape_pools',
		'/targets?state=active',
		'/targets?state=active&scrapePool=web',
		'/targets?state=active&scrapePool=dropped',
		'/targets/metadata?limit=0&metric=x',
		'/targets/metadata?match_target={job="web"}'
	])('are told at %s as we tell them', async (path) => {
		expect(await told(lab.url, path)).toEqual(await told(peer.url, path));
	});

	it('that were dropped are told as we tell them, who know more', async () => {
		const dropped = async (url: string) => {
			const { data } = JSON.parse(String((await told(url, '/targets'))[1])) as {
				data: { droppedTargets: { discoveredLabels: object; scrapePool?: string }[] };
			};
			return data.droppedTargets.map(({ discoveredLabels }) => discoveredLabels);
		};
		expect(await dropped(lab.url)).toEqual(await dropped(peer.url));
		expect((await told(lab.url, '/targets'))[1]).toContain('"scrapePool":"dropped"}]');
	});
});
