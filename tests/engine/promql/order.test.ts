import { expect, it } from 'vitest';
import { labelValue } from '#engine/model';
import { ALL_FEATURES, query } from '#engine/promql';
import { createMemoryStore, metric, type MemoryStore } from './memory-querier.ts';

/** A vector with four values, and one in which nearly all are equal. */
function store(): MemoryStore {
	const memory = createMemoryStore();
	const add = (name: string, i: string, value: number) =>
		memory.addPoints(metric(name, { i }), [0], [value]);
	[...'abcd'].forEach((i, at) => add('v', i, [1, 2, NaN, 3][at] as number));
	[...'abcdefghijklmnop'].forEach((i) => add('t', i, i === 'n' ? 2 : i === 'p' ? 0 : 1));
	add('w', 'a', 10);
	add('w', 'e', 20);
	return memory;
}

/** Queries, and the order in which Prometheus 3.14 gives their results when its store has the series sorted. */
const ORDERS: readonly (readonly [string, string])[] = [
	['v', 'abcd'],
	['sort(v)', 'abdc'],
	['sort_desc(v)', 'dbac'],
	['-sort_desc(v)', 'dbac'],
	['sort(v) * 2', 'abdc'],
	['2 > sort_desc(v)', 'a'],
	['label_replace(sort_desc(v), "x", "y", "", "")', 'dbac'],
	['v + on (i) group_right () sort_desc(v)', 'dbac'],
	['sort_desc(w) or v', 'eabcd'],
	['sort_desc(v) and on (i) w', 'a'],
	['sum by (i) (topk(3, v))', 'dba'],
	['sort(t)', 'pildefgcjhkambon'],
	['sort_desc(t)', 'nildefgcjhkambop'],
	['topk(3, t)', 'nbc'],
	['topk(14, t)', 'ngcdefahijklmb'],
	['bottomk(16, t)', 'pildefcajhkbmgon'],
	['limitk(3, v)', 'cba'],
	['limitk(5, t)', 'abcde'],
	['limit_ratio(0.5, t)', 'abefgjklm'],
	['limit_ratio(-0.5, t)', 'pdcinoh']
];

it.each(ORDERS)('%s comes in the order of Prometheus', (text, order) => {
	const outcome = query(store(), text, 0, { features: ALL_FEATURES });
	if (!outcome.ok || outcome.result.type !== 'vector') throw new Error('no vector');
	expect(outcome.result.samples.map(({ labels }) => labelValue(labels, 'i')).join('')).toBe(order);
});
