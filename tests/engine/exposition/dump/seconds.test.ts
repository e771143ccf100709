import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatSeconds } from '../../../../src/engine/exposition/dump/seconds.ts';

test.each([
	[0, '0.000'],
	[1, '0.001'],
	[-1500, '-1.500'],
	[1565133713989, '1565133713.989'],
	[1001, '1.0010000000000001']
])('%d ms are %s', (time, text) => expect(formatSeconds(time)).toBe(text));

test('Prometheus, which cuts off what is less than a millisecond, reads the same time', () =>
	fc.assert(
		fc.property(fc.integer({ min: -1e13, max: 1e13 }), (time) => {
			expect(Math.trunc(Number(formatSeconds(time)) * 1000) + 0).toBe(time);
		}),
		{ numRuns: 20_000 }
	));
