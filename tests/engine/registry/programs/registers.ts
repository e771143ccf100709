import { failure, rejection, type Program } from '../program.ts';

export const registers: readonly Program[] = [
	{
		name: 'collect functions run before each exposition, async ones too',
		run: async ({ Counter, Gauge, register }) => {
			let queue = 3;
			new Gauge({
				name: 'queue_length',
				help: 'Waiting.',
				collect() {
					this.set(queue++);
				}
			});
			new Counter({
				name: 'slow_total',
				help: 'Slow.',
				labelNames: ['source'],
				async collect() {
					await Promise.resolve();
					this.inc({ source: 'db' }, 4);
				}
			});
			return [await register.metrics(), await register.metrics()];
		}
	},
	{
		name: 'a collect function that sets metrics registered before and after its own',
		run: async ({ Gauge, register }) => {
			let turn = 1;
			const before = new Gauge({ name: 'before', help: 'B.' });
			new Gauge({
				name: 'own',
				help: 'O.',
				collect() {
					this.set(turn);
					before.set(turn);
					after.set(turn++);
				}
			});
			const after = new Gauge({ name: 'after', help: 'A.' });
			return [await register.metrics(), await register.metrics()];
		}
	},
	{
		name: 'registries of one’s own, merged',
		run: ({ Counter, Gauge, Registry }) => {
			const [one, two] = [new Registry(), new Registry()];
			const registers = [one];
			new Counter({ name: 'a_total', help: 'A.', registers }).inc();
			new Gauge({ name: 'b', help: 'B.', registers: [one, two] }).set(2);
			new Gauge({ name: 'c', help: 'C.', registers: [two] }).set(3);
			new Gauge({ name: 'nowhere', help: 'N.', registers: [] }).set(3);
			one.setDefaultLabels({ app: 'one' });
			const merged = Registry.merge([one, two]);
			const clash = () => new Counter({ name: 'a_total', help: 'Again.', registers });
			return Promise.all([
				one.metrics(),
				two.metrics(),
				merged.metrics(),
				merged.getSingleMetricAsString('c'),
				failure(clash),
				failure(() => Registry.merge([one, new Registry(Registry.OPENMETRICS_CONTENT_TYPE)]))
			]);
		}
	},
	{
		name: 'what a register says of itself',
		run: async ({ Counter, Gauge, Registry, register, validateMetricName }) => {
			const counter = new Counter({ name: 'a_total', help: 'A.', aggregator: 'max' });
			new Gauge({ name: 'b', help: 'B.' });
			new Gauge({ name: 'c', help: 'C.' });
			register.removeSingleMetric('b');
			const clash = failure(() => new Gauge({ name: 'a_total', help: 'A.' }));
			return [
				clash,
				register.contentType,
				register.getSingleMetric('a_total') === counter,
				register.getSingleMetric('b'),
				register.getMetricsAsArray().map(({ name, help }) => [name, help]),
				failure(() => register.setContentType('text/html' as never)),
				failure(() => new Registry('text/html' as never)),
				await counter.get(),
				['a', 'a:b', '9a', 'a-b', ''].map((name) => validateMetricName(name))
			];
		}
	},
	{
		name: 'clear forgets metrics and default labels',
		run: ({ Counter, register }) => {
			register.setDefaultLabels({ app: 'shop' });
			new Counter({ name: 'a_total', help: 'A.' });
			register.clear();
			new Counter({ name: 'a_total', help: 'Anew.' });
		}
	},
	{
		name: 'configurations that cannot be',
		run: ({ Counter, Histogram, Summary }) => [
			failure(() => new Counter('name' as never)),
			failure(() => new Counter(undefined as never)),
			failure(() => new Counter({ name: 'a' } as never)),
			failure(() => new Counter({ help: 'a' } as never)),
			failure(() => new Counter({ name: '9', help: 'a' })),
			failure(() => new Counter({ name: 'a b', help: 'a' })),
			failure(() => new Counter({ name: 'a', help: 'a', labelNames: ['b-c'] })),
			failure(() => new Counter({ name: 'a', help: 'a', labelNames: ['b:c'] })),
			failure(() => new Counter({ name: 'a', help: 'a', collect: 1 as never })),
			failure(() => new Counter({ name: 'a', help: 'a', enableExemplars: true })),
			failure(() => new Histogram({ name: 'b', help: 'a', labelNames: ['le'], registers: [] })),
			failure(() => new Summary({ name: 'c', help: 'a', labelNames: ['quantile'], registers: [] }))
		]
	},
	{
		name: 'a register’s metrics are looked at, set back and taken away',
		run: async ({ Counter, Histogram, Registry }) => {
			const registry = new Registry(Registry.PROMETHEUS_CONTENT_TYPE);
			const registers = [registry];
			const collect = () => undefined;
			const counter = new Counter({ name: 'a_total', help: 'A.', registers, collect });
			const loose = new Histogram({ name: 'h', help: 'H.', registers: [], buckets: [1] });
			registry.registerMetric(loose as never);
			registry.registerMetric(loose as never);
			counter.inc(2);
			loose.observe(2);
			const before = [await registry.metrics(), await registry.getMetricsAsJSON()];
			const listed = registry.getMetricsAsArray().map((metric) => {
				const { name, help, type, aggregator, collect } = metric as typeof counter;
				return { name, help, type, aggregator, collect: typeof collect };
			});
			const alone = await registry.getSingleMetricAsString('h');
			registry.resetMetrics();
			const reset = await registry.metrics();
			registry.removeSingleMetric('h');
			registry.removeSingleMetric('never');
			const left = [await registry.metrics(), registry.getSingleMetric('h')];
			registry.clear();
			return [before, listed, alone, reset, left, await registry.metrics(), registry.contentType];
		}
	},
	{
		name: 'a register that changes to OpenMetrics, and its default labels',
		run: async ({ Counter, Gauge, Registry, openMetricsContentType, prometheusContentType }) => {
			const registry = new Registry();
			const registers = [registry];
			new Counter({ name: 'a_total', help: 'A\n"B"\\.', registers }).inc();
			new Gauge({ name: 'g', help: 'G.', registers, labelNames: ['x'] }).set({ x: 'own' }, 1);
			registry.setDefaultLabels({ x: 'default', y: 1 });
			const text = [await registry.metrics(), await registry.getMetricsAsJSON()];
			registry.setContentType(openMetricsContentType);
			return [
				text,
				registry.contentType,
				await registry.metrics(),
				Registry.PROMETHEUS_CONTENT_TYPE === prometheusContentType,
				Registry.OPENMETRICS_CONTENT_TYPE === openMetricsContentType,
				['', undefined, null, 'text/plain', {}, 3].flatMap((wrong) => [
					failure(() => registry.setContentType(wrong as never)),
					wrong === undefined ? wrong : failure(() => new Registry(wrong as never))
				])
			];
		}
	},
	{
		name: 'a collect function that fails fails the page',
		run: async ({ Gauge, Registry }) => {
			const [one, two] = [new Registry(), new Registry()];
			const broken = (registers: never[], collect: () => never) =>
				new Gauge({ name: 'broken', help: 'B.', registers, collect });
			const first = broken([one] as never[], () => {
				throw new Error('no database');
			});
			broken(
				[two] as never[],
				(async () => {
					await Promise.resolve();
					throw new RangeError('later');
				}) as never
			);
			return [
				await rejection(one.metrics()),
				await rejection(one.getMetricsAsJSON()),
				await rejection(first.get()),
				await rejection(two.metrics())
			];
		}
	},
	{
		name: 'configurations of every wrong kind',
		run: ({ Counter, Gauge, Registry }) => {
			const wrong = [null, 1, '', true, Symbol('s'), () => 1];
			const names = ['', 0, null, '1a', 'a-b', 'a b', 'größe', 'a\n', ' a', '☃', {}];
			const labels = ['', '1', 'a:b', 'a-b', 'größe', ' ', 5, {}];
			const registers = [new Registry()];
			new Gauge({ name: ':', help: 'Colons.', registers });
			new Gauge({ name: 'a:b', help: 'Colons.', registers, collect: null as never });
			return [
				...wrong.map((config) => failure(() => new Gauge(config as never))),
				...names.map((name) => failure(() => new Counter({ name: name as never, help: 'H.' }))),
				...labels.map((label) =>
					failure(() => new Gauge({ name: 'a', help: 'A.', labelNames: [label as never] }))
				),
				...['', null, 0].map((help) => failure(() => new Gauge({ name: 'a', help } as never))),
				...[1, 'x', {}, true].map((collect) =>
					failure(() => new Gauge({ name: 'a', help: 'A.', collect: collect as never }))
				)
			];
		}
	},
	{
		name: 'every kind of metric has an aggregator and a collect function, and may be told of exemplars',
		run: async ({ Counter, Gauge, Histogram, Summary, Registry, openMetricsContentType }) => {
			const register = new Registry(openMetricsContentType);
			const common = {
				help: 'H.',
				registers: [register],
				aggregator: 'first',
				enableExemplars: true
			} as const;
			new Counter({
				...common,
				name: 'c',
				collect() {
					this.inc({ value: 2 });
				}
			});
			new Gauge({
				...common,
				name: 'g',
				async collect() {
					await Promise.resolve();
					this.set(3);
				}
			});
			new Histogram({
				...common,
				name: 'h',
				buckets: [1],
				collect() {
					this.observe({ value: 4 });
				}
			});
			new Summary({
				...common,
				name: 's',
				percentiles: [0.5],
				async collect() {
					await Promise.resolve();
					this.observe(5);
				}
			});
			const text = await register.metrics();
			const objects = await register.getMetricsAsJSON();
			return [text, objects.map(({ name, type, aggregator }) => [name, type, aggregator])];
		}
	}
];
