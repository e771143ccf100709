import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BitReader, BitWriter, MOST_WHOLE } from '../../../../src/engine/tsdb/sealed/bits.ts';
import { WordList } from '../../../../src/engine/tsdb/sealed/words.ts';

/** Bits, a whole number, or a double that follows another one. */
type Item =
	| { readonly bits: number; readonly width: number }
	| { readonly whole: number }
	| { readonly double: number; readonly before: number };

const anyDouble = fc.oneof(
	fc.double(),
	fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 5e-324, 2 ** -128, 1, -1, 2 ** 53),
	fc.integer().map((whole) => whole / 1000)
);

const item: fc.Arbitrary<Item> = fc.oneof(
	fc.tuple(fc.nat(32), fc.nat(0xffffffff)).map(([width, bits]) => ({
		width,
		bits: width === 32 ? bits : bits % 2 ** width
	})),
	fc
		.oneof(
			fc.integer({ min: -300, max: 300 }),
			fc.integer(),
			fc.maxSafeInteger().map((whole) => Math.trunc(whole / 2)),
			fc.constantFrom(MOST_WHOLE, -MOST_WHOLE)
		)
		.map((whole) => ({ whole: whole + 0 })),
	fc.tuple(anyDouble, anyDouble).map(([double, before]) => ({ double, before }))
);

it('what is written is read', () => {
	fc.assert(
		fc.property(fc.array(item), (items) => {
			const bits = new BitWriter();
			for (const one of items) {
				if ('whole' in one) bits.pushWhole(one.whole);
				else if ('double' in one) bits.pushDouble(one.double, one.before);
				else bits.push(one.bits, one.width);
			}
			const list = new WordList();
			list.push(0);
			bits.appendTo(list);
			const words = list.toArray();
			expect(words[1]).toBe(list.length - 2);
			const reader = new BitReader(words, 2);
			for (const one of items) {
				if ('whole' in one) expect(reader.readWhole()).toBe(one.whole);
				else if ('double' in one) expect(reader.readDouble(one.before)).toBe(one.double);
				else expect(reader.read(one.width)).toBe(one.bits);
			}
		}),
		{ numRuns: 500 }
	);
});

it.each([
	['a zero', (bits: BitWriter) => bits.pushWhole(0), 1],
	['a number up to 3', (bits: BitWriter) => bits.pushWhole(3), 5],
	['a number down to -4', (bits: BitWriter) => bits.pushWhole(-4), 5],
	['a number up to 255', (bits: BitWriter) => bits.pushWhole(255), 13],
	['the same double', (bits: BitWriter) => bits.pushDouble(Math.PI, Math.PI), 1],
	['a double that differs in one bit', (bits: BitWriter) => bits.pushDouble(1, 1.5), 13]
])('%s takes few bits', (_, write, size) => {
	const bits = new BitWriter();
	for (let i = 0; i < 32; i++) write(bits);
	const list = new WordList();
	bits.appendTo(list);
	expect(list.length - 1).toBe(size);
});
