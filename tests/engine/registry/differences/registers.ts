import { samples, type Difference } from '../difference.ts';
import { failure, rejection } from '../program.ts';

const help = 'H.';

/** Where registers are filled and shown. */
export const registers: readonly Difference[] = [
	{
		name: 'a metric may have the name of something that every object has',
		why: 'nothing else has been registered by that name',
		run: ({ Counter, register }) => [
			failure(() => new Counter({ name: 'constructor', help })),
			failure(() => new Counter({ name: 'valueOf', help })),
			register.getSingleMetric('toString') === undefined
		],
		here: ['nothing was thrown', 'nothing was thrown', true],
		there: [
			'Error: A metric with the name constructor has already been registered.',
			'Error: A metric with the name valueOf has already been registered.',
			false
		]
	},
	{
		name: 'writing a page of OpenMetrics renames no counter',
		why: 'what is asked for by its name must be found by it afterwards',
		run: async ({ Counter, Registry }) => {
			const register = new Registry(Registry.OPENMETRICS_CONTENT_TYPE);
			new Counter({ name: 'c_total', help, registers: [register] });
			const alone = await register.getSingleMetricAsString('c_total');
			await register.metrics();
			const [metric] = await register.getMetricsAsJSON();
			return [alone.split('\n'), metric?.name];
		},
		here: [['# HELP c H.', '# TYPE c counter', 'c_total 0'], 'c_total'],
		there: [['# HELP c_total H.', '# TYPE c_total counter', 'c_total_total 0'], 'c']
	},
	{
		name: 'an aggregated counter is written in OpenMetrics as any other',
		why: 'prom-client adds a second _total',
		run: async ({ AggregatorRegistry, Counter, register, openMetricsContentType }) => {
			new Counter({ name: 'c_total', help }).inc();
			const objects = [await register.getMetricsAsJSON()];
			return samples({
				register: AggregatorRegistry.aggregate(objects, openMetricsContentType as never) as never
			});
		},
		here: ['c_total 1'],
		there: ['c_total_total 1']
	},
	{
		name: 'what has no aggregator is summed up',
		why: 'so prom-client’s documentation says',
		run: ({ AggregatorRegistry }) => {
			const metric = { name: 'g', help, type: 'gauge', values: [{ value: 2, labels: {} }] };
			return failure(() => AggregatorRegistry.aggregate([[metric], [metric]]));
		},
		here: 'nothing was thrown',
		there: "Error: 'undefined' is not a defined aggregator."
	},
	{
		name: 'aggregate() says that it waits for objects, not for promises of them',
		why: 'a forgotten await is the usual mistake',
		run: ({ AggregatorRegistry, register }) => [
			failure(() => AggregatorRegistry.aggregate([register.getMetricsAsJSON()] as never)),
			failure(() => AggregatorRegistry.aggregate(undefined as never))
		],
		here: [
			'TypeError: aggregate takes an array of what getMetricsAsJSON() gave, each awaited: aggregate([await one.getMetricsAsJSON()])',
			'TypeError: aggregate takes an array of what getMetricsAsJSON() gave, each awaited: aggregate([await one.getMetricsAsJSON()])'
		],
		there: [
			'TypeError: metrics.forEach is not a function',
			"TypeError: Cannot read properties of undefined (reading 'forEach')"
		]
	},
	{
		name: 'a single metric that is not there is named',
		why: 'prom-client’s error tells of its insides',
		run: ({ register }) => rejection((async () => register.getSingleMetricAsString('nope'))()),
		here: 'TypeError: There is no metric with the name nope',
		there: "TypeError: Cannot read properties of undefined (reading 'getForPromString')"
	},
	{
		name: 'default labels need names that labels can have, and are taken as they are at the time',
		why: 'prom-client writes a page that cannot be read, or fails while it writes it',
		run: async ({ Counter, register }) => {
			new Counter({ name: 'c_total', help });
			const failures = [failure(() => register.setDefaultLabels({ 'a-b': 1 }))];
			register.clear();
			new Counter({ name: 'c_total', help });
			const labels: Record<string, string> = { a: 'then' };
			register.setDefaultLabels(labels);
			labels['a'] = 'later';
			return [failures, await samples({ register })];
		},
		here: [
			["Error: Invalid label name: 'a-b' is not made of a-z, A-Z, 0-9 (not first) and _"],
			['c_total{a="then"} 0']
		],
		there: [['nothing was thrown'], ['c_total{a="later"} 0']]
	},
	{
		name: 'registers are an array of registries, and so is what is merged',
		why: 'prom-client’s errors tell of its insides',
		run: ({ Gauge, Registry, register }) => [
			...[register, [undefined], [{}]].map((registers) =>
				failure(() => new Gauge({ name: 'g', help, registers: registers as never }))
			),
			failure(() => register.registerMetric(undefined as never)),
			failure(() => Registry.merge(register as never)),
			failure(() => Registry.merge([]))
		],
		here: [
			'TypeError: registers must be an array of registries: { registers: [registry] }',
			'TypeError: registers must be an array of registries: { registers: [registry] }',
			'TypeError: registers must be an array of registries: { registers: [registry] }',
			'TypeError: registerMetric takes a metric, such as a Counter: undefined',
			'TypeError: merge takes an array of registries: Registry.merge([one, two])',
			'nothing was thrown'
		],
		there: [
			'TypeError: this.registers is not iterable',
			"TypeError: Cannot read properties of undefined (reading 'registerMetric')",
			'TypeError: register.registerMetric is not a function',
			"TypeError: Cannot read properties of undefined (reading 'name')",
			"TypeError: Cannot read properties of undefined (reading 'contentType')",
			"TypeError: Cannot read properties of undefined (reading 'contentType')"
		]
	},
	{
		name: 'asking for objects changes nothing of what is shown later',
		why: 'prom-client writes the default labels of the time into the series',
		run: async ({ AggregatorRegistry, Gauge, register }) => {
			new Gauge({ name: 'g', help });
			const aggregated = AggregatorRegistry.aggregate([await register.getMetricsAsJSON()]);
			const pages: string[][] = [];
			for (const registry of [register, aggregated]) {
				registry.setDefaultLabels({ app: 'then' });
				await registry.getMetricsAsJSON();
				registry.setDefaultLabels({});
				pages.push(await samples({ register: registry as never }));
			}
			return pages;
		},
		here: [['g 0'], ['g 0']],
		there: [['g{app="then"} 0'], ['g{app="then"} 0']]
	}
];
