import { samples, type Difference } from '../difference.ts';
import { failure, rejection } from '../program.ts';

const help = 'H.';

/** Where metrics are declared. */
export const declaring: readonly Difference[] = [
	{
		name: 'a metric that could not be made is not registered',
		why: 'after the mistake is mended its name must be free',
		run: ({ Histogram, register }) => [
			failure(() => new Histogram({ name: 'h', help, labelNames: ['le'] })),
			register.getSingleMetric('h') === undefined
		],
		here: ['Error: le is a reserved label keyword: it has the upper bounds of buckets', true],
		there: ['Error: le is a reserved label keyword', false]
	},
	{
		name: 'buckets have to be numbers in ascending order, each once',
		why: 'prom-client exposes what no quantile can be computed from, or the same series twice',
		run: ({ Histogram }) =>
			[[1, 0.5], [1, 1], ['1'], [NaN], 'x'].map((buckets) =>
				failure(() => new Histogram({ name: 'h', help, registers: [], buckets: buckets as never }))
			),
		here: [
			'Error: Buckets not in sorted order: h has 0.5 after 1. Sort them, each once',
			'Error: Buckets not in sorted order: h has 1 after 1. Sort them, each once',
			"TypeError: The buckets of h must be an array of numbers, such as [0.1, 0.5, 1]: [ '1' ]",
			'TypeError: The buckets of h must be an array of numbers, such as [0.1, 0.5, 1]: [ NaN ]',
			"TypeError: The buckets of h must be an array of numbers, such as [0.1, 0.5, 1]: 'x'"
		],
		there: [
			'nothing was thrown',
			'nothing was thrown',
			'nothing was thrown',
			'nothing was thrown',
			'TypeError: this.upperBounds.reduce is not a function'
		]
	},
	{
		name: 'Infinity as the last bucket is the +Inf bucket that is always there',
		why: 'prom-client writes le="Infinity" beside le="+Inf"',
		run: ({ Histogram, register }) => {
			new Histogram({ name: 'h', help, buckets: [1, Infinity] }).observe(3);
			return samples({ register });
		},
		here: ['h_bucket{le="1"} 0', 'h_bucket{le="+Inf"} 1', 'h_sum 3', 'h_count 1'],
		there: [
			'h_bucket{le="1"} 0',
			'h_bucket{le="Infinity"} 1',
			'h_bucket{le="+Inf"} 1',
			'h_sum 3',
			'h_count 1'
		]
	},
	{
		name: 'percentiles have to be numbers between 0 and 1, each once',
		why: 'prom-client takes 95 for the maximum, and exposes the same series twice',
		run: ({ Summary }) =>
			[[95], [-1], ['0.5'], [NaN], [0.5, 0.5], 0.5].map((percentiles) =>
				failure(
					() => new Summary({ name: 's', help, registers: [], percentiles: percentiles as never })
				)
			),
		here: [
			'RangeError: The percentiles of s must be numbers between 0 and 1, such as 0.95: 95',
			'RangeError: The percentiles of s must be numbers between 0 and 1, such as 0.95: -1',
			"RangeError: The percentiles of s must be numbers between 0 and 1, such as 0.95: '0.5'",
			'RangeError: The percentiles of s must be numbers between 0 and 1, such as 0.95: NaN',
			'RangeError: The percentiles of s have 0.5 twice: leave one out',
			'TypeError: The percentiles of s must be an array: { percentiles: [0.5, 0.9] }'
		],
		there: [
			'nothing was thrown',
			'nothing was thrown',
			'nothing was thrown',
			'nothing was thrown',
			'nothing was thrown',
			'nothing was thrown'
		]
	},
	{
		name: 'a window has a length and a number of steps',
		why: 'prom-client fails at the first observation or at the scrape, or turns a negative window for ever',
		run: ({ Summary }) =>
			[0, 2.5, -1].map((ageBuckets) =>
				failure(() => new Summary({ name: 's', help, registers: [], maxAgeSeconds: 5, ageBuckets }))
			),
		here: [
			'RangeError: ageBuckets must be a whole number from 1 to 1000, such as 5: 0',
			'RangeError: ageBuckets must be a whole number from 1 to 1000, such as 5: 2.5',
			'RangeError: ageBuckets must be a whole number from 1 to 1000, such as 5: -1'
		],
		there: [
			'nothing was thrown',
			'RangeError: Invalid array length',
			'RangeError: Invalid array length'
		]
	},
	{
		name: 'an option that is undefined counts as left out',
		why: 'that is what undefined says in an options object',
		run: async ({ Counter, Histogram, Summary }) => {
			const common = { help, registers: [] };
			return [
				failure(() => new Counter({ ...common, name: 'c', labelNames: undefined as never })),
				failure(() => new Histogram({ ...common, name: 'h', buckets: undefined as never })),
				await rejection(
					new Summary({ ...common, name: 's', percentiles: undefined as never }).get()
				)
			];
		},
		here: ['nothing was thrown', 'nothing was thrown', 'nothing was thrown'],
		there: [
			"TypeError: Cannot read properties of undefined (reading 'length')",
			"TypeError: Cannot read properties of undefined (reading 'reduce')",
			"TypeError: Cannot read properties of undefined (reading 'map')"
		]
	},
	{
		name: 'labelNames are an array of different names, kept as they are at the time',
		why: 'prom-client’s errors tell of its insides, and a name that is there twice loses a value',
		run: ({ Gauge }) => {
			const names = ['a'];
			const gauge = new Gauge({ name: 'g', help, registers: [], labelNames: names });
			names.push('b');
			return [
				...['ab', new Set(['a']), ['a', 'a']].map((labelNames) =>
					failure(
						() => new Gauge({ name: 'g', help, registers: [], labelNames: labelNames as never })
					)
				),
				failure(() => gauge.set({ b: 1 }, 1))
			];
		},
		here: [
			"TypeError: The labelNames of g must be an array: { labelNames: ['method'] }",
			"TypeError: The labelNames of g must be an array: { labelNames: ['method'] }",
			"Error: Invalid label name: 'a' is there twice",
			`Error: Added label "b" is not included in initial labelset: [ 'a' ]. Leave it out, or declare it in the labelNames of g`
		],
		there: [
			'TypeError: names.every is not a function',
			'TypeError: names.every is not a function',
			'nothing was thrown',
			'nothing was thrown'
		]
	},
	{
		name: 'bucket generators refuse what is not a number, and more buckets than any page could hold',
		why: 'prom-client joins texts, or tells of the length of an array',
		run: ({ linearBuckets, exponentialBuckets }) => [
			failure(() => linearBuckets(0, 1, NaN)),
			failure(() => linearBuckets(0, 1, 2.5)),
			failure(() => linearBuckets('0' as never, 1, 2)),
			failure(() => exponentialBuckets(1, 2, Infinity)),
			failure(() => exponentialBuckets(1, NaN, 3))
		],
		here: [
			'RangeError: Linear buckets needs a whole number as its count: NaN',
			'RangeError: Linear buckets needs a whole number as its count: 2.5',
			"TypeError: Linear buckets needs a number as its start: '0'",
			'RangeError: Exponential buckets needs a whole number as its count: Infinity',
			'TypeError: Exponential buckets needs a number as its factor: NaN'
		],
		there: [
			'RangeError: Invalid array length',
			'RangeError: Invalid array length',
			'nothing was thrown',
			'RangeError: Invalid array length',
			'nothing was thrown'
		]
	},
	{
		name: 'name and help have to be texts',
		why: 'prom-client fails when the page is written, far from the mistake',
		run: ({ Counter }) => [
			failure(() => new Counter({ name: ['a'] as never, help, registers: [] })),
			failure(() => new Counter({ name: 'a', help: 5 as never, registers: [] }))
		],
		here: [
			"Error: Invalid metric name: [ 'a' ] is not made of a-z, A-Z, 0-9 (not first), _ and :",
			'TypeError: The help of a must be a text'
		],
		there: ['nothing was thrown', 'nothing was thrown']
	}
];
