import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DecimalReader } from '../../../src/engine/exposition/decimal.ts';

const reader = new DecimalReader();

/** What is read of a text that a line break follows; undefined when the reader declines. */
function read(text: string): number | undefined {
	const value = reader.read(new TextEncoder().encode(`${text}\n`), 0);
	return reader.end < 0 ? undefined : value;
}

test('numbers of up to fifteen digits are read', () => {
	for (const text of ['0', '7', '-7', '007', '1.5', '-0', '0.1', '5.', '.5', '123456789012.345']) {
		expect(read(text)).toBe(Number(text));
	}
});

test('what is no plain decimal is declined', () => {
	for (const text of ['', '-', '.', 'NaN', '+1', '123456789012345678', '0.12345678901234567']) {
		expect(read(text)).toBeUndefined();
	}
});

test('a text that ends before its number does is read to the end of the number', () => {
	read('12e5');
	expect(reader.end).toBe(2);
});

/** Texts of 16 and 17 digits with a point anywhere, or none. */
const long = fc
	.tuple(
		fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 16, maxLength: 17 }),
		fc.option(fc.nat(17), { nil: undefined }),
		fc.boolean()
	)
	.map(([digits, point, isNegative]) => {
		const text = digits.join('');
		const number = point === undefined ? text : `${text.slice(0, point)}.${text.slice(point)}`;
		return isNegative ? `-${number}` : number;
	});

test('long numbers are right to the last bit, or declined', () => {
	let declined = 0;
	fc.assert(
		fc.property(long, (text) => {
			const value = read(text);
			if (value === undefined) declined++;
			else expect(value).toBe(Number(text));
		}),
		{ numRuns: 20_000 }
	);
	expect(declined).toBeLessThan(200);
});

test('floats that are written with 16 or 17 digits are read back', () => {
	const float = fc.double({ min: 1e-6, max: 1e15, noNaN: true });
	let readBack = 0;
	fc.assert(
		fc.property(float, (number) => {
			const text = String(number);
			const value = read(text);
			if (value === undefined) return;
			expect(value).toBe(number);
			readBack++;
		}),
		{ numRuns: 20_000 }
	);
	expect(readBack).toBeGreaterThan(1000);
});

test('numbers half way between two floats are right', () => {
	for (let exponent = 0; exponent < 8; exponent++) {
		const half = 2 ** exponent + 2 ** (exponent - 53);
		for (const text of [(2 ** 53 + 1).toString(), half.toFixed(17 - 3), '9007199254740993']) {
			const value = read(text);
			if (value !== undefined) expect(value).toBe(Number(text));
		}
	}
	expect(read('9007199254740993')).toBe(9007199254740992);
});
