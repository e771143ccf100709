import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFloat, parseFloatGo } from '#engine/model';

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
