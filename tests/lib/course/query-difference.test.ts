import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyHistogram } from '#engine/model';
import { firstDifference } from '../../../src/lib/course/query-difference.ts';
import { result, START } from './answers.ts';

const MINUTE = 60_000;
const GET = { method: 'GET' };
const POST = { method: 'POST' };

function check(
	expected: ReturnType<typeof result>,
	got: ReturnType<typeof result>,
	difference: object | undefined
) {
	const found = firstDifference(expected, got);
	if (difference === undefined) expect(found).toBeUndefined();
	else expect(found).toMatchObject(difference);
}

test('the same answer has no difference, in whatever order its series come', () =>
	check(result([GET, [1, 2]], [POST, [3, 4]]), result([POST, [3, 4]], [GET, [1, 2]]), undefined));
test('two empty answers are the same', () => check(result(), result(), undefined));
test('a sum in another order is the same to a millionth', () =>
	check(result([GET, [1000]]), result([GET, [1000.0009]]), undefined));
test('more than a millionth is a difference', () =>
	check(result([GET, [1000]]), result([GET, [1000.0011]]), { expected: 1000, got: 1000.0011 }));
test('anything is more than a millionth away from nothing', () =>
	check(result([GET, [0]]), result([GET, [1e-9]]), { expected: 0, got: 1e-9 }));
test('NaN is NaN, and no number is', () => {
	check(result([GET, [NaN]]), result([GET, [NaN]]), undefined);
	check(result([GET, [NaN]]), result([GET, [0]]), { got: 0 });
	check(result([GET, [Infinity]]), result([GET, [Infinity]]), undefined);
	check(result([GET, [Infinity]]), result([GET, [-Infinity]]), { got: -Infinity });
	check(result([GET, [Infinity]]), result([GET, [1e300]]), { got: 1e300 });
});
test('the first difference in time is found, whichever series it is in', () =>
	check(result([GET, [1, 1, 1]], [POST, [2, 2, 2]]), result([GET, [1, 1, 9]], [POST, [2, 9, 2]]), {
		labels: ['method', 'POST'],
		at: START + MINUTE,
		expected: 2,
		got: 9
	}));
test('a value where there should be none is a difference, and the other way round', () => {
	check(result([GET, [1, undefined]]), result([GET, [1, 5]]), { at: START + MINUTE, got: 5 });
	check(result([GET, [1, 5]]), result([GET, [1, undefined]]), { at: START + MINUTE, expected: 5 });
});
test('a series that is missing comes first, with its first value', () =>
	check(result([GET, [1, 1]], [POST, [undefined, 7]]), result([GET, [2, 2]]), {
		only: 'expected',
		labels: ['method', 'POST'],
		at: START + MINUTE,
		expected: 7
	}));
test('a series that should not be there is a difference', () =>
	check(result([GET, [1]]), result([GET, [1]], [POST, [3]]), { only: 'got', got: 3 }));
test('labels make a series: another value of one is another series', () =>
	check(result([GET, [1]]), result([{ method: 'get' }, [1]]), { only: 'expected' }));
test('a histogram is the same as one with the same parts, and never as a number', () => {
	const histogram = { ...emptyHistogram(), count: 3, sum: 1 };
	check(result([GET, [histogram]]), result([GET, [{ ...histogram }]]), undefined);
	check(result([GET, [histogram]]), result([GET, [{ ...histogram, count: 4 }]]), { at: START });
	check(result([GET, [histogram]]), result([GET, [3]]), { got: 3 });
});

test('whoever changes one value is found out at that moment', () => {
	const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), {
		minLength: 1,
		maxLength: 20
	});
	fc.assert(
		fc.property(
			values,
			fc.nat(),
			fc.double({ min: 1e-5, max: 1, noNaN: true }),
			(all, n, share) => {
				const at = n % all.length;
				const changed = all.map((value, i) =>
					i === at ? value + (Math.abs(value) + 1) * share : value
				);
				expect(firstDifference(result([GET, all]), result([GET, changed]))?.at).toBe(
					START + at * MINUTE
				);
			}
		)
	);
});
