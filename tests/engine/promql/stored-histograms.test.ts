import { expect, it } from 'vitest';
import type { FloatHistogram } from '#engine/model';
import type { Point } from './memory-querier.ts';
import { storedHistograms } from './stored-histograms.ts';

function histogram(parts: Partial<FloatHistogram>): FloatHistogram {
	return {
		schema: 0,
		zeroThreshold: 0,
		zeroCount: 0,
		count: 3,
		sum: 1,
		positive: { indexes: [0, 1], counts: [1, 2] },
		negative: { indexes: [], counts: [] },
		customValues: [],
		counterReset: 'unknown',
		...parts
	};
}

const FIRST = histogram({});
const MORE = histogram({ count: 4, positive: { indexes: [0, 1], counts: [1, 3] } });

/** Two samples of a counter, and the hint that the second one comes back with. */
const SECONDS: readonly (readonly [string, readonly Point[], string | undefined])[] = [
	['grew', [FIRST, MORE], 'not_reset'],
	['is the same', [FIRST, FIRST], 'not_reset'],
	[
		'has a new bucket',
		[FIRST, histogram({ count: 4, positive: { indexes: [0, 1, 2], counts: [1, 2, 1] } })],
		'not_reset'
	],
	[
		'lost an empty bucket',
		[histogram({ positive: { indexes: [0, 1, 2], counts: [1, 2, 0] } }), MORE],
		'not_reset'
	],
	[
		'lost a bucket',
		[FIRST, histogram({ count: 4, positive: { indexes: [1], counts: [4] } })],
		'unknown'
	],
	['fell', [MORE, FIRST], 'unknown'],
	['says that it was reset', [FIRST, { ...MORE, counterReset: 'reset' }], 'unknown'],
	['has another schema', [FIRST, { ...MORE, schema: -1 }], 'unknown'],
	['has another zero bucket', [FIRST, { ...MORE, zeroThreshold: 0.1 }], 'unknown'],
	['became a gauge', [FIRST, { ...MORE, counterReset: 'gauge' }], 'gauge'],
	['was a gauge', [{ ...FIRST, counterReset: 'gauge' }, MORE], 'unknown'],
	['comes after a gap', [FIRST, 'absent', MORE], 'not_reset'],
	['comes after a float', [FIRST, 5, MORE], 'unknown'],
	['comes after the end of the series', [FIRST, 'stale', MORE], 'unknown'],
	['is a float', [FIRST, 5], undefined]
];

it.each(SECONDS)('a sample that %s has the hint of the store', (_, points, hint) => {
	const stored = storedHistograms(points);
	expect(stored.at(-1)?.counterReset).toBe(hint);
	expect(stored).toHaveLength(points.length);
});
