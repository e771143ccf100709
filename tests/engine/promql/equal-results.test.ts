import { describe, expect, it } from 'vitest';
import { query, queryRange, type QueryOptions } from '#engine/promql';
import { createMemoryStore, metric, type MemoryStore } from './memory-querier.ts';

/** Results of operators whose labels turn out equal: they are told apart, joined, or refused as Prometheus does. */

const TIMES = Array.from({ length: 40 }, (_, i) => i * 15_000);
const NOW = 300_000;
const RANGE = { start: NOW, end: NOW + 30_000, step: 15_000 };
const DELAYED: QueryOptions = { features: { delayedNameRemoval: true } };

/** Metrics a and b with the same labels, one that they are matched with, and u, whose series differ by type alone. */
function store(): MemoryStore {
	const memory = createMemoryStore();
	const add = (name: string, labels: Readonly<Record<string, string>>) =>
		memory.addPoints(
			metric(name, labels),
			TIMES,
			TIMES.map(() => 1)
		);
	for (const g of ['x', 'y']) {
		add('a', { g });
		add('b', { g });
		add('one', { g, t: 'T' });
	}
	add('u', { g: 'x', __type__: 'counter' });
	add('u', { g: 'x', __type__: 'gauge' });
	return memory;
}

/** What comes of an instant query, or a range query: the sum of the first step, or the error. */
function outcomeOf(text: string, options?: QueryOptions): number | string | undefined {
	const outcome = query(store(), text, NOW, options);
	if (!outcome.ok) return outcome.message;
	return outcome.result.type === 'vector' ? outcome.result.samples[0]?.value : undefined;
}

function rangeOutcomeOf(text: string, options?: QueryOptions): number | string | undefined {
	const outcome = queryRange(store(), text, RANGE, options);
	return outcome.ok ? outcome.result.series[0]?.values[0] : outcome.message;
}

const NOT_UNIQUE = 'multiple matches for labels: grouping labels must ensure unique matches';
const SAME_LABELSET = 'vector cannot contain metrics with the same labelset';

describe('results with equal labels', () => {
	it.each([
		['sum({__name__=~"a|b"} * on (g) group_left () one)', NOT_UNIQUE],
		['sum({__name__=~"a|b"} * on (g) group_left (t) one)', NOT_UNIQUE],
		['sum(one * on (g) group_right () {__name__=~"a|b"})', NOT_UNIQUE],
		['sum(u * on (g) group_left () one)', NOT_UNIQUE],
		// A comparison keeps the names.
		['sum({__name__=~"a|b"} >= on (g) group_left () one)', 4],
		['sum({__name__=~"a|b"} >= bool on (g) group_left () one)', NOT_UNIQUE],
		['sum({__name__=~"a|b"} * on (__name__, g) {__name__=~"a|b"})', SAME_LABELSET],
		['sum(a * on (g) one)', 2],
		['sum(a * on (g) group_left (t) one)', 2]
	])('%s', (text, expected) => {
		expect(outcomeOf(text)).toBe(expected);
	});

	// Where names are removed at the end, an operator of an instant query lets equal results pass, but a match does not.
	const twice = '({__name__=~"a|b"} + on (__name__, g) {__name__=~"a|b"})';
	it.each([
		[`sum(${twice} * on (g) group_left () one)`, NOT_UNIQUE],
		[`sum(${twice} * on (g) group_left (t) one)`, NOT_UNIQUE],
		[`sum(one * on (g) group_right () ${twice})`, NOT_UNIQUE],
		['count((u + u) * on (g) group_left () one{g="x"})', NOT_UNIQUE]
	])('with names removed at the end: %s', (text, expected) => {
		expect(outcomeOf(text, DELAYED)).toBe(expected);
	});

	const twiceAt = twice.replaceAll('"a|b"}', '"a|b"} @ 300');
	it.each([
		[`sum(${twiceAt} > time() * 0)`, SAME_LABELSET],
		[`sum(${twiceAt} * on (g) group_left () one)`, NOT_UNIQUE]
	])('with names removed at the end, over a range: %s', (text, expected) => {
		expect(rangeOutcomeOf(text, DELAYED)).toBe(expected);
	});
});
