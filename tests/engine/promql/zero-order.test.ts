import { describe, expect, it } from 'vitest';
import { query } from '#engine/promql';
import { hasBothZeros } from '../../../src/engine/promql/zero-order.ts';
import { createMemoryStore, metric } from './memory-querier.ts';

describe('hasBothZeros', () => {
	it.each([
		[[0, 1, -0], true],
		[[0, 1, 0], false],
		[[-0, -1], false],
		[[NaN], false]
	] as const)('of %j', (values, expected) => {
		expect(hasBothZeros(Float64Array.from(values), 0, values.length)).toBe(expected);
	});
});

describe('a quantile of zeros', () => {
	const signOf = (values: readonly number[]) => {
		const store = createMemoryStore();
		store.addPoints(
			metric('x'),
			values.map((_, i) => i * 1000),
			values
		);
		const outcome = query(store, 'quantile_over_time(0.5, x[1h])', 60_000);
		if (!outcome.ok || outcome.result.type !== 'vector') throw new Error('no vector');
		return Object.is(outcome.result.samples[0]?.value, -0) ? '-0' : '0';
	};
	it.each([
		[[0, -0, 0], '0'],
		[[0, -0, -0], '-0'],
		[[-0, -0, 0], '0'],
		[[-0, -0, -0], '-0'],
		[[5, -0, 0, -0, -5], '0']
	] as const)('%j has the sign of the one that comes to stand there: %s', (values, expected) => {
		expect(signOf(values)).toBe(expected);
	});
});
