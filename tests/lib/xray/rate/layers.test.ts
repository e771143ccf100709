import fc from 'fast-check';
import { expect, test } from 'vitest';
import { query } from '#engine/promql';
import { explainWindow, queryText, type Compared } from '../../../../src/lib/xray/rate/ask.ts';
import {
	isExtrapolated,
	liftedSamples,
	productOf,
	termsOf
} from '../../../../src/lib/xray/rate/layers.ts';
import type { RawSeries } from '../../../../src/lib/xray/rate/raw-series.ts';
import { storeOf } from '../../../../src/lib/xray/rate/store.ts';
import { LABELS, series, windowOf } from './windows.ts';

const SECOND = 1000;
/** What the engine itself answers, without an explanation. */
function answer(raw: RawSeries, compared: Compared, range: number, at: number) {
	const outcome = query(storeOf(raw), queryText(compared, LABELS, range), at);
	if (!outcome.ok || outcome.result.type !== 'vector') throw new Error('no vector');
	return outcome.result.samples[0]?.value;
}

/** Counters with restarts, odd distances, lost scrapes, values that are no whole numbers; and a window somewhere on them. */
const CASES = fc.record({
	steps: fc.array(
		fc.record({
			after: fc.oneof(
				{ weight: 6, arbitrary: fc.constant(15_000) },
				{ weight: 2, arbitrary: fc.integer({ min: 1, max: 60_000 }) }
			),
			grows: fc.oneof(
				fc.nat(100),
				fc.constant(0),
				fc.double({ min: 0, max: 1e9, noNaN: true, noDefaultInfinity: true })
			),
			restarts: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.boolean())
		}),
		{ maxLength: 14 }
	),
	begins: fc.nat(2000),
	range: fc.integer({ min: 1, max: 240 }),
	at: fc.integer({ min: 1, max: 300_000 })
});

test('the terms multiplied are the number of the engine, to the last bit', () => {
	let answered = 0;
	fc.assert(
		fc.property(CASES, ({ steps, begins, range, at }) => {
			let [time, value] = [0, begins];
			const rows = steps.map(({ after, grows, restarts }) => {
				time += after;
				value = restarts ? grows : value + grows;
				return [time, value] as const;
			});
			const raw: RawSeries = {
				labels: LABELS,
				times: Float64Array.from(rows, ([at]) => at),
				values: Float64Array.from(rows, ([, height]) => height)
			};
			const text = queryText('rate', LABELS, range * SECOND);
			const terms = termsOf(explainWindow(storeOf(raw), text, at));
			const rate = answer(raw, 'rate', range * SECOND, at);
			if (rate !== undefined) answered++;
			expect(terms && productOf(terms)).toBe(rate);
			expect(terms && productOf(terms, false)).toBe(answer(raw, 'increase', range * SECOND, at));
		}),
		{ numRuns: 10_000 }
	);
	expect(answered).toBeGreaterThan(3_000);
});

test('one event in a minute is 1.333: three distances stand for four', () => {
	const terms = termsOf(windowOf(series(15, 1000, 1000, 1001, 1001), 60, 60));
	expect(terms).toMatchObject({
		difference: 1,
		resets: [],
		sampled: 45,
		toStart: 15,
		toEnd: 0,
		range: 60
	});
	expect(productOf(terms!, false)).toBeCloseTo(4 / 3, 12);
});

test('a fall adds what the counter had reached, and the lifted samples rise by the increase', () => {
	const detail = windowOf(series(15, 100, 140, 20, 60, 5), 300, 75)!;
	const terms = termsOf(detail)!;
	expect(terms.resets.map(({ before, after }) => [before.value, after.value])).toEqual([
		[140, 20],
		[60, 5]
	]);
	expect(terms.increase).toBe(5 - 100 + 140 + 60);
	const lifted = liftedSamples(detail).map(({ value }) => value);
	expect(lifted).toEqual([100, 140, 160, 200, 205]);
	expect(lifted.at(-1)! - lifted[0]!).toBe(terms.increase);
});

test('a window with one sample has no terms, and says why', () => {
	const detail = windowOf(series(15, 1, 2, 3), 15, 30);
	expect(isExtrapolated(detail)).toBe(false);
	expect(termsOf(detail)).toBeUndefined();
	expect(detail?.reason).toContain('needs two samples');
});

test('a sample at the start of the window is not in it', () => {
	expect(windowOf(series(15, 1, 2, 3), 30, 45)?.samples.total).toBe(2);
	expect(windowOf(series(15, 1, 2, 3), 31, 45)?.samples.total).toBe(3);
});

test('samples that were lost are not there', () => {
	expect(windowOf(series(15, 1, undefined, 3), 60, 45)?.samples.items).toEqual([
		{ time: 15_000, value: 1 },
		{ time: 45_000, value: 3 }
	]);
});
