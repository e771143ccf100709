import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Length } from '#engine/model';

test('the length in UTF-8 is that of the encoded text, lost halves of pairs included', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, torn) => {
			const whole = torn ? text.slice(1) : text;
			expect(utf8Length(whole)).toBe(new TextEncoder().encode(whole).length);
		})
	);
});
