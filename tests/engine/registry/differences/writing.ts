import { samples, type Difference } from '../difference.ts';
import { failure } from '../program.ts';

const help = 'H.';

/** Where metrics are written to. */
export const writing: readonly Difference[] = [
	{
		name: 'labels are printed in the order of their first use, also after a gauge was set',
		why: 'a line that changes its beginning is another line to every reader that compares',
		run: ({ Gauge, register }) => {
			const gauge = new Gauge({ name: 'g', help, labelNames: ['a', 'b'] });
			gauge.set({ a: 1, b: 2 }, 1);
			gauge.set({ b: 2, a: 1 }, 2);
			return samples({ register });
		},
		here: ['g{a="1",b="2"} 2'],
		there: ['g{b="2",a="1"} 2']
	},
	{
		name: 'label values with colons and commas are never taken for one another',
		why: 'two series must not be counted as one',
		run: ({ Counter, register }) => {
			const counter = new Counter({ name: 'c_total', help, labelNames: ['a', 'b'] });
			counter.inc({ a: '1,b:2' });
			counter.inc({ a: '1', b: '2,' });
			counter.inc({ a: '1,b:2,' });
			return samples({ register });
		},
		here: ['c_total{a="1,b:2"} 1', 'c_total{a="1",b="2,"} 1', 'c_total{a="1,b:2,"} 1'],
		there: ['c_total{a="1,b:2"} 1', 'c_total{a="1",b="2,"} 2']
	},
	{
		name: 'labels() of a counter refuses an unknown label at once',
		why: 'the message stands where the mistake is, as with the other metrics',
		run: ({ Counter }) => {
			const counter = new Counter({ name: 'c_total', help });
			return failure(() => counter.labels({ nope: 1 }));
		},
		here: 'Error: Added label "nope" is not included in initial labelset: []. Leave it out, or declare it in the labelNames of c_total',
		there: 'nothing was thrown'
	},
	{
		name: 'children of metrics with exemplars write to their own series',
		why: 'prom-client takes the child’s labels for the exemplar’s options',
		run: ({ Counter, Histogram, Registry }) => {
			const register = new Registry(Registry.OPENMETRICS_CONTENT_TYPE);
			const common = { help, registers: [register], enableExemplars: true, labelNames: ['x'] };
			new Counter({ ...common, name: 'c' }).labels('a').inc(2);
			const end = new Histogram({ ...common, name: 'h', buckets: [] }).labels('a').startTimer();
			const ended = failure(() => end());
			return samples({ register }).then((lines) => [lines, ended]);
		},
		here: [
			['c_total{x="a"} 2', 'h_bucket{le="+Inf",x="a"} 1', 'h_sum{x="a"} 0', 'h_count{x="a"} 1'],
			'nothing was thrown'
		],
		there: [['c_total 1'], 'TypeError: Value is not a valid number: undefined']
	},
	{
		name: 'metrics with exemplars refuse what is not an object of labels, value and exemplarLabels',
		why: 'prom-client counts 1 without labels, whatever was asked for',
		run: ({ Counter, Histogram, Registry }) => {
			const register = new Registry(Registry.OPENMETRICS_CONTENT_TYPE);
			const common = { help, registers: [register], enableExemplars: true, labelNames: ['x'] };
			const counter = new Counter({ ...common, name: 'c' });
			const histogram = new Histogram({ ...common, name: 'h', buckets: [] });
			const failures = [
				failure(() => counter.inc(5)),
				failure(() => counter.inc({ x: 'a' }, 5)),
				failure(() => histogram.observe(5))
			];
			return samples({ register }).then((lines) => [failures, lines]);
		},
		here: [
			[
				'TypeError: c has enableExemplars: its inc takes one object, inc({ labels, value, exemplarLabels })',
				'TypeError: c has enableExemplars: its inc takes one object, inc({ labels, value, exemplarLabels })',
				'TypeError: h has enableExemplars: its observe takes one object, observe({ labels, value, exemplarLabels })'
			],
			[]
		],
		there: [
			[
				'nothing was thrown',
				'nothing was thrown',
				'TypeError: Value is not a valid number: undefined'
			],
			['c_total 2']
		]
	},
	{
		name: 'a first exemplar that is too long leaves none',
		why: 'prom-client leaves half an exemplar, and a page that cannot be read',
		run: async ({ Counter, Registry }) => {
			const register = new Registry(Registry.OPENMETRICS_CONTENT_TYPE);
			const counter = new Counter({
				name: 'c',
				help,
				registers: [register],
				enableExemplars: true
			});
			const long = failure(() => counter.inc({ exemplarLabels: { id: 'x'.repeat(127) } }));
			return [long, await samples({ register })];
		},
		here: [
			'RangeError: Label set size must be smaller than 128 UTF-8 chars. This exemplar has 129: a trace id is enough',
			['c_total 1']
		],
		there: [
			'RangeError: Label set size must be smaller than 128 UTF-8 chars',
			['c_total 1 # {} +Inf undefined']
		]
	},
	{
		name: 'a counter refuses an empty text and false',
		why: 'they are no numbers; prom-client writes a sample without a value',
		run: async ({ Counter, register }) => {
			const counter = new Counter({ name: 'c_total', help, labelNames: ['a'] });
			const failures = ['', false].map((value) =>
				failure(() => counter.inc({ a: typeof value }, value as never))
			);
			return [failures, await samples({ register })];
		},
		here: [
			[
				'TypeError: Value is not a valid number: . Make it a number before c_total gets it: Number(text)',
				'TypeError: Value is not a valid number: false. c_total takes a number, after the labels if there are any'
			],
			[]
		],
		there: [
			['nothing was thrown', 'nothing was thrown'],
			['c_total{a="string"} +Inf', 'c_total{a="boolean"} +Inf']
		]
	},
	{
		name: 'label values that are objects are escaped as texts are',
		why: 'a quote in an array ends the value, and the page cannot be read',
		run: ({ Counter, register }) => {
			const counter = new Counter({ name: 'c_total', help, labelNames: ['a'] });
			counter.inc({ a: ['x"y'] as never });
			return samples({ register });
		},
		here: ['c_total{a="x\\"y"} 1'],
		there: ['c_total{a="x"y"} 1']
	},
	{
		name: 'a summary says of a text that it is no number',
		why: 'prom-client takes its letters for labels',
		run: ({ Summary }) => {
			const summary = new Summary({ name: 's', help, registers: [] });
			return failure(() => summary.observe('3' as never));
		},
		here: 'TypeError: Value is not a valid number: 3. Make it a number before s gets it: Number(text)',
		there: 'Error: Added label "0" is not included in initial labelset: []'
	},
	{
		name: 'labels that are null are no labels for a gauge, as for a counter',
		why: 'prom-client takes them for the value',
		run: ({ Gauge }) => {
			const gauge = new Gauge({ name: 'g', help, registers: [] });
			return [
				failure(() => gauge.labels(null as never).set(1)),
				failure(() => gauge.setToCurrentTime(null as never))
			];
		},
		here: ['nothing was thrown', 'nothing was thrown'],
		there: [
			'TypeError: Value is not a valid number: null',
			'TypeError: Value is not a valid number: null'
		]
	},
	{
		name: 'the methods of a series are called on it',
		why: 'prom-client makes them anew for each call of labels(), bound; here that would double the price of inc()',
		run: ({ Counter, Gauge, Histogram }) => {
			const registers: never[] = [];
			const { inc } = new Counter({ name: 'c', help, registers }).labels();
			const { set } = new Gauge({ name: 'g', help, registers }).labels();
			const { observe } = new Histogram({ name: 'h', help, registers }).labels();
			return [inc, set, observe].map((method) => failure(() => method.call(undefined as never, 1)));
		},
		here: [
			'TypeError: inc was taken off its series. Call it there: metric.labels(…).inc(…), or pass () => child.inc(…)',
			'TypeError: set was taken off its series. Call it there: metric.labels(…).set(…), or pass () => child.set(…)',
			'TypeError: observe was taken off its series. Call it there: metric.labels(…).observe(…), or pass () => child.observe(…)'
		],
		there: ['nothing was thrown', 'nothing was thrown', 'nothing was thrown']
	}
];
