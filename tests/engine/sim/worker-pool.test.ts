import { createRandom, VirtualClock, WorkerPool, type WorkerPoolOptions } from '#engine/sim';
import fc from 'fast-check';
import { expect, test } from 'vitest';

interface Arrival {
	readonly at: number;
	readonly work: number;
}

/** Runs arrivals through a pool; for each the moment it was started, or undefined when it was turned away. */
function startsOf(
	options: WorkerPoolOptions,
	arrivals: readonly Arrival[]
): (number | undefined)[] {
	const clock = new VirtualClock();
	const pool = new WorkerPool(clock, options);
	const starts = arrivals.map((): number | undefined => undefined);
	arrivals.forEach(({ at, work }, i) =>
		clock.schedule(at, () => {
			pool.submit((start, done) => {
				starts[i] = start;
				clock.schedule(start + work, done);
			});
		})
	);
	clock.advance(1e9);
	expect([pool.busy, pool.queued]).toEqual([0, 0]);
	return starts;
}

function check(options: WorkerPoolOptions, arrivals: string, expected: readonly unknown[]): void {
	const parsed = arrivals.split(' ').map((text) => {
		const [at, work] = text.split('+').map(Number);
		return { at: at!, work: work! };
	});
	expect(startsOf(options, parsed)).toEqual(expected);
}

test('a request waits until a worker is free, first come first served', () => {
	check({ workers: 1 }, '0+10 1+10 2+10', [0, 10, 20]);
	check({ workers: 2 }, '0+10 1+10 2+10 3+1', [0, 1, 10, 11]);
	check({ workers: 3 }, '0+10 1+10 2+10', [0, 1, 2]);
});

test('a full queue turns requests away', () => {
	check({ workers: 1, queueLimit: 1 }, '0+10 1+10 2+10 11+10', [0, 10, undefined, 20]);
	check({ workers: 1, queueLimit: 0 }, '0+10 1+10 11+10', [0, undefined, 11]);
});

test('the pool is the textbook queue: each request takes the worker that is free first', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 4 }),
			fc.array(fc.tuple(fc.nat(50), fc.nat(30)), { maxLength: 60 }),
			(workers, pairs) => {
				const arrivals = pairs.map(([at, work]) => ({ at, work })).sort((a, b) => a.at - b.at);
				const freeAt = new Array<number>(workers).fill(0);
				const expected = arrivals.map(({ at, work }) => {
					const soonest = freeAt.indexOf(Math.min(...freeAt));
					const start = Math.max(at, freeAt[soonest]!);
					freeAt[soonest] = start + work;
					return start;
				});
				expect(startsOf({ workers }, arrivals)).toEqual(expected);
			}
		)
	);
});

test('jobs that are done at once do not pile up on the stack', () => {
	const pool = new WorkerPool(new VirtualClock(), { workers: 1 });
	let release = () => {};
	let done = 0;
	pool.submit((_, free) => (release = free));
	for (let i = 0; i < 100_000; i++) {
		pool.submit((_, free) => {
			done++;
			free();
		});
	}
	release();
	expect([done, pool.busy, pool.queued]).toEqual([100_000, 0, 0]);
});

test('a job is done once', () => {
	const pool = new WorkerPool(new VirtualClock(), { workers: 1 });
	let release = () => {};
	pool.submit((_, free) => (release = free));
	release();
	expect(release).toThrow('a job was done twice');
	expect(() => new WorkerPool(new VirtualClock(), { workers: 0 })).toThrow(
		'at least one worker: 0'
	);
});

test('waiting grows as a server nears saturation, as M/M/1 says', () => {
	// Mean wait of M/M/1 at load 0.8 and mean service 10 ms: 0.8 / (1 - 0.8) * 10 = 40 ms.
	const random = createRandom(3);
	const exponential = (mean: number) => -mean * Math.log(1 - random());
	let at = 0;
	const arrivals = Array.from({ length: 100_000 }, () => ({
		at: (at += exponential(12.5)),
		work: exponential(10)
	}));
	const starts = startsOf({ workers: 1 }, arrivals) as number[];
	const wait = starts.reduce((sum, start, i) => sum + start - arrivals[i]!.at, 0) / starts.length;
	expect(Math.abs(wait - 40)).toBeLessThan(4);
});
