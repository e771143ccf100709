import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_FEATURES, explain, lint, query, queryRange, type ExplainedNode } from '#engine/promql';
import { toQuerier } from '../../../oracle/head-store.ts';
import { PARTS } from '../../../oracle/parts.ts';
import { treeText } from '../../../oracle/query-tree.ts';
import { randomDataSet } from '../../../oracle/random-data.ts';
import { randomQuery } from '../../../oracle/random-query.ts';
import { queryText } from '../../../oracle/random-query-text.ts';
import { RANGE, shop } from './shop.ts';

const parts = new Set(PARTS);

describe('explain and lint', () => {
	it('throw for no text, and fail as the query does', () => {
		const store = shop();
		const options = { features: ALL_FEATURES };
		fc.assert(
			fc.property(queryText(), fc.boolean(), (text, isRange) => {
				const outcome = explain(store, text, isRange ? RANGE : RANGE.end, options);
				const expected = isRange
					? queryRange(store, text, RANGE, options)
					: query(store, text, RANGE.end, options);
				expect(outcome.ok).toBe(expected.ok);
				if (!expected.ok) expect(outcome).toMatchObject(expected);
				lint(text, { isRange });
			}),
			{ numRuns: 500 }
		);
	});
});

describe('explain', () => {
	it('says of queries of every kind what the query says', () => {
		fc.assert(
			fc.property(randomQuery(parts), fc.nat(), (test, seed) => {
				const data = randomDataSet(seed, parts);
				const store = toQuerier(data);
				const text = treeText(test.tree, data.base);
				const { lookback, features, step } = test;
				const [start, end] = [data.base + test.start, data.base + test.end];
				const range = { start, end, step };
				const options = { lookback, features };
				const isInstant = step === 0;
				const outcome = explain(store, text, isInstant ? start : range, options);
				const expected = isInstant
					? query(store, text, start, options)
					: queryRange(store, text, range, options);
				expect(outcome.ok).toBe(expected.ok);
				if (!expected.ok) expect(outcome).toMatchObject(expected);
				else expect(outcome.explanation?.annotations).toEqual(expected.annotations);
				if (outcome.explanation) checkNode(outcome.explanation.root);
			}),
			{ numRuns: 150 }
		);
	});
});

/** What has to hold of every node, whatever it is. */
function checkNode({ detail, children }: ExplainedNode): void {
	if (detail?.kind === 'window' && detail.rate && detail.result) {
		if (detail.rate.histogram) expect(detail.rate.histogram).toEqual(detail.result.histogram);
		else expect(detail.rate.result).toBe(detail.result.value);
	}
	children.forEach(checkNode);
}
