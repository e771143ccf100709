import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { query, queryRange } from '#engine/promql';
import { reach, secondsSinceZero } from '../../../src/engine/promql/extrapolation.ts';
import { windowRate, type WindowRate } from '../../../src/engine/promql/window-rate.ts';
import { createMemoryStore, metric } from './memory-querier.ts';

const COUNTER = { isCounter: true, perSecond: true };

/** Explains the rate of samples every 15 s from 15 s on, in the window (0, end]. */
function explain(values: readonly number[], end: number, kind = COUNTER): WindowRate | undefined {
	return windowRate(
		{
			times: Float64Array.from(values, (_, i) => (i + 1) * 15_000),
			values: Float64Array.from(values),
			start: 0,
			end: values.length,
			windowStart: 0,
			windowEnd: end
		},
		kind
	);
}

describe('reach', () => {
	it('is the whole gap while that is under 1.1 times the average distance', () => {
		expect(reach(10.9, 10)).toBe(10.9);
	});
	it('is half a distance from there on', () => {
		expect(reach(11, 10)).toBe(5);
	});
});

describe('secondsSinceZero', () => {
	const check = (first: number, increase: number, expected: number) =>
		expect(secondsSinceZero(first, increase, 60)).toBe(expected);
	it('follows the slope of the window back to zero', () => check(5, 20, 15));
	it('is nothing for a counter that begins at zero', () => check(0, 20, 0));
	it('is infinite for a counter that does not rise', () => check(5, 0, Infinity));
	it('is infinite for a negative value', () => check(-5, 20, Infinity));
});

describe('windowRate', () => {
	it('says nothing of fewer than two samples', () => {
		expect(explain([1], 60_000)).toBeUndefined();
	});
	it('extrapolates over both gaps of a regular series', () => {
		const rate = explain([100, 130, 160, 190], 70_000);
		expect(rate).toMatchObject({ increase: 90, sampled: 45, toStart: 15, toEnd: 10 });
		expect(rate).toMatchObject({ startLimit: 'none', endLimit: 'none' });
		expect(rate?.result).toBeCloseTo(2, 12);
	});
	it('stops where the counter would have been zero', () => {
		expect(explain([10, 40, 70], 50_000)).toMatchObject({
			startLimit: 'counter was zero',
			toStart: 5
		});
	});
	it('takes a series to end half a distance after its last sample', () => {
		expect(explain([100, 130, 160], 120_000)).toMatchObject({
			endLimit: 'series ends',
			gapToEnd: 75,
			toEnd: 7.5
		});
	});
	it('adds what was reached before each reset', () => {
		expect(explain([100, 130, 10, 20, 5], 75_000)).toMatchObject({
			resets: [2, 4],
			increase: 5 - 100 + 130 + 20
		});
	});
	it('lets a gauge fall', () => {
		const delta = explain([100, 130, 10], 45_000, { isCounter: false, perSecond: false });
		expect(delta).toMatchObject({ resets: [], increase: -90 });
	});
	it('gives the very number that a query gives', () => {
		const functions = [
			['rate', true, true],
			['increase', true, false],
			['delta', false, false]
		] as const;
		fc.assert(
			fc.property(
				fc.array(fc.oneof(fc.nat(50), fc.double({ noNaN: true, min: -10, max: 1e6 })), {
					minLength: 2,
					maxLength: 12
				}),
				fc.integer({ min: 0, max: 60_000 }),
				fc.constantFrom(...functions),
				(values, after, [name, isCounter, perSecond]) => {
					const end = values.length * 15_000 + after;
					const times = values.map((_, i) => (i + 1) * 15_000);
					const store = createMemoryStore();
					store.addPoints(metric('x_total'), times, values);
					const outcome = query(store, `${name}(x_total[${end}ms])`, end);
					const explained = explain(values, end, { isCounter, perSecond });
					expect(outcome).toMatchObject({
						ok: true,
						result: { samples: [{ labels: [], value: explained?.result }] }
					});
				}
			)
		);
	});
});

describe('increase()', () => {
	it.each([1, 40])(
		'does not reach back beyond zero however little a counter has risen (%d steps)',
		(steps) => {
			const store = createMemoryStore();
			store.addPoints(metric('m'), [16_000, 36_000], [0, 5e-324]);
			const step = 1;
			const range = { start: 39_000, end: 39_000 + (steps - 1) * step, step };
			const outcome = queryRange(store, 'increase(m[30s])', range);
			expect(outcome).toMatchObject({ ok: true, result: { series: [{ labels: [] }] } });
			const values = outcome.ok ? [...(outcome.result.series[0]?.values ?? [])] : [];
			expect(values).toEqual(new Array(steps).fill(5e-324));
		}
	);
});
