import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeUtf8, isValidLabelName, isValidUtf8, quote, utf8Length } from '#engine/model';

test('the length in UTF-8 is that of the encoded text', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
		})
	);
});

describe('bytes that are not UTF-8', () => {
	const cases: [bytes: number[], text: string][] = [
		[[0xff], '\udcff'],
		[[0x61, 0x80, 0x62], 'a\udc80b'],
		[[0xc3, 0xa9, 0xc3], 'é\udcc3'],
		[[0xc0, 0x80], '\udcc0\udc80'],
		[[0xe2, 0x82], '\udce2\udc82'],
		[[0xe2, 0x82, 0xac], '€'],
		[[0xed, 0xa0, 0x80], '\udced\udca0\udc80'],
		[[0xf0, 0x9f, 0x98, 0x80], '😀'],
		[[0xf4, 0x90, 0x80, 0x80], '\udcf4\udc90\udc80\udc80'],
		[[0xef, 0xbb, 0xbf], '\ufeff']
	];
	test.each(cases)('%j', (bytes, text) => {
		expect(decodeUtf8(Uint8Array.from(bytes))).toBe(text);
	});

	test('are counted and quoted one by one, and no byte is lost', () => {
		fc.assert(
			fc.property(fc.uint8Array(), (bytes) => {
				const text = decodeUtf8(bytes);
				expect(utf8Length(text)).toBe(bytes.length);
				expect(isValidUtf8(text)).toBe(!/\\x[89a-f]/.test(quote(text).replaceAll('\\\\', '')));
			})
		);
	});

	test('make no label name', () => {
		expect(isValidLabelName('a b')).toBe(true);
		expect(isValidLabelName('😀')).toBe(true);
		expect(isValidLabelName('')).toBe(false);
		expect(isValidLabelName('a\udcff')).toBe(false);
	});
});
