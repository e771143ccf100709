import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_FEATURES, query } from '#engine/promql';
import { DELTA, INCREASE, RATE } from '../../../src/engine/promql/rate-kind.ts';
import { windowRate } from '../../../src/engine/promql/window-rate.ts';
import { parseHistogramLiteral } from '../../promql/histogram-literal.ts';
import { createMemoryStore, metric, type Point } from './memory-querier.ts';

const KINDS = { rate: RATE, increase: INCREASE, delta: DELTA };
const LOOKBACK = 60_000;

/** A series of one kind of sample, where its samples began to count, and a window somewhere on it. */
const CASES = fc.record({
	values: fc.array(fc.nat(20), { minLength: 1, maxLength: 12 }),
	isHistogram: fc.boolean(),
	isGauge: fc.boolean(),
	startOffsets: fc.option(fc.array(fc.integer({ min: -40_000, max: 5 }), { minLength: 12 })),
	func: fc.constantFrom('rate', 'increase', 'delta'),
	extension: fc.constantFrom(undefined, 'anchored', 'smoothed'),
	range: fc.integer({ min: 5_000, max: 200_000 }),
	end: fc.integer({ min: 0, max: 250_000 })
});

describe('windowRate', () => {
	it('gives the very number that a query gives, of floats and histograms, however the window is met', () => {
		fc.assert(
			fc.property(CASES, ({ values, isHistogram, isGauge, startOffsets, func, ...window }) => {
				const times = values.map((_, i) => (i + 1) * 15_000);
				const hint = isGauge ? 'counter_reset_hint:gauge' : '';
				const points = values.map((value): Point => {
					const text = `{{count:${value} sum:${value} buckets:[${value}] ${hint}}}`;
					return isHistogram ? parseHistogramLiteral(text).histogram : value;
				});
				const starts = startOffsets
					? times.map((time, i) => time + (startOffsets[i] as number))
					: undefined;
				const store = createMemoryStore();
				store.addPoints(metric('x_total'), times, points, starts);
				const { range, end, extension } = window;
				const text = `${func}(x_total[${range}ms]${extension ? ` ${extension}` : ''})`;
				const outcome = query(store, text, end, { features: ALL_FEATURES, lookback: LOOKBACK });
				if (!outcome.ok || outcome.result.type !== 'vector') throw new Error('no vector');
				const [sample] = outcome.result.samples;

				const [columns] = store.select([], 0, Infinity);
				if (!columns) throw new Error('no series');
				const kind = KINDS[func];
				const from = end - range - (extension ? LOOKBACK : 0);
				const until = end + (extension === 'smoothed' ? LOOKBACK : 0);
				const explained = windowRate(
					{
						...columns,
						startTimes: kind.isCounter ? columns.startTimes : undefined,
						start: times.filter((time) => time <= from).length,
						end: times.filter((time) => time <= until).length,
						windowStart: end - range,
						windowEnd: end,
						extension
					},
					kind
				);
				expect(explained?.histogram).toEqual(sample?.histogram);
				expect(explained?.result).toBe(sample?.histogram?.count ?? sample?.value);
			}),
			{ numRuns: 500 }
		);
	});

	const window = {
		times: Float64Array.of(15_000, 30_000, 45_000),
		values: Float64Array.of(10, 40, 5),
		start: 0,
		end: 3,
		windowStart: 0,
		windowEnd: 45_000
	};
	it('tells when a counter began inside the window', () => {
		const startTimes = Float64Array.of(9_000, 9_000, 31_000);
		expect(windowRate({ ...window, startTimes }, INCREASE)).toMatchObject({
			began: 9_000,
			startLimit: 'counter began',
			sampled: 36,
			toStart: 0,
			resets: [2],
			increase: 45
		});
	});
	it('tells the gap that would be too long, and how far a counter that was zero would have been extrapolated', () => {
		const early = { ...window, values: Float64Array.of(10, 70, 130), windowEnd: 50_000 };
		expect(windowRate(early, INCREASE)).toMatchObject({
			averageDistance: 15,
			threshold: 16.5,
			startLimit: 'counter was zero',
			toStart: 2.5,
			reachToStart: 15,
			toEnd: 5
		});
		expect(windowRate({ ...early, windowStart: -1_500 }, DELTA)).toMatchObject({
			gapToStart: 16.5,
			startLimit: 'series begins',
			toStart: 7.5,
			reachToStart: 7.5
		});
	});
	it('tells the values at the bounds of a smoothed window', () => {
		const smoothed = { ...window, windowStart: 20_000, windowEnd: 40_000 };
		expect(windowRate({ ...smoothed, extension: 'smoothed' }, DELTA)).toMatchObject({
			method: 'smoothed',
			firstRow: 0,
			lastRow: 2,
			bounds: { left: 20, right: 40 + (-35 * 10) / 15 }
		});
	});
	it('has nothing to tell of floats among histograms', () => {
		const { histogram } = parseHistogramLiteral('{{count:1 sum:1 buckets:[1]}}');
		expect(windowRate({ ...window, histograms: [undefined, histogram] }, RATE)).toBeUndefined();
	});
});
