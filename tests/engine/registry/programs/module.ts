import { failure, type Program } from '../program.ts';

export const module: readonly Program[] = [
	{
		name: 'what the module says of itself',
		run: (client) => {
			const { register, prometheusContentType, openMetricsContentType, validateMetricName } =
				client;
			const before = client.contentType;
			client.contentType = openMetricsContentType;
			const changed = [client.contentType, register.contentType];
			client.contentType = prometheusContentType;
			const names = ['a', 'a:b', '_', ':', 'A9', '', '9', 'a-b', 'a.b', 'ü', 'a\n', ' a', 5, null];
			return [
				before,
				changed,
				prometheusContentType,
				openMetricsContentType,
				failure(() => (client.contentType = 'text/html' as never)),
				names.map((name) => validateMetricName(name as never)),
				register instanceof client.Registry
			];
		}
	},
	{
		name: 'bucket generators',
		run: ({ linearBuckets, exponentialBuckets }) => [
			linearBuckets(-1, 0.1, 12),
			linearBuckets(0, 0, 2),
			linearBuckets(5, -1, 3),
			linearBuckets(1, 1, 1),
			exponentialBuckets(0.001, 1.1, 30),
			exponentialBuckets(1e300, 1e5, 4),
			exponentialBuckets(1, 2, 1),
			failure(() => linearBuckets(0, 1, -1)),
			failure(() => exponentialBuckets(-1, 2, 3)),
			failure(() => exponentialBuckets(1, 2, -3)),
			failure(() => exponentialBuckets(1, 0.5, 3))
		]
	},
	{
		name: 'when the process was started, of the default metrics',
		run: async ({ collectDefaultMetrics, Registry, register }) => {
			collectDefaultMetrics();
			const { name, help } = register.getSingleMetric('process_start_time_seconds') ?? {};
			register.clear();
			const own = new Registry();
			collectDefaultMetrics({
				register: own,
				prefix: 'shop_',
				labels: { zone: 'a' },
				gcDurationBuckets: [1],
				eventLoopMonitoringPrecision: 20
			});
			const metrics = await own.getMetricsAsJSON();
			const started = metrics.find(({ name }) => name === 'shop_process_start_time_seconds');
			return [
				[name, help],
				{ ...started, values: started?.values.map(({ labels }) => labels) },
				collectDefaultMetrics.metricsList.includes('processStartTime'),
				[1, 'x', true, () => 1].map((config) =>
					failure(() => collectDefaultMetrics(config as never))
				),
				failure(() => collectDefaultMetrics({ register: new Registry(), prefix: '-' })),
				failure(() => collectDefaultMetrics({ register: new Registry(), labels: { 'a-b': 1 } }))
			];
		}
	}
];
