import { describe, expect, it } from 'vitest';
import { formatG, goMax, goMin, goPow } from '../../../src/engine/promql/go-number.ts';

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
});

describe('goPow', () => {
	it('takes one to any power for one', () => expect(goPow(1, NaN)).toBe(1));
	it('takes minus one to an infinite power for one', () => expect(goPow(-1, -Infinity)).toBe(1));
	it('is the plain power otherwise', () => expect(goPow(2, 10)).toBe(1024));
});

describe('goMax and goMin', () => {
	it('prefer an infinity to NaN', () => {
		expect(goMax(NaN, Infinity)).toBe(Infinity);
		expect(goMin(NaN, -Infinity)).toBe(-Infinity);
	});
	it('are NaN with NaN otherwise', () => {
		expect(goMax(NaN, 1)).toBeNaN();
		expect(goMin(1, NaN)).toBeNaN();
	});
});
