import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFloat, formatG, parseFloatGo } from '#engine/model';

describe('formatFloat', () => {
	it.each([
		[0, '0'],
		[-0, '-0'],
		[0.1, '0.1'],
		[1e21, '1000000000000000000000'],
		[-1.5e22, '-15000000000000000000000'],
		[1e-7, '0.0000001'],
		[-1.25e-9, '-0.00000000125'],
		[NaN, 'NaN'],
		[Infinity, '+Inf'],
		[-Infinity, '-Inf']
	])('writes %d', (value, text) => expect(formatFloat(value)).toBe(text));

	it('writes shortest digits that read back, never an exponent', () => {
		fc.assert(
			fc.property(fc.double(), (value) => {
				expect(formatFloat(value)).not.toMatch(/\de/);
				expect(parseFloatGo(formatFloat(value))).toBe(value);
			})
		);
	});
});

describe('parseFloatGo', () => {
	it.each([
		['1', 1],
		['+1.5', 1.5],
		['.5', 0.5],
		['5.', 5],
		['1e3', 1000],
		['-1E-2', -0.01],
		['inf', Infinity],
		['+Inf', Infinity],
		['-INFINITY', -Infinity],
		['NaN', NaN],
		['0x10p0', 16],
		['0x1.8p1', 3],
		['-0X.8P-1', -0.25],
		['1e-400', 0],
		['-1e400', -Infinity]
	])('reads %s', (text, value) => expect(parseFloatGo(text)).toBe(value));

	it.each(['', ' 1', '1 ', '1_000', '0x10', '1e', '.', '-', '+nan', '--1', 'constructor'])(
		'does not read %j',
		(text) => expect(parseFloatGo(text)).toBeUndefined()
	);
});

describe('formatG', () => {
	const check = (value: number, expected: string, precision?: number) =>
		it(`writes ${value}${precision === undefined ? '' : ` in ${precision} digits`} as ${expected}`, () => {
			expect(formatG(value, precision)).toBe(expected);
		});
	check(0, '0');
	check(-0, '-0');
	check(0.1, '0.1');
	check(1.5, '1.5');
	check(100000, '100000');
	check(1e6, '1e+06');
	check(123456789, '1.23456789e+08');
	check(1e30, '1e+30');
	check(0.0001, '0.0001');
	check(0.00001, '1e-05');
	check(-2.5e-7, '-2.5e-07');
	check(Infinity, '+Inf');
	check(-Infinity, '-Inf');
	check(NaN, 'NaN');
	check(5, '5', 2);
	check(12, '12', 2);
	check(123, '1.2e+02', 2);
	check(100, '1e+02', 2);
	check(0.05, '0.05', 2);
	check(1.999, '2', 2);
	check(92.5, '92', 2);
	check(93.5, '94', 2);
	check(44500, '4.4e+04', 2);
	check(-0.125, '-0.12', 2);
});
