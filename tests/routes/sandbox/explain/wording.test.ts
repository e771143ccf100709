import { expect, it } from 'vitest';
import { formatMembers } from '../../../../src/routes/sandbox/explain/wording.ts';

it('a value that is alone is said, of several how many there are', () => {
	const member = { labels: [], value: 2 };
	expect(formatMembers({ items: [], total: 0 })).toBe('none');
	expect(formatMembers({ items: [member], total: 1 })).toBe('2');
	expect(formatMembers({ items: [member], total: 7 })).toBe('7 series');
});
