import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { query, queryRange } from '#engine/promql';
import { createMemoryStore, metric } from './memory-querier.ts';

const INTERVAL = 15_000;
const ROWS = 60;
const OVERFLOWING = [1e308, -1e308, Infinity, -Infinity];

/** Values as counters and gauges have them, and such as make sums hard: zeros of both signs, numbers far apart, overflow. */
const values = fc.oneof(
	fc.array(fc.nat(50), { minLength: ROWS, maxLength: ROWS }),
	fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: ROWS, maxLength: ROWS }),
	fc.array(fc.constantFrom(0, -0, 0.1, -0.3, 1e-9, 3e17, 1), { minLength: ROWS, maxLength: ROWS }),
	fc.array(fc.oneof(fc.constantFrom(NaN, ...OVERFLOWING), fc.nat(9)), {
		minLength: ROWS,
		maxLength: ROWS
	})
);

const QUERIES = [
	'x_total',
	'rate(x_total[2m])',
	'increase(x_total[50s])',
	'delta(x_total[5m])',
	'sum_over_time(x_total[3m])',
	'avg_over_time(x_total[100s])',
	'max_over_time(x_total[3m])',
	'min_over_time(x_total[1m])',
	'quantile_over_time(0.7, x_total[2m])',
	'count_over_time(x_total[20s])',
	'avg_over_time(x_total[2m:45s])',
	'max_over_time(rate(x_total[1m])[3m:1m])',
	'sum(x_total)',
	'sum_over_time(x_total[2m] offset -1m)'
];

describe('over rows that are evenly apart', () => {
	it('a range query is at each step, to the last bit, what an instant query is', () => {
		const cases = fc.record({
			series: fc.array(values, { minLength: 1, maxLength: 3 }),
			text: fc.constantFrom(...QUERIES),
			shift: fc.integer({ min: 0, max: 20_000 }),
			step: fc.constantFrom(INTERVAL, 2 * INTERVAL, 5_000, 20_000)
		});
		fc.assert(
			fc.property(cases, ({ series, text, shift, step }) => {
				const store = evenStore(series, shift);
				const range = { start: -60_000, end: 39 * step, step };
				const whole = queryRange(store, text, range);
				if (!whole.ok) throw new Error(whole.message);
				for (let i = 0; i < whole.result.grid.count; i++) {
					const there = whole.result.series.filter(({ present }) => present[i] === 1);
					expect(there.map((one) => one.values[i])).toEqual(
						instantValues(store, text, range.start + i * step)
					);
				}
			}),
			{ numRuns: 150 }
		);
	});
});

function evenStore(series: readonly (readonly number[])[], shift: number) {
	const store = createMemoryStore();
	series.forEach((column, i) => {
		// Two targets, scraped at different moments.
		const offset = (i % 2) * shift;
		store.addColumns({
			labels: metric('x_total', { i: String(i) }),
			times: Float64Array.from({ length: ROWS }, (_, row) => row * INTERVAL + offset),
			values: Float64Array.from(column),
			start: 0,
			end: ROWS
		});
	});
	return store;
}

function instantValues(store: ReturnType<typeof createMemoryStore>, text: string, time: number) {
	const outcome = query(store, text, time);
	if (!outcome.ok || outcome.result.type !== 'vector') throw new Error(text);
	return outcome.result.samples.map(({ value }) => value);
}
