import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_FEATURES, functionTable, parse } from '#engine/promql';
import { PARTS } from './parts.ts';
import { smallerTrees, treeText, type QueryTree } from './query-tree.ts';
import { randomQuery } from './random-query.ts';

const trees = randomQuery(new Set(PARTS)).map(({ tree }) => tree);

function parses(tree: QueryTree): boolean {
	return parse(treeText(tree, 0), ALL_FEATURES).ok;
}

describe('random queries', () => {
	it('are of the right types', () => {
		fc.assert(fc.property(trees, parses), { numRuns: 500, seed: 1 });
	});

	it('stay so when they are made smaller', () => {
		const first = (tree: QueryTree) => [...smallerTrees(tree)].slice(0, 20);
		const property = fc.property(trees, (tree) => first(tree).every(parses));
		fc.assert(property, { numRuns: 100, seed: 1 });
	});

	it('call every function', () => {
		const texts = fc.sample(fc.noBias(trees), { numRuns: 6_000, seed: 1 });
		const all = texts.map((tree) => treeText(tree, 0)).join('\n');
		const missing = [...functionTable.keys()].filter((name) => !all.includes(`${name}(`));
		expect(missing).toEqual([]);
	});
});
