import { describe, expect, it } from 'vitest';
import { labels } from '#engine/model';
import { ALL_FEATURES, query } from '#engine/promql';
import { parseHistogramLiteral } from '../../promql/histogram-literal.ts';
import { createMemoryStore, metric, type Point } from './memory-querier.ts';

/** Samples every 10 s from 0 on. */
function series(points: readonly Point[]) {
	const store = createMemoryStore();
	store.addPoints(
		metric('x_total'),
		points.map((_, i) => i * 10_000),
		points
	);
	return store;
}

function ask(points: readonly Point[], text: string, seconds: number) {
	const outcome = query(series(points), text, seconds * 1000, { features: ALL_FEATURES });
	if (!outcome.ok) return outcome.message;
	if (outcome.result.type === 'matrix') {
		return outcome.result.series.map(({ times, values }) =>
			Array.from(times, (time, i) => [time / 1000, values[i]])
		);
	}
	return outcome.result.type === 'vector' ? outcome.result.samples.map(({ value }) => value) : [];
}

describe('anchored ranges', () => {
	it.each([
		[
			'are measured from the last sample before the window',
			'increase(x_total[15s] anchored)',
			35,
			[1]
		],
		['of a counter add what it had reached', 'increase(x_total[25s] anchored)', 65, [2]],
		['of a gauge do not', 'delta(x_total[25s] anchored)', 65, [-3]],
		['count changes from their anchor on', 'changes(x_total[20s] anchored)', 30, [2]],
		['count resets from their anchor on', 'resets(x_total[15s] anchored)', 55, [1]],
		['need a sample after their start', 'increase(x_total[5s] anchored)', 78, []]
	] as const)('%s', (_, text, seconds, expected) => {
		expect(ask([1, 2, 3, 4, 5, 1, 2, 4], text, seconds)).toEqual(expected);
	});
});

describe('smoothed ranges', () => {
	it.each([
		['are measured between values in between', 'increase(x_total[10s] smoothed)', 25, [7]],
		['let a counter rise from zero after a reset', 'increase(x_total[10s] smoothed)', 35, [4]],
		['do not of a gauge', 'delta(x_total[10s] smoothed)', 35, [-11]],
		['carry the last sample on', 'increase(x_total[20s] smoothed)', 50, [4]],
		['end before the first sample with nothing', 'increase(x_total[20s] smoothed)', -5, []]
	] as const)('%s', (_, text, seconds, expected) => {
		expect(ask([10, 20, 30, 4, 8], text, seconds)).toEqual(expected);
	});
	it('smooth instant selectors, too', () => {
		const points: Point[] = [0, 10, 'stale', 30];
		const at = (seconds: number) => ask(points, 'x_total smoothed', seconds);
		expect([0, 5, 20, 29, 100, 400, -1].map(at)).toEqual([[0], [5], [20], [29], [30], [], []]);
	});
});

describe('extended ranges as such', () => {
	const points = [1, 2, 3, 4, 5];
	it('show the values at their bounds as samples', () => {
		expect(ask(points, 'x_total[15s] anchored', 35)).toEqual([
			[
				[20, 3],
				[30, 4],
				[35, 4]
			]
		]);
		expect(ask(points, 'x_total[15s] smoothed', 38)).toEqual([
			[
				[23, 3.3],
				[30, 4],
				[38, 4.8]
			]
		]);
	});
	it('show nothing without a sample after their start', () => {
		expect(ask(points, 'x_total[15s] anchored', 90)).toEqual([]);
	});
	it('can not show histograms', () => {
		const { histogram } = parseHistogramLiteral('{{count:1 sum:1 buckets:[1]}}');
		expect(ask([histogram], 'x_total[1m] anchored', 30)).toBe(
			'anchored modifier is not supported with histograms'
		);
	});
	it('are refused by functions that could not do with them', () => {
		expect(ask(points, 'absent_over_time(x_total[1m] anchored)', 30)).toBe(
			'anchored modifier can only be used with: changes, delta, increase, rate, resets - not with absent_over_time'
		);
		expect(ask(points, 'resets(x_total[1m] smoothed)', 30)).toBe(
			'smoothed modifier can only be used with: delta, increase, rate - not with resets'
		);
	});
});

describe('timestamp() of a smoothed selector', () => {
	it('is that of a sample', () => {
		expect(ask([1, 2], 'timestamp(x_total smoothed)', 5)).toEqual([0]);
	});
	it('with `@` is looked for at that moment, whatever the offset', () => {
		expect(ask([1, 2, 3, 4], 'timestamp(x_total @ 25 offset -10s)', 0)).toEqual([20]);
		expect(ask([1, 2, 3, 4], 'timestamp(x_total @ 25 offset 10s)', 0)).toEqual([10]);
	});
});

describe('a subquery with `@`', () => {
	it('is lost to a function that is not the same at every step, as in Prometheus 3.14', () => {
		expect(ask([1, 2, 3, 4], 'predict_linear(x_total[30s:10s] @ 30, 10)', 0)).toEqual([]);
		expect(ask([1, 2, 3, 4], 'max_over_time(x_total[30s:10s] @ 30)', 0)).toEqual([4]);
	});
	it('merges series that become equal without their names', () => {
		const store = createMemoryStore();
		store.addPoints(metric('a'), [0], [1]);
		store.addPoints(metric('b'), [0, 10_000], [2, 'stale']);
		const features = { delayedNameRemoval: true };
		const all = query(store, '(-{__name__=~"a|b"})[10s:5s]', 5_000, { features });
		expect(all).toMatchObject({
			ok: false,
			message: 'vector cannot contain metrics with the same labelset'
		});
		const one = query(store, '(-a)[10s:5s]', 5_000, { features });
		expect(one).toMatchObject({ ok: true, result: { series: [{ labels: labels({}) }] } });
	});
});
