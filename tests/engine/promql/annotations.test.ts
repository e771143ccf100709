import { describe, expect, it } from 'vitest';
import { ALL_FEATURES, query, queryRange } from '#engine/promql';
import { createMemoryStore, metric, type MemoryStore } from './memory-querier.ts';

const MINUTE = 60_000;

/** A histogram whose second bucket falls behind its first, one with two bounds that are the same number, and a vector. */
function store(): MemoryStore {
	const memory = createMemoryStore();
	const minutes = (from: number, to: number) =>
		Array.from({ length: to - from + 1 }, (_, i) => (from + i) * MINUTE);
	const add = (name: string, le: string, from: number, values: readonly number[]) =>
		memory.addPoints(metric(name, { le }), minutes(from, from + values.length - 1), values);
	const rising = (step: number) => Array.from({ length: 11 }, (_, i) => i * step);
	add('b', '1', 0, rising(5));
	add('b', '2', 0, rising(4));
	add('b', '+Inf', 0, rising(6));
	add('c', '1', 2, [5, 5, 5, 5]);
	add('c', '1.0', 2, [2, 2, 2, 2]);
	add('c', '2', 2, [4, 9, 4, 4]);
	add('c', '+Inf', 2, [6, 10, 6, 6]);
	memory.addPoints(metric('v', { i: 'a' }), [0], [1]);
	return memory;
}

const FORCED =
	'PromQL info: input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile)';

const QUANTILE = 'PromQL warning: quantile value should be between 0 and 1, got 2';

/** Ranges in minutes, with a step of one, and what Prometheus 3.14 says, in any order. */
const TEXTS: readonly (readonly [string, number, number, readonly string[]])[] = [
	[
		'histogram_quantile(0.5, b)',
		3,
		3,
		[
			`${FORCED} for metric name "b", from buckets 2 to 2, with a max diff of 3, over 1 samples from 1970-01-01T00:03:00Z to 1970-01-01T00:03:00Z (1:25)`
		]
	],
	[
		// With every step after the first one, Prometheus counts what it had once more.
		'histogram_quantile(0.5, b)',
		0,
		5,
		[
			`${FORCED} for metric name "b", from buckets 2 to 2, with a max diff of 5, over 46 samples from 1970-01-01T00:01:00Z to 1970-01-01T00:05:00Z (1:25)`
		]
	],
	[
		'histogram_quantile(0.5, c) + histogram_quantile(0.7, c)',
		0,
		10,
		[
			`${FORCED} for metric name "c", from buckets 2 to +Inf, with a max diff of 3, over 1016 samples from 1970-01-01T00:02:00Z to 1970-01-01T00:09:00Z (1:25)`
		]
	],
	[
		// The first quantile leaves monotonic buckets to the second one.
		'histogram_quantiles(c, "q", 0.5, 0.9)',
		2,
		4,
		[
			`${FORCED} for metric name "c", from buckets 2 to +Inf, with a max diff of 3, over 6 samples from 1970-01-01T00:02:00Z to 1970-01-01T00:04:00Z (1:21)`
		]
	],
	['quantile(2, quantile(2, v))', 0, 0, [`${QUANTILE} (1:10)`]],
	['quantile(2, v) + quantile(2, v)', 0, 0, [`${QUANTILE} (1:27)`]],
	[
		'histogram_quantile(2, histogram_quantile(2, b))',
		0,
		0,
		[
			'PromQL warning: bucket label "le" is missing or has a malformed value of "" for metric name "b" (1:23)',
			`${QUANTILE} (1:20)`
		]
	]
];

describe('annotations', () => {
	it.each(TEXTS)('of %s from minute %i to %i are those of Prometheus', (text, from, to, texts) => {
		const range = { start: from * MINUTE, end: to * MINUTE, step: MINUTE };
		const outcome = queryRange(store(), text, range, { features: ALL_FEATURES });
		if (!outcome.ok) throw new Error(outcome.message);
		expect(outcome.annotations.map((annotation) => annotation.text).sort()).toEqual(texts);
	});

	it('say of every metric that looks like no counter, but of nothing without a name', () => {
		const memory = createMemoryStore();
		const times = Array.from({ length: 11 }, (_, i) => i * MINUTE);
		for (const name of ['x', 'y']) memory.addPoints(metric(name, { i: name }), times, times);
		const about = (name: string) =>
			`PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "${name}" (1:1)`;
		const textsOf = (text: string) => {
			const outcome = query(memory, text, 10 * MINUTE);
			return outcome.ok
				? outcome.annotations.map((annotation) => annotation.text)
				: outcome.message;
		};
		expect(textsOf('rate((x or sum(y))[5m:1m])')).toEqual([about('x')]);
		expect(textsOf('rate((sum(y) or x or y)[5m:1m])')).toEqual([about('x'), about('y')]);
	});

	it('name a metric only where names are removed at the end', () => {
		const outcome = query(store(), 'histogram_quantile(0.5, b)', 3 * MINUTE);
		if (!outcome.ok) throw new Error(outcome.message);
		expect(outcome.annotations[0]?.text).toContain(`${FORCED}, from buckets 2 to 2`);
	});
});
