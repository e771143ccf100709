import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServing, type Serving } from '../../src/cli/serve.ts';
import { end, NO_PEER, samplesFile, startPeer, temporaryFolder } from './serve-support.ts';

/**
 * What did not change between the Prometheus that distributions have and the one that is followed here: the same data behind
 * both, the same bytes and the same status from both.
 */
describe.skipIf(NO_PEER !== '')(`a real Prometheus${NO_PEER}`, () => {
	const folder = temporaryFolder();
	let lab: Serving;
	let peer: { url: string; child: ChildProcess };
	beforeAll(async () => {
		peer = await startPeer(folder.path);
		lab = await startServing(['--openmetrics', samplesFile(folder.path), '--port', '0']);
	}, 30_000);
	afterAll(async () => {
		await lab?.close();
		if (peer) await end(peer.child);
		folder.remove();
	});

	const answer = async (url: string, method: string) => {
		const response = await fetch(url, { method, headers: { Origin: 'http://a.example' } });
		const { status, headers } = response;
		const kept = ['content-type', 'allow', 'access-control-allow-origin'];
		return [status, kept.map((name) => headers.get(name)), await response.text()];
	};
	const check = async (path: string, method = 'GET') =>
		expect(await answer(lab.url + path, method)).toEqual(await answer(peer.url + path, method));

	const at = 'time=1767603645';
	const range = 'start=1767603600&end=1767603645&step=15s';
	const all = 'start=1767603600&end=1767603645';
	it.each([
		`/query?query=x_total&${at}`,
		`/query?query=g[1m]&${at}`,
		`/query?query=rate(x_total[1m])&${at}`,
		`/query?query=sum(x_total)&time=2026-01-05T09:00:30.5Z`,
		`/query?query="a%3Cb"&${at}`,
		`/query?query=1e30&${at}`,
		`/query?query=nosuch&${at}`,
		`/query?query=sum(&${at}`,
		'/query?query=1&time=1&timeout=x',
		`/query?query=sum(&${at}&timeout=0`,
		`/query?query=x_total*on()x_total&${at}`,
		`/query_range?query=x_total&${range}`,
		`/query_range?query=g&${range}`,
		`/query_range?query=1&${range}&timeout=1m`,
		'/query_range?query=1&start=0&end=1&step=0',
		'/query_range?query=1&start=2&end=1&step=1',
		'/query_range?query=1&start=0&end=11001&step=1',
		'/query_range?query=1&start=x&end=1&step=1',
		`/labels?${all}`,
		`/labels?${all}&match[]=g`,
		`/labels?${all}&match[]=g&match[]={a="1"}`,
		'/labels?match[]={}',
		`/label/zone/values?${all}`,
		`/label/a/values?${all}&match[]=x_total`,
		'/label/nosuch/values',
		`/series?${all}&match[]={__name__!=""}`,
		`/series?${all}&match[]=g&match[]=x_total`,
		'/series',
		'/series?match[]={}',
		'/metadata?metric=nosuch',
		'/metadata?limit=x',
		'/metadata?limit_per_metric=0&limit=0',
		'/query_exemplars?query=x_total',
		'/query_exemplars?query=1',
		'/query_exemplars?query=sum(',
		'/query_exemplars?query=x&start=2&end=1',
		'/format_query?query=sum(x_total)by(a)%2Brate(g[5m]offset 1h)',
		'/format_query?query=a<bool b',
		'/format_query?query=sum(',
		'/rules',
		'/rules?type=alert',
		'/rules?type=x',
		'/alerts',
		'/alertmanagers',
		'/scrape_pools',
		'/targets/metadata?limit=x',
		'/targets/metadata?match_target={',
		'/status/walreplay'
	])('answers %s as we do', (path) => check(`/api/v1${path}`));

	it.each([
		`/query?query=x_total&${at}`,
		`/query?query=rate(x_total[1m])&${at}`,
		`/query?query=sum(g)%2Bx_total&${at}`,
		`/query_range?query=sum(rate(x_total[1m]))&${range}`,
		`/query_range?query=g @ end()&${range}`
	])('counts the samples of %s as we do', async (path) => {
		const counted = async (url: string) => {
			const response = await fetch(`${url}/api/v1${path}&stats=all`);
			const { data } = (await response.json()) as {
				data: { stats: { samples: Record<string, unknown>; timings: object } };
			};
			const { totalQueryableSamples, peakSamples } = data.stats.samples;
			return {
				totalQueryableSamples,
				peakSamples,
				timings: Object.keys(data.stats.timings).sort()
			};
		};
		expect(await counted(lab.url)).toEqual(await counted(peer.url));
	});

	it.each([
		['/api/v1/query', 'PUT'],
		['/api/v1/query', 'HEAD'],
		['/api/v1/targets', 'POST'],
		['/api/v1/query', 'OPTIONS'],
		['/api/v1/nosuch', 'GET'],
		['/api/v1/rules', 'POST'],
		['/api/v1/format_query?query=a', 'POST'],
		['/federate', 'POST'],
		['/federate?match[]=[', 'GET'],
		['/metrics', 'POST'],
		['/nosuch', 'GET'],
		['/-/healthy', 'GET'],
		['/-/ready', 'GET'],
		['/-/ready', 'DELETE']
	])('answers %s by %s as we do', check);
});
