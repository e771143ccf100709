import type { createPromClient } from '#engine/registry';

/** What a program may use: the part that our registry and npm prom-client have in common, each with its own types. */
export type Client = Pick<
	ReturnType<typeof createPromClient>,
	| 'Counter'
	| 'Gauge'
	| 'Histogram'
	| 'Summary'
	| 'Registry'
	| 'register'
	| 'linearBuckets'
	| 'exponentialBuckets'
	| 'openMetricsContentType'
	| 'validateMetricName'
>;

/** The virtual clock of a program's run, which both clients are made to read. */
export interface Stopwatch {
	advance(milliseconds: number): void;
}

export interface Program {
	readonly name: string;
	/** Instruments and uses something. What it returns is compared too; of what it throws, the text. */
	readonly run: (client: Client, clock: Stopwatch) => unknown;
	/** What promtool's linter finds in its page, for programs that test odd things. */
	readonly lint?: readonly string[];
}

/** The message of what a function throws; the function is expected to throw. */
function failure(run: () => unknown): string {
	try {
		run();
	} catch (error) {
		return `${(error as Error).name}: ${(error as Error).message}`;
	}
	return 'nothing was thrown';
}

const NAME = 'shop_requests_total';
const HELP = 'Requests by method and status.';

export const programs: readonly Program[] = [
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
		name: 'counters count by label values in the order of their first use',
		run: ({ Counter }) => {
			const requests = new Counter({ name: NAME, help: HELP, labelNames: ['method', 'status'] });
			const kept = requests.labels('POST', '201');
			requests.labels('GET', '200').inc();
			requests.inc({ method: 'GET', status: 404 });
			requests.inc({ status: 200, method: 'PUT' }, 2.5);
			requests.labels({ method: 'GET', status: 200 }).inc(3);
			kept.inc(0);
			requests.labels('GET', '200').inc(0.1);
			requests.inc({ method: 'HEAD' });
			requests.inc();
		}
	},
	{
		name: 'counters refuse what is not an increase',
		run: ({ Counter }) => {
			const requests = new Counter({ name: NAME, help: HELP, labelNames: ['method', 'status'] });
			const failures = [
				failure(() => requests.inc(-1)),
				failure(() => requests.labels('GET', '200').inc(-0.5)),
				failure(() => requests.inc(Infinity)),
				failure(() => requests.inc('1' as never)),
				failure(() => requests.inc({ path: '/' } as never)),
				failure(() => requests.inc({ method: 'GET', path: '/' } as never, -1)),
				failure(() => requests.inc({ method: 'GET' }, [1] as never)),
				failure(() => requests.labels('GET')),
				failure(() => requests.labels('GET', '200', '/')),
				failure(() => requests.labels({ path: '/' } as never).inc()),
				failure(() => requests.remove('GET')),
				failure(() => requests.remove({ path: '/' } as never))
			];
			requests.inc(null);
			requests.inc({ method: 'GET' }, null);
			return failures;
		}
	},
	{
		name: 'gauges go up and down',
		run: ({ Gauge }) => {
			const queue = new Gauge({ name: 'queue_length', help: 'Waiting.', labelNames: ['shard'] });
			queue.set({ shard: 'a' }, 12.5);
			queue.inc({ shard: 'a' });
			queue.dec({ shard: 'a' }, 3);
			queue.labels('b').inc(2);
			queue.labels('b').dec();
			queue.labels({ shard: 'c' }).set(-7);
			queue.inc(5);
			queue.dec();
			const plain = new Gauge({ name: 'temperature_celsius', help: 'Outside.' });
			plain.set(21.25);
			plain.dec(30);
			return [
				failure(() => plain.set('1' as never)),
				failure(() => plain.inc(null as never)),
				failure(() => plain.set({ shard: 'a' } as never, 1)),
				failure(() => queue.labels({ rack: 1 } as never)),
				failure(() => queue.set({ shard: 'a' }, undefined as never))
			];
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
		name: 'histograms with the default buckets',
		run: ({ Histogram }) => {
			const latency = new Histogram({
				name: 'http_request_duration_seconds',
				help: 'Latency.',
				labelNames: ['route', 'method']
			});
			for (const value of [0.001, 0.005, 0.0050001, 0.3, 7, 100]) {
				latency.observe({ route: '/', method: 'GET' }, value);
				latency.labels('/pay', 'POST').observe(value * 2);
			}
			latency.labels({ method: 'GET', route: '/pay' }).observe(0);
			latency.zero({ route: '/cart', method: 'GET' });
			latency.zero({ route: '/pay', method: 'POST' });
			return [
				failure(() => latency.observe(NaN)),
				failure(() => latency.observe({ route: '/' }, NaN)),
				failure(() => latency.observe({ route: '/' }, Infinity)),
				failure(() => latency.observe({ route: '/', code: 1 } as never, 1)),
				failure(() => latency.observe(undefined as never)),
				failure(() => latency.observe('3' as never)),
				failure(() => latency.labels('/').observe(1))
			];
		}
	},
	{
		name: 'histograms with buckets of their own',
		run: ({ Histogram, linearBuckets, exponentialBuckets }) => {
			const sizes = new Histogram({
				name: 'order_items',
				help: 'Items.',
				buckets: linearBuckets(0, 2.5, 5)
			});
			const payload = new Histogram({
				name: 'payload_bytes',
				help: 'Bytes.',
				buckets: exponentialBuckets(100, 1.7, 6)
			});
			const tiny = new Histogram({ name: 'tiny_seconds', help: 'None.', buckets: [] });
			for (const value of [0, 2.5, 7, 11, -3]) sizes.observe(value);
			for (const value of [99, 170, 1e9]) payload.observe(value);
			tiny.observe(1);
			return [
				linearBuckets(1, 1, 3),
				exponentialBuckets(1, 2, 3),
				failure(() => linearBuckets(0, 1, 0)),
				failure(() => exponentialBuckets(0, 2, 3)),
				failure(() => exponentialBuckets(1, 2, 0)),
				failure(() => exponentialBuckets(1, 1, 3))
			];
		}
	},
	{
		name: 'summaries of a short stream',
		run: ({ Summary }) => {
			const wait = new Summary({ name: 'wait_seconds', help: 'Wait.', labelNames: ['queue'] });
			const plain = new Summary({
				name: 'size_bytes',
				help: 'Size.',
				percentiles: [0, 0.25, 0.5, 0.75, 1]
			});
			for (let i = 0; i < 100; i++) {
				wait.observe({ queue: 'a' }, ((i * 37) % 101) / 7);
				wait.labels('b').observe(i % 10);
				plain.observe(Math.sqrt(i));
			}
			wait.labels({ queue: 'c' }).observe(3);
			return [
				failure(() => wait.observe(undefined as never)),
				failure(() => wait.observe({ queue: 'a' } as never)),
				failure(() => wait.observe({ rack: 'a' } as never, 1)),
				failure(() => wait.observe({ queue: 'a' }, 'x' as never)),
				failure(() => wait.labels('a').observe(Infinity))
			];
		}
	},
	{
		name: 'summaries with a window forget old observations',
		run: ({ Summary }, clock) => {
			const wait = new Summary({
				name: 'wait_seconds',
				help: 'Wait.',
				maxAgeSeconds: 60,
				ageBuckets: 3,
				percentiles: [0.5, 0.9]
			});
			const pruned = new Summary({
				name: 'pruned_seconds',
				help: 'Pruned.',
				labelNames: ['queue'],
				maxAgeSeconds: 60,
				ageBuckets: 2,
				pruneAgedBuckets: true
			});
			pruned.observe({ queue: 'old' }, 1);
			for (let second = 0; second < 150; second++) {
				wait.observe(second);
				clock.advance(1000);
			}
			pruned.observe({ queue: 'new' }, 2);
			clock.advance(1500);
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
