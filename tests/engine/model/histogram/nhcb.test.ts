import { describe, expect, it } from 'vitest';
import {
	convertToCustomBuckets,
	formatHistogramLiteral,
	fromCumulativeCounts
} from '#engine/model';

type Buckets = readonly (readonly [le: number, count: number])[];

function convert(buckets: Buckets, count?: number, sum?: number) {
	return convertToCustomBuckets({
		buckets: buckets.map(([le, count]) => ({ le, count })),
		...(count === undefined ? {} : { count }),
		...(sum === undefined ? {} : { sum })
	});
}

describe('convertToCustomBuckets', () => {
	const check = (what: string, expected: string, buckets: Buckets, count?: number, sum?: number) =>
		it(what, () => {
			const result = convert(buckets, count, sum);
			expect(typeof result === 'string' ? result : formatHistogramLiteral(result)).toBe(expected);
		});

	check(
		'takes cumulative counts apart',
		'{{schema:-53 count:6 sum:7 custom_values:[1 2] buckets:[1 2 3]}}',
		[
			[1, 1],
			[2, 3],
			[Infinity, 6]
		],
		6,
		7
	);
	check(
		'puts buckets in order, and adds the one to +Inf',
		'{{schema:-53 count:5 custom_values:[1 2] buckets:[1 2 2]}}',
		[
			[2, 3],
			[1, 1]
		],
		5
	);
	check(
		'lets the first of two buckets with one bound stand',
		'{{schema:-53 count:1 custom_values:[1] buckets:[1]}}',
		[
			[1, 1],
			[1, 9]
		]
	);
	check('makes an empty histogram of nothing', '{{schema:-53 custom_values:[]}}', []);
	check(
		'refuses counts that fall',
		'count is not cumulative: 1 < 2',
		[
			[1, 2],
			[2, 1]
		],
		2
	);
	check(
		'refuses counts that fall, out of order',
		'count is not cumulative: 2 > 1',
		[
			[2, 1],
			[1, 2]
		],
		2
	);
	check('refuses a negative bucket', 'bucket count must be non-negative: le=1, count=-1', [
		[1, -1]
	]);
	check('refuses a bound that is no number', 'bucket boundary must not be NaN', [[NaN, 1]]);
	check('refuses a negative count', 'count must be non-negative: count=-2', [[1, 1]], -2);
	check(
		'refuses another count than the last bucket has',
		'count mismatch: count=1000000 != le=+Inf count=2',
		[[Infinity, 2]],
		1e6
	);

	it('keeps up to two empty buckets between others, if counts are whole', () =>
		expect(
			convert([
				[1, 0],
				[2, 1],
				[3, 1],
				[4, 1],
				[5, 2],
				[6, 2]
			])
		).toMatchObject({ positive: { indexes: [1, 2, 3, 4], counts: [1, 0, 0, 1] } }));

	it('drops every empty bucket, if they are not', () =>
		expect(
			convert([
				[1, 0],
				[2, 1.5],
				[3, 1.5],
				[5, 2]
			])
		).toMatchObject({ positive: { indexes: [1, 3], counts: [1.5, 0.5] } }));
});

describe('fromCumulativeCounts', () => {
	it('shares the list of buckets with a histogram before that has the same', () => {
		const before = fromCumulativeCounts([1, 3, 6], [1, 2], 7);
		const after = fromCumulativeCounts([2, 3, 8], [1, 2], 9, before);
		expect(after.positive.indexes).toBe(before.positive.indexes);
		expect(after.positive.counts).toEqual([2, 1, 5]);
		expect(fromCumulativeCounts([0, 3, 8], [1, 2], 9, before).positive.indexes).toEqual([1, 2]);
	});

	it('keeps runs of two empty buckets, and drops longer ones', () => {
		const { positive } = fromCumulativeCounts([0, 1, 1, 1, 2, 2, 2, 2, 3, 3], [], 0);
		expect(positive).toEqual({ indexes: [1, 2, 3, 4, 8], counts: [1, 0, 0, 1, 1] });
	});

	it('has no count of -0 among whole numbers', () =>
		expect(fromCumulativeCounts([-0], [], -0)).toMatchObject({ count: 0, sum: -0 }));
});
