import { describe, expect, it } from 'vitest';
import { goMax, goMin } from '../../../src/engine/promql/go-number.ts';

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
