import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyHistogram, type FloatHistogram } from '#engine/model';
import { explain, type QuantileDetail } from '#engine/promql';
import { createMemoryStore, metric, type MemoryStore } from '../memory-querier.ts';

const BOUNDS = [0.1, 0.5, 1, 5, 20];

const observations = fc.array(fc.double({ min: 0.001, max: 100, noNaN: true }), {
	minLength: 1,
	maxLength: 30
});
const quantile = fc.oneof(
	fc.constantFrom(0, 1, 0.5, 0.95),
	fc.double({ min: 0, max: 1, noNaN: true })
);

/** Between which observations the φ-quantile lies: one and the same, unless its rank falls just between two. */
function trueQuantile(phi: number, values: readonly number[]): { least: number; most: number } {
	const sorted = [...values].sort((a, b) => a - b);
	const rank = phi * sorted.length;
	const at = (row: number) => sorted[Math.min(Math.max(0, row), sorted.length - 1)] as number;
	return { least: at(Math.ceil(rank) - 1), most: at(Math.floor(rank)) };
}

function classic(values: readonly number[]): MemoryStore {
	const store = createMemoryStore();
	for (const bound of [...BOUNDS, Infinity]) {
		const count = values.filter((value) => value <= bound).length;
		const le = bound === Infinity ? '+Inf' : String(bound);
		store.addPoints(metric('h', { le }), [0], [count]);
	}
	return store;
}

/** Bucket i holds what is in (2^(i-1), 2^i]. */
function native(values: readonly number[]): MemoryStore {
	const counts = new Map<number, number>();
	for (const value of values) {
		const index = Math.ceil(Math.log2(value));
		counts.set(index, (counts.get(index) ?? 0) + 1);
	}
	const indexes = [...counts.keys()].sort((a, b) => a - b);
	const histogram: FloatHistogram = {
		...emptyHistogram(),
		count: values.length,
		sum: values.reduce((sum, value) => sum + value, 0),
		positive: { indexes, counts: indexes.map((index) => counts.get(index) as number) }
	};
	const store = createMemoryStore();
	store.addPoints(metric('h'), [0], [histogram]);
	return store;
}

function quantileOf(store: MemoryStore, phi: number): QuantileDetail {
	const outcome = explain(store, `histogram_quantile(${phi}, h)`, 0);
	const detail = outcome.explanation?.root.detail;
	if (detail?.kind !== 'quantile') throw new Error('no quantile');
	return detail;
}

describe.each([
	['classic', classic],
	['native', native]
])('the quantile of a %s histogram', (_, store) => {
	it('truly lies between the bounds that are given', () => {
		fc.assert(
			fc.property(quantile, observations, (phi, values) => {
				const { lower, upper, result } = quantileOf(store(values), phi);
				const { least, most } = trueQuantile(phi, values);
				expect(most).toBeGreaterThanOrEqual(lower);
				expect(least).toBeLessThanOrEqual(upper);
				// With φ = 0 a classic histogram gives the value 0, or none, whatever its first bucket holds.
				if (phi === 0) return;
				expect(result).toBeGreaterThanOrEqual(lower);
				expect(result).toBeLessThanOrEqual(upper);
			}),
			{ numRuns: 300 }
		);
	});
});
