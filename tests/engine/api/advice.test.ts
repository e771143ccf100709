import { describe, expect, it } from 'vitest';
import { adviseOn, type ApiResponse, type PrometheusApi } from '#engine/api';
import { labels } from '#engine/model';

const answer = <Data>(data: Data): Promise<ApiResponse<Data>> =>
	Promise.resolve({ status: 'success', data, warnings: [], infos: [] });

const refuse = <Data>(): Promise<ApiResponse<Data>> =>
	Promise.resolve({ status: 'error', errorType: 'unavailable', error: 'not now' });

const SILENT: PrometheusApi = {
	query: refuse,
	queryRange: refuse,
	labels: refuse,
	labelValues: refuse,
	series: refuse,
	metadata: () => Promise.reject(new Error('gone')),
	targets: refuse,
	targetMetadata: refuse,
	relabelSteps: refuse,
	scrapePools: refuse
};

const SHOP: PrometheusApi = {
	...SILENT,
	metadata: () => answer({ queue_length: [{ type: 'gauge', help: '', unit: '' }] }),
	targets: () =>
		answer({
			dropped: [],
			active: [
				{
					discoveredLabels: labels({ __address__: 'a:80' }),
					labels: labels({ job: 'shop' }),
					scrapePool: 'shop',
					scrapeUrl: 'http://shop-1:8000/metrics',
					health: 'up',
					lastError: '',
					lastScrapeDuration: 0.01,
					scrapeInterval: '30s',
					scrapeTimeout: '10s'
				}
			]
		}),
	series: ({ match = [] }) =>
		match.includes('{__name__="queue_length"}')
			? answer([
					labels({ __name__: 'queue_length', job: 'shop' }),
					labels({ __name__: 'queue_length', job: 'billing' })
				])
			: answer([])
};

const rules = async (query: string, api: PrometheusApi) =>
	(await adviseOn(query, api, false)).map(({ rule }) => rule);

describe('advice on a query', () => {
	it('knows the types of metrics', async () => {
		expect(await rules('rate(queue_length[5m])', SHOP)).toEqual(['rate-of-gauge']);
	});

	it('knows how often targets are scraped', async () => {
		expect(await rules('rate(x_total[1m])', SHOP)).toEqual(['short-window']);
		expect(await rules('rate(x_total[2m])', SHOP)).toEqual([]);
	});

	it('knows the labels of the metrics that are asked for', async () => {
		expect(await rules('sum(queue_length)', SHOP)).toEqual(['several-jobs']);
	});

	it('knows which metrics there are', async () => {
		const named = { ...SHOP, labelValues: () => answer(['queue_length', 'up']) };
		expect(await rules('queue_lenght', named)).toEqual(['unknown-metric']);
		expect(await rules('queue_length{jbo="x"}', named)).toEqual(['unknown-label']);
	});

	it('judges by the text alone when nobody answers', async () => {
		expect(await rules('rate(queue_length[1s])', SILENT)).toEqual([]);
		expect(await rules('avg(up == 1)', SILENT)).toEqual(['average-of-filtered']);
	});
});
