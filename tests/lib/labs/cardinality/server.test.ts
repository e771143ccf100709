import { describe, expect, it } from 'vitest';
import {
	crashLoop,
	killedAt,
	memoryVerdict,
	serverMemory,
	walSamples
} from '$lib/labs/cardinality/server.ts';

const LIMIT = 512 * 2 ** 20;

describe('a server, by formula', () => {
	it('takes a band of memory, never one number', () => {
		expect(serverMemory(100_000)).toEqual({ low: 2e8, high: 8e8 });
	});

	it('may be killed at the upper end of the band, and surely is at the lower', () => {
		const { maybe, surely } = killedAt(LIMIT);
		expect([maybe, surely].map(Math.floor)).toEqual([67_108, 268_435]);
		expect(memoryVerdict(maybe - 1, LIMIT)).toBe('fits');
		expect(memoryVerdict(maybe, LIMIT)).toBe('may be killed');
		expect(memoryVerdict(surely, LIMIT)).toBe('is killed');
	});

	it('has two hours of samples in its log, however long this tab has run', () => {
		expect(walSamples(100, 15)).toBe(48_000);
		expect(walSamples(100, 60)).toBe(12_000);
	});

	it('is killed three times, waits twice as long each time, and replays the same samples', () => {
		const steps = crashLoop({ series: 70_000, samples: 900_000, samplesPerSecond: 300_000 });
		expect(steps.map(({ kind, from, to }) => [kind, from, to])).toEqual([
			['killed', 0, 10],
			['replay', 10, 13],
			['killed', 13, 33],
			['replay', 33, 36],
			['killed', 36, 76],
			['replay', 76, 79]
		]);
		expect(steps[1]?.text).toBe('replays 900,000 samples, and has 70,000 series in its head again');
	});
});
