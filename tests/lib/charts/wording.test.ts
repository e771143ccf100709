import { expect, it } from 'vitest';
import { formatNumber } from '../../../src/lib/charts/wording.ts';

it.each([
	[124_530, '124,530'],
	[3.7684210526315787, '3.7684'],
	[0.00042, '0.00042'],
	[0.000012345678, '1.2346e-5'],
	[0, '0'],
	[-2.5, '−2.5'],
	[1.5e15, '1.5e+15'],
	[NaN, 'NaN'],
	[Infinity, '+Inf'],
	[-Infinity, '−Inf']
])('%d is written %s', (value, text) => {
	expect(formatNumber(value)).toBe(text);
});
