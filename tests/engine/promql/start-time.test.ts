import { describe, expect, it } from 'vitest';
import { ALL_FEATURES, query, queryRange, type Features } from '#engine/promql';
import {
	beginsInside,
	isStartTimeReset,
	startTimesOverlap
} from '../../../src/engine/promql/start-time.ts';
import { createMemoryStore, metric } from './memory-querier.ts';

describe('isStartTimeReset', () => {
	const check = (previous: [start: number, time: number], now: [start: number, time: number]) =>
		isStartTimeReset(previous[0], previous[1], now[0], now[1]);
	it.each([
		['began after the sample before', [10, 60], [70, 120], true],
		['began long before', [10, 60], [10, 120], false],
		['start not known', [10, 60], [0, 120], false],
		['start at the sample itself', [10, 60], [120, 120], false],
		['start after the sample', [10, 60], [130, 120], false],
		['a difference: began at the sample before', [0.5, 60], [60, 120], true],
		['a total of unknown age: the sample before has no start', [0, 60], [60, 120], false],
		['a total of unknown age: the one before began at itself', [60, 60], [60, 120], false],
		['the start before is after its own sample', [70, 60], [60, 120], false]
	] as const)('%s', (_, previous, now, expected) => {
		expect(check([...previous], [...now])).toBe(expected);
	});
});

describe('startTimesOverlap', () => {
	it.each([
		['began before the sample before, and elsewhere than that one', [5, 60, 20], true],
		['both began together', [20, 60, 20], false],
		['differences', [5, 60, 60], false],
		['start not known', [5, 60, 0], false]
	] as const)('%s', (_, [previousStart, previousTime, start], expected) => {
		expect(startTimesOverlap(previousStart, previousTime, start)).toBe(expected);
	});
});

describe('beginsInside', () => {
	it('holds strictly between the start of the window and the first sample', () => {
		expect([0, 60, 61, 99, 100].map((start) => beginsInside(start, 60, 100))).toEqual([
			false,
			false,
			true,
			true,
			false
		]);
	});
});

/** A counter sampled each minute from 1m on: 1, 2, 3, 4, 5. */
function counter(startTimes: readonly number[], values: readonly number[] = [1, 2, 3, 4, 5]) {
	const store = createMemoryStore();
	const times = values.map((_, i) => (i + 1) * 60_000);
	store.addPoints(metric('x_total'), times, values, startTimes);
	return store;
}

const ON: Features = { startTimestamps: true, experimentalFunctions: true };
const OFF: Features = { experimentalFunctions: true };

function valueOf(store: ReturnType<typeof counter>, text: string, features: Features) {
	const outcome = query(store, text, 300_000, { features });
	if (!outcome.ok || outcome.result.type !== 'vector') throw new Error(JSON.stringify(outcome));
	return outcome.result.samples.map(({ value }) => value);
}

describe('start times', () => {
	const early = [30_000, 30_000, 30_000, 30_000, 30_000];
	const renewed = [30_000, 30_000, 150_000, 150_000, 150_000];

	it('stand for a zero inside the window, from which nothing is extrapolated', () => {
		expect(valueOf(counter(early), 'increase(x_total[5m])', ON)).toEqual([5]);
		expect(valueOf(counter(early), 'increase(x_total[5m])', OFF)).toEqual([5]);
		expect(valueOf(counter(early), 'rate(x_total[5m])', ON)).toEqual([5 / 300]);
	});
	it('tell of resets that values hide', () => {
		expect(valueOf(counter(renewed), 'resets(x_total[5m])', ON)).toEqual([1]);
		expect(valueOf(counter(renewed), 'resets(x_total[5m])', OFF)).toEqual([0]);
		expect(valueOf(counter(renewed), 'increase(x_total[5m])', ON)).toEqual([7]);
	});
	it('make a rate of a single sample', () => {
		const born = counter([240_001], [3]);
		expect(valueOf(counter([30_000], [3]), 'increase(x_total[5m])', ON)).toEqual([3]);
		expect(valueOf(born, 'increase(x_total[5m])', ON)).toEqual([]);
		expect(valueOf(counter([30_000], [3]), 'increase(x_total[5m])', OFF)).toEqual([]);
	});
	it('let irate take the last value alone', () => {
		const fresh = counter([30_000, 30_000, 30_000, 30_000, 290_000]);
		expect(valueOf(fresh, 'irate(x_total[5m])', ON)).toEqual([5 / 60]);
		expect(valueOf(fresh, 'irate(x_total[5m])', OFF)).toEqual([1 / 60]);
	});
	it('mean nothing to delta, to anchored ranges and to subqueries', () => {
		for (const text of ['delta(x_total[5m])', 'increase(x_total[5m:1m])']) {
			expect(valueOf(counter(renewed), text, ON)).toEqual(valueOf(counter(renewed), text, OFF));
		}
		const anchored = 'increase(x_total[5m] anchored)';
		expect(valueOf(counter(renewed), anchored, ALL_FEATURES)).toEqual([4]);
	});
	it('are what start_timestamp() gives of a selector, 0 where they are not known', () => {
		expect(valueOf(counter(renewed), 'start_timestamp(x_total)', ON)).toEqual([150]);
		expect(valueOf(counter([0, 0, 0, 0, 0]), 'start_timestamp(x_total)', ON)).toEqual([0]);
		expect(valueOf(counter(renewed), 'start_timestamp(x_total)', OFF)).toEqual([]);
		expect(valueOf(counter(renewed), 'start_timestamp(x_total * 1)', ON)).toEqual([]);
	});
	it('that contradict samples are warned of once, with how many windows they are in', () => {
		const odd = counter([30_000, 40_000, 50_000, 60_000, 70_000]);
		const range = { start: 240_000, end: 300_000, step: 60_000 };
		const outcome = queryRange(odd, 'rate(x_total[5m])', range, { features: ON });
		expect(outcome).toMatchObject({
			annotations: [
				{
					level: 'warning',
					text: 'PromQL warning: sample has start time that overlaps with previous sample timestamp for metric "x_total" (2 occurrences) (1:6)'
				}
			]
		});
	});
});
