import { failure, type Client, type Program } from '../program.ts';

/** A worker's registry: metrics of every kind and aggregator. */
function worker({ Counter, Gauge, Histogram, Summary, Registry }: Client, k: number) {
	const registry = new Registry();
	const common = { help: 'H.', registers: [registry], labelNames: ['x'] };
	const aggregators = ['sum', 'first', 'min', 'max', 'average', 'omit'] as const;
	for (const aggregator of aggregators) {
		const gauge = new Gauge({ ...common, name: `g_${aggregator}`, aggregator });
		gauge.set({ x: 'both' }, k);
		gauge.set({ x: `only ${k}` }, -k);
		gauge.set(k / 3);
	}
	new Counter({ ...common, name: 'a' }).inc({ x: '"a"\n' }, k);
	new Histogram({ ...common, name: 'h', buckets: [1, 2] }).observe({ x: 'both' }, k);
	new Summary({ ...common, name: 's', percentiles: [0.5] }).observe({ x: 'both' }, k);
	new Gauge({ ...common, name: `own_${k}` }).set(k);
	return registry;
}

export const aggregation: readonly Program[] = [
	{
		name: 'several registries are aggregated',
		run: async (client) => {
			const { AggregatorRegistry, openMetricsContentType } = client;
			const workers = [1, 2, 3].map((k) => worker(client, k));
			const objects = await Promise.all(workers.map((registry) => registry.getMetricsAsJSON()));
			const registry = AggregatorRegistry.aggregate(objects);
			const before = [await registry.metrics(), await registry.getMetricsAsJSON()];
			registry.setDefaultLabels({ app: 'shop', x: 'hidden' });
			const copies = JSON.parse(JSON.stringify(objects)) as typeof objects;
			const open = AggregatorRegistry.aggregate(copies, openMetricsContentType as never);
			return [
				before,
				await registry.metrics(),
				await registry.getSingleMetricAsString('h'),
				registry.getMetricsAsArray().map(({ name, help, type }) => [name, help, type]),
				[open.contentType, await open.metrics()],
				await AggregatorRegistry.aggregate([]).metrics(),
				await AggregatorRegistry.aggregate([[], []]).metrics()
			];
		}
	},
	{
		name: 'labels in another order, and numbers for texts, are the same series',
		run: async ({ AggregatorRegistry }) => {
			const metric = (labels: object, value: unknown) => [
				{
					name: 'a',
					help: 'A.',
					type: 'gauge',
					aggregator: 'sum',
					values: [{ value, labels }]
				}
			];
			const registry = AggregatorRegistry.aggregate([
				metric({ x: 1, y: 'b' }, 1),
				metric({ y: 'b', x: '1' }, 2),
				metric({ x: 1 }, Infinity)
			]);
			return registry.metrics();
		}
	},
	{
		name: 'the table of aggregators',
		run: async (client) => {
			const { aggregators } = client;
			const [one, two] = [worker(client, 1), worker(client, 5)];
			const metrics = [await one.getMetricsAsJSON(), await two.getMetricsAsJSON()].flat();
			const same = metrics.filter(({ name }) => name === 'h');
			return Object.entries(aggregators).map(([name, aggregate]) => [
				name,
				aggregate(same),
				aggregate([])
			]);
		}
	},
	{
		name: 'a registry of a cluster without workers',
		run: async ({ AggregatorRegistry, Counter, Registry, openMetricsContentType, register }) => {
			const registry = new AggregatorRegistry();
			const open = new AggregatorRegistry(openMetricsContentType);
			new Counter({ name: 'a_total', help: 'A.', registers: [registry] }).inc();
			AggregatorRegistry.setRegistries([registry, new Registry()]);
			AggregatorRegistry.setRegistries(register);
			return [
				registry instanceof Registry,
				registry.contentType,
				open.contentType,
				await registry.metrics(),
				await registry.clusterMetrics(),
				await AggregatorRegistry.merge([registry, new Registry()]).metrics(),
				failure(() => new AggregatorRegistry('text/html' as never)),
				failure(() => AggregatorRegistry.setRegistries('x' as never)),
				failure(() => AggregatorRegistry.setRegistries(undefined as never)),
				failure(() => AggregatorRegistry.setRegistries([registry, {}] as never)),
				failure(() =>
					AggregatorRegistry.aggregate([
						[{ name: 'a', help: 'A.', type: 'gauge', aggregator: 'median', values: [] }]
					])
				),
				failure(() => AggregatorRegistry.aggregate([], 'text/html' as never))
			];
		}
	}
];
