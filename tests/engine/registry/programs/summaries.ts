import { WRONG_VALUES } from '../wrong-values.ts';
import { failure, type Program } from '../program.ts';

export const summaries: readonly Program[] = [
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
		name: 'summaries are shown as objects, taken away and set back',
		run: async ({ Summary, register }, clock) => {
			const wait = new Summary({
				name: 'wait_seconds',
				help: 'Wait.',
				labelNames: ['a'],
				percentiles: [0.5, 1]
			});
			wait.observe(1.5);
			wait.observe({ a: 'x' }, 1);
			wait.labels('y').observe(9);
			wait.labels({ a: 'z' }).observe(0);
			const ends = [wait.startTimer(), wait.startTimer({ a: 'x' }), wait.labels('x').startTimer()];
			clock.advance(1500);
			const seconds = [...ends.map((end) => end()), ends[2]?.({ a: 'late' })];
			const before = await wait.get();
			wait.remove('x');
			wait.remove({ a: 'y' });
			const after = await register.getMetricsAsJSON();
			wait.reset();
			return [seconds, before, after, await wait.get()];
		}
	},
	{
		name: 'summaries compress and prune as they are told',
		run: async ({ Summary, register }, clock) => {
			const common = { help: 'S.', percentiles: [0.1, 0.9], maxAgeSeconds: 10, ageBuckets: 3 };
			const often = new Summary({ ...common, name: 'often_bytes', compressCount: 3 });
			const pruned = new Summary({ ...common, name: 'pruned_bytes', pruneAgedBuckets: true });
			const aged = new Summary({ ...common, name: 'aged_bytes', pruneAgedBuckets: false });
			const noSteps = new Summary({ name: 'no_steps_bytes', help: 'S.', maxAgeSeconds: 10 });
			const noAge = new Summary({ name: 'no_age_bytes', help: 'S.', ageBuckets: 4 });
			const pages: string[] = [];
			for (let i = 0; i < 40; i++) {
				for (const summary of [often, aged, noSteps, noAge]) summary.observe((i * 7) % 10);
				if (i < 3) pruned.observe(i);
				clock.advance(1000 * (i % 5));
				pages.push(await register.metrics());
			}
			pruned.observe(5);
			clock.advance(86_400_000);
			pages.push(await register.metrics());
			often.observe(3);
			return pages;
		}
	},
	{
		name: 'summaries refuse values and labels of every wrong kind',
		run: ({ Summary }) => {
			const plain = new Summary({ name: 'plain_seconds', help: 'Plain.' });
			const two = new Summary({ name: 's_seconds', help: 'S.', labelNames: ['a', 'b'] });
			const others = WRONG_VALUES.filter((value) => value !== undefined).flatMap((value) => [
				failure(() => plain.observe({}, value as never)),
				failure(() => plain.labels().observe(value as never)),
				failure(() => two.observe({ a: 'x' }, value as never)),
				failure(() => two.observe({ c: 'x' } as never, value as never))
			]);
			return [
				...others,
				failure(() => plain.observe(NaN)),
				failure(() => plain.observe(null as never)),
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
