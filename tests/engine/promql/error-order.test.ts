import { describe, expect, it } from 'vitest';
import { ALL_FEATURES, query, queryRange } from '#engine/promql';
import { createMemoryStore, metric, type MemoryStore } from './memory-querier.ts';

/** Two vectors of two series each, so that matching without labels fails; `late` gets its second series a minute later. */
function store(): MemoryStore {
	const memory = createMemoryStore();
	for (const [name, i, value] of [
		['v', 'a', 1],
		['v', 'b', 2],
		['w', 'a', 10],
		['w', 'e', 20],
		['late', 'a', 1]
	] as const) {
		memory.addPoints(metric(name, { i }), [0, 60_000, 120_000], [value, value, value]);
	}
	memory.addPoints(metric('late', { i: 'b' }), [60_000, 120_000], [1, 1]);
	return memory;
}

const V =
	'found duplicate series for the match group {} on the right hand-side of the operation: [{__name__="v", i="b"}, {__name__="v", i="a"}];many-to-many matching not allowed: matching labels must be unique on one side';
const W =
	'found duplicate series for the match group {} on the right hand-side of the operation: [{__name__="w", i="e"}, {__name__="w", i="a"}];many-to-many matching not allowed: matching labels must be unique on one side';
const LATE =
	'found duplicate series for the match group {} on the right hand-side of the operation: [{__name__="late", i="b"}, {__name__="late", i="a"}];many-to-many matching not allowed: matching labels must be unique on one side';
const MANY =
	'multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)';
const SAME = 'vector cannot contain metrics with the same labelset';

/** Queries with more than one error, and the one that Prometheus comes to. */
const INSTANT: readonly (readonly [string, string])[] = [
	['(v + on () w) + (w + on () v)', W],
	['(w + on () v) + (v + on () w)', V],
	['-(v + on () w)', W],
	['sum(v + on () group_left () w{i="a"}) + (w + on () v)', V],
	['clamp_max(v + on () w, scalar(w + on () v))', W],
	['quantile_over_time(scalar(w + on () v), (v + on () w)[5m:1m])', W],
	['topk(NaN, v + on () w)', W],
	['topk(scalar(w + on () v), v + on () w)', V],
	['count_values("", v + on () w)', 'invalid label name ""'],
	[
		'label_replace(v + on () w, "", "", "", "(")',
		'invalid regular expression in label_replace(): ('
	],
	['label_replace(v + on () w, "i", "", "", "")', W],
	['(v + on () w) and (w + on () v)', W],
	['v + on () fill (0) w', W],
	['v * on () w{i="a"}', MANY],
	['v * on () (w + on () v)', V]
];

describe('of several errors', () => {
	it.each(INSTANT)('%s gives the one that Prometheus comes to first', (text, message) => {
		expect(query(store(), text, 0, { features: ALL_FEATURES })).toEqual({
			ok: false,
			errorType: 'execution',
			message
		});
	});

	it.each([
		['one at an earlier step', 'v * on () late', MANY],
		['at one step, the one side', 'v offset -1m * on () late offset -1m', LATE],
		[
			'results of equal labels at an earlier step',
			'label_replace(v, "i", "", "", "") * on () late',
			SAME
		]
	])('a range query gives %s', (_, text, message) => {
		const range = { start: 0, end: 120_000, step: 60_000 };
		expect(queryRange(store(), text, range, { features: ALL_FEATURES })).toMatchObject({ message });
	});
});
