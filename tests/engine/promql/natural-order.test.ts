import { expect, it } from 'vitest';
import { isNaturallyLess } from '../../../src/engine/promql/natural-order.ts';

/** Two texts, and whether the first goes before the second, and the second before the first, in github.com/facette/natsort. */
const PAIRS: readonly (readonly [string, string, boolean, boolean])[] = [
	['a', 'b', true, false],
	['2', '10', true, false],
	['a2', 'a10', true, false],
	['a2b', 'a2c', true, false],
	['a2', 'a2b', true, false],
	['a02', 'a2', true, true],
	['', 'a', false, false],
	['10', 'a', true, false],
	['é', 'z', false, true],
	['9223372036854775807', '9223372036854775808', true, false],
	['9223372036854775808', '10', false, true],
	['10000000000000000001', '9', true, false],
	['9007199254740993', '9007199254740992', false, true]
];

it.each(PAIRS)('of %j and %j', (a, b, isLess, isGreater) => {
	expect([isNaturallyLess(a, b), isNaturallyLess(b, a)]).toEqual([isLess, isGreater]);
});
