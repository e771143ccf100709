import { failure, type Program } from '../program.ts';

export const exemplars: readonly Program[] = [
	{
		name: 'OpenMetrics with exemplars',
		run: async ({ Counter, Gauge, Histogram, Summary, Registry }, clock) => {
			const registry = new Registry(Registry.OPENMETRICS_CONTENT_TYPE);
			const registers = [registry];
			const empty = await registry.metrics();
			const counter = new Counter({
				name: 'a_total',
				help: 'A.',
				labelNames: ['x'],
				registers,
				enableExemplars: true
			});
			const histogram = new Histogram({
				name: 'h_seconds',
				help: 'H.',
				buckets: [1, 2],
				registers,
				enableExemplars: true,
				labelNames: ['x']
			});
			new Counter({ name: 'plain', help: 'Named without its suffix.', registers }).inc(2);
			new Gauge({ name: 'g', help: 'G "quoted"\\.', registers }).set(NaN);
			new Summary({ name: 's', help: 'S.', registers, percentiles: [0.5] }).observe(1);
			counter.inc({ labels: { x: '1' }, value: 2, exemplarLabels: { trace_id: 'abc"d' } });
			counter.inc({ labels: { x: '2' } });
			counter.inc({ exemplarLabels: {} });
			clock.advance(1234);
			histogram.observe({ labels: { x: '1' }, value: 1.5, exemplarLabels: { trace_id: 'e' } });
			histogram.observe({ labels: { x: '1' }, value: 9, exemplarLabels: { trace_id: 'f' } });
			histogram.observe({ labels: { x: '1' }, value: 0.5 });
			histogram.startTimer({ x: '2' }, { trace_id: 'g' })({}, { span_id: 'h' });
			const long = failure(() => counter.inc({ exemplarLabels: { id: 'x'.repeat(127) } }));
			registry.setDefaultLabels({ app: 'shop' });
			return [empty, long, await registry.metrics()];
		}
	},
	{
		name: 'exemplars as objects, and longer than they may be',
		run: async ({ Counter, Histogram, Registry, openMetricsContentType }, clock) => {
			const registry = new Registry(openMetricsContentType);
			const common = { registers: [registry], enableExemplars: true, labelNames: ['x'] };
			const counter = new Counter({ ...common, name: 'a_total', help: 'A.' });
			const histogram = new Histogram({ ...common, name: 'h', help: 'H.', buckets: [1, 2] });
			counter.inc();
			counter.inc({ value: 0, labels: { x: 'zero' }, exemplarLabels: { id: 'zero' } });
			counter.inc({ labels: { x: 'none' } });
			counter.inc({ value: 2.5, labels: { x: '1' }, exemplarLabels: { id: 7 } });
			clock.advance(500);
			histogram.observe({ value: 5, exemplarLabels: { id: 'last' } });
			histogram.observe({ value: 1, labels: { x: '1' }, exemplarLabels: { id: 'first' } });
			histogram.observe({ value: 1, labels: { x: '1' }, exemplarLabels: { id: 'second' } });
			const ends = [
				histogram.startTimer({ x: '2' }),
				histogram.startTimer({ x: '3' }, { id: 'a' })
			];
			clock.advance(1250);
			const seconds = [
				...ends.map((end) => end()),
				...ends.map((end) => end({ x: '4' })),
				...ends.map((end) => end({ x: '5' }, { id: 'b' }))
			];
			histogram.zero({ x: '2' });
			const long = { id: 'x'.repeat(127) };
			const allowed = { id: 'x'.repeat(126) };
			counter.inc({ exemplarLabels: allowed });
			return [
				seconds,
				failure(() => counter.inc({ exemplarLabels: long })),
				failure(() => counter.inc({ value: -1, exemplarLabels: { id: 'never' } })),
				failure(() => counter.inc({ labels: { y: 1 } as never, exemplarLabels: { id: 'never' } })),
				failure(() => histogram.observe({ value: 5, exemplarLabels: long })),
				failure(() => histogram.observe({ value: NaN, exemplarLabels: { id: 'never' } })),
				failure(() => histogram.observe({ labels: { y: 1 } as never, value: 1 })),
				failure(() => histogram.observe({} as never)),
				(await counter.get()).values,
				(await histogram.get()).values.filter(({ exemplar }) => exemplar),
				await registry.metrics()
			];
		}
	}
];
