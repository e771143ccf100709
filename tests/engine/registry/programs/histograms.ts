import { WRONG_VALUES } from '../wrong-values.ts';
import { failure, type Program } from '../program.ts';

export const histograms: readonly Program[] = [
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
		name: 'histograms are shown as objects, taken away and set back',
		run: async ({ Histogram, register }, clock) => {
			const buckets = [1, 2];
			const latency = new Histogram({ name: 'h_seconds', help: 'H.', labelNames: ['a'], buckets });
			latency.observe(1.5);
			latency.observe({ a: 'x' }, 1);
			latency.labels('y').observe(9);
			latency.labels({ a: 'z' }).observe(0);
			const ends = [latency.startTimer(), latency.startTimer({ a: 'x' })];
			const childEnd = latency.labels('x').startTimer();
			clock.advance(1500);
			const seconds = ends.map((end) => end());
			childEnd();
			childEnd({ a: 'late' });
			const before = await latency.get();
			latency.remove('x');
			latency.remove({ a: 'y' });
			latency.zero({ a: 'z' });
			latency.zero({});
			const after = await register.getMetricsAsJSON();
			latency.reset();
			return [seconds, before, after, await latency.get(), buckets];
		}
	},
	{
		name: 'histograms refuse values of every wrong kind',
		run: ({ Histogram }) => {
			const plain = new Histogram({ name: 'plain_seconds', help: 'Plain.', buckets: [1] });
			const latency = new Histogram({ name: 'h_seconds', help: 'H.', labelNames: ['a'] });
			return [...WRONG_VALUES, undefined, null].flatMap((value) => [
				failure(() => plain.observe(value as never)),
				failure(() => plain.observe({}, value as never)),
				failure(() => plain.labels().observe(value as never)),
				failure(() => latency.observe({ a: 'x' }, value as never)),
				failure(() => latency.observe({ b: 'x' } as never, value as never)),
				failure(() => latency.labels('x').observe(value as never))
			]);
		}
	},
	{
		name: 'histograms refuse labels of every wrong kind',
		run: ({ Histogram }) => {
			const plain = new Histogram({ name: 'plain_seconds', help: 'Plain.', buckets: [1] });
			const two = new Histogram({ name: 'h_seconds', help: 'H.', labelNames: ['a', 'b'] });
			plain.observe(5 as never, 6);
			plain.observe(0 as never, 6);
			return [
				failure(() => plain.observe({ le: '1' } as never, 1)),
				failure(() => plain.observe([1] as never, 1)),
				failure(() => plain.startTimer({ a: 1 } as never)()),
				failure(() => plain.startTimer()({ a: 1 } as never)),
				failure(() => two.labels('a')),
				failure(() => two.labels({ c: 1 } as never)),
				failure(() => two.remove('a')),
				failure(() => two.remove({ c: 1 } as never))
			];
		}
	}
];
