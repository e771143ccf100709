import { failure, type Program } from '../program.ts';

const NAME = 'shop_requests_total';
const HELP = 'Requests by method and status.';

export const basics: readonly Program[] = [
	{
		name: 'an empty register',
		run: () => undefined
	},
	{
		name: 'unlabelled metrics are exposed from the start, labelled ones from their first use',
		run: ({ Counter, Gauge, Histogram, Summary }) => {
			new Counter({ name: 'plain_total', help: 'Plain.' });
			new Gauge({ name: 'plain', help: 'Plain.' });
			new Histogram({ name: 'plain_seconds', help: 'Plain.' });
			new Summary({ name: 'plain_bytes', help: 'Plain.' });
			const labelNames = ['method'];
			const unused = new Counter({ name: 'unused_total', help: 'Unused.', labelNames });
			new Gauge({ name: 'unused', help: 'Unused.', labelNames });
			new Histogram({ name: 'unused_seconds', help: 'Unused.', labelNames });
			new Summary({ name: 'unused_bytes', help: 'Unused.', labelNames });
			unused.labels('GET');
		}
	},
	{
		name: 'values that are not finite, or very large, or very small',
		run: ({ Gauge }) => {
			const odd = new Gauge({ name: 'odd', help: 'Odd values.', labelNames: ['value'] });
			const values = [NaN, Infinity, -Infinity, 1e21, 1e-7, -0, 0.1 + 0.2, 123456789012345680000];
			for (const value of [...values, 5e-324, Number.MAX_VALUE, 2 ** 53]) {
				odd.set({ value: String(value) }, value);
			}
		}
	},
	{
		name: 'backslashes, quotes and line breaks are escaped',
		run: ({ Counter }) => {
			const help = 'A \\ and a "quote"\nand a second line.';
			const odd = new Counter({ name: 'odd_total', help, labelNames: ['path'] });
			const paths = [
				'C:\\new',
				'say "hi"',
				'a\nb',
				'\\n',
				'ünïcödé ☃ 🦊',
				'',
				' ',
				'{}',
				'a,b="c"'
			];
			for (const path of paths) odd.labels(path).inc();
		}
	},
	{
		name: 'reset and remove',
		run: ({ Counter, Gauge, Histogram, Summary }) => {
			const labelNames = ['a'];
			const counter = new Counter({ name: 'c_total', help: 'C.', labelNames });
			const gauge = new Gauge({ name: 'g', help: 'G.', labelNames });
			const histogram = new Histogram({ name: 'h', help: 'H.', labelNames, buckets: [1] });
			const summary = new Summary({ name: 's', help: 'S.', labelNames, percentiles: [0.5] });
			for (const value of ['x', 'y', 'z']) {
				counter.inc({ a: value });
				gauge.inc({ a: value });
				histogram.observe({ a: value }, 1);
				summary.observe({ a: value }, 1);
			}
			for (const metric of [counter, gauge, histogram, summary]) {
				metric.remove('y');
				metric.remove({ a: 'x' });
				metric.remove('never');
			}
			counter.inc({ a: 'y' });
			summary.labels('x').observe(5);
			const plainCounter = new Counter({ name: 'p_total', help: 'P.' });
			const plainGauge = new Gauge({ name: 'p', help: 'P.' });
			const plainHistogram = new Histogram({ name: 'ph', help: 'P.', buckets: [1] });
			const plainSummary = new Summary({ name: 'ps', help: 'P.', percentiles: [0.5] });
			plainCounter.inc();
			plainGauge.set(3);
			plainHistogram.observe(1);
			plainSummary.observe(1);
			for (const metric of [plainCounter, plainGauge, plainHistogram, plainSummary]) metric.reset();
			const removed = new Counter({ name: 'removed_total', help: 'R.' });
			removed.inc();
			removed.remove();
		}
	},
	{
		name: 'a child that is kept begins anew after remove and reset',
		run: ({ Counter, Gauge, Histogram, Summary, register }) => {
			const labelNames = ['a'];
			const counter = new Counter({ name: 'c_total', help: 'C.', labelNames });
			const gauge = new Gauge({ name: 'g', help: 'G.', labelNames });
			const histogram = new Histogram({ name: 'h', help: 'H.', labelNames, buckets: [1] });
			const summary = new Summary({ name: 's', help: 'S.', labelNames, percentiles: [0.5] });
			const [first, second] = [counter.labels('x'), gauge.labels('x')];
			const [third, fourth] = [histogram.labels('x'), summary.labels('x')];
			const write = () => {
				first.inc(2);
				second.inc(3);
				third.observe(4);
				fourth.observe(5);
			};
			write();
			for (const metric of [counter, gauge, histogram, summary]) metric.remove('x');
			counter.inc({ a: 'x' }, 10);
			counter.inc({ a: 'y' }, 10);
			write();
			register.resetMetrics();
			write();
			write();
		}
	},
	{
		name: 'default labels',
		run: ({ Counter, Histogram, Summary, register }) => {
			const labelNames = ['method', 'zone'];
			const counter = new Counter({ name: NAME, help: HELP, labelNames });
			const histogram = new Histogram({ name: 'h_seconds', help: 'H.', labelNames, buckets: [1] });
			const summary = new Summary({
				name: 's_seconds',
				help: 'S.',
				labelNames,
				percentiles: [0.5]
			});
			register.setDefaultLabels({ app: 'shop "north"', zone: 'default', shard: 3 });
			counter.inc({ method: 'GET', zone: 'own' });
			counter.inc({ method: 'PUT' });
			histogram.observe({ method: 'GET' }, 2);
			histogram.observe({ method: 'GET', zone: 'own' }, 2);
			summary.observe({ method: 'GET' }, 2);
			summary.observe({ zone: 'own' }, 2);
			new Counter({ name: 'plain_total', help: 'Plain.' }).inc();
		}
	},
	{
		name: 'timers read the clock',
		run: ({ Gauge, Histogram, Summary }, clock) => {
			const labelNames = ['route', 'status'];
			const gauge = new Gauge({ name: 'last_duration_seconds', help: 'Last.', labelNames });
			const histogram = new Histogram({ name: 'h_seconds', help: 'H.', labelNames });
			const summary = new Summary({ name: 's_seconds', help: 'S.', labelNames });
			const plain = new Histogram({ name: 'plain_seconds', help: 'Plain.', buckets: [1, 2] });
			const [first, second] = [gauge.startTimer({ route: '/' }), histogram.startTimer()];
			const [third, fourth] = [summary.labels('/', '200').startTimer(), plain.startTimer()];
			const fifth = histogram.labels({ route: '/pay' }).startTimer();
			clock.advance(1250);
			const durations = [first({ status: 200 }), second({ route: '/', status: 200 })];
			clock.advance(500);
			durations.push(third(), fourth());
			fifth({ status: 500 });
			gauge.setToCurrentTime({ route: 'now' });
			new Gauge({ name: 'now_seconds', help: 'Now.' }).setToCurrentTime();
			return [...durations, failure(histogram.startTimer({ nope: 1 } as never))];
		}
	},
	{
		name: 'names that a linter frowns upon',
		run: ({ Counter, Gauge, Histogram }) => {
			new Counter({ name: 'requests', help: 'No suffix.' }).inc();
			new Gauge({ name: 'things_total', help: 'A suffix too many.' }).set(1);
			new Histogram({ name: 'duration_milliseconds', help: 'No base unit.', buckets: [1] }).observe(
				1
			);
		},
		lint: [
			'duration_milliseconds use base unit "seconds" instead of "milliseconds"',
			'requests counter metrics should have "_total" suffix',
			'things_total non-counter metrics should not have "_total" suffix'
		]
	}
];
