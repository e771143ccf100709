import { WRONG_VALUES } from '../wrong-values.ts';
import { failure, type Program } from '../program.ts';

export const gauges: readonly Program[] = [
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
		name: 'gauges are shown as objects, taken away and set back',
		run: async ({ Gauge }, clock) => {
			const queue = new Gauge({ name: 'queue_length', help: 'Waiting.', labelNames: ['shard'] });
			queue.set(4);
			queue.inc();
			queue.inc(2);
			queue.dec();
			queue.dec(0.5);
			queue.dec({ shard: 'a' });
			queue.dec({ shard: 'a' }, 2);
			queue.labels('b').set(1);
			queue.labels('b').inc();
			queue.labels('b').dec(3);
			queue.labels('c').setToCurrentTime();
			queue.setToCurrentTime();
			const end = queue.labels('d').startTimer();
			const plainEnd = queue.startTimer();
			clock.advance(3750);
			const seconds = [end(), plainEnd(), queue.labels('e').startTimer()({ shard: 'f' })];
			const before = await queue.get();
			queue.remove('a');
			queue.remove({ shard: 'b' });
			const after = await queue.get();
			queue.reset();
			return [seconds, before, after, await queue.get()];
		}
	},
	{
		name: 'gauges refuse values of every wrong kind',
		run: ({ Gauge }) => {
			const plain = new Gauge({ name: 'temperature_celsius', help: 'Outside.' });
			const shards = new Gauge({ name: 'queue_length', help: 'Waiting.', labelNames: ['shard'] });
			return WRONG_VALUES.flatMap((value) => [
				failure(() => plain.set({}, value as never)),
				failure(() => plain.labels().set(value as never)),
				failure(() => plain.inc({}, value as never)),
				failure(() => shards.labels('a').inc(value as never)),
				failure(() => shards.set({ shard: 'a' }, value as never)),
				failure(() => shards.inc({ shard: 'a' }, value as never)),
				failure(() => shards.dec({ shard: 'a' }, value as never)),
				failure(() => shards.labels('a').dec(value as never))
			]);
		}
	},
	{
		name: 'gauges refuse labels of every wrong kind',
		run: ({ Gauge }) => {
			const plain = new Gauge({ name: 'temperature_celsius', help: 'Outside.' });
			const two = new Gauge({ name: 'queue_length', help: 'Waiting.', labelNames: ['a', 'b'] });
			return [
				failure(() => plain.set(undefined as never)),
				failure(() => plain.set(null as never)),
				failure(() => plain.set([1] as never, 1)),
				failure(() => plain.inc({ a: 1 } as never)),
				failure(() => plain.dec({ a: 1 } as never)),
				failure(() => plain.setToCurrentTime({ a: 1 } as never)),
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
