import { expect, it } from 'vitest';
import { formatMembers, formatNumber } from '../../../../src/routes/sandbox/explain/wording.ts';

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

it('a value that is alone is said, of several how many there are', () => {
	const member = { labels: [], value: 2 };
	expect(formatMembers({ items: [], total: 0 })).toBe('none');
	expect(formatMembers({ items: [member], total: 1 })).toBe('2');
	expect(formatMembers({ items: [member], total: 7 })).toBe('7 series');
});
