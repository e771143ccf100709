import { expect, test } from 'vitest';
import {
	constantFactor,
	hasSameSeries,
	highest,
	isAnySample,
	labelNamesOfAnswer,
	labelValuesOf
} from '../../../src/lib/course/query-kit.ts';
import { answer, failure, world } from './answers.ts';

const two = answer([{ method: 'GET', job: 'shop' }, [1, 2]], [{ method: 'POST' }, [3, undefined]]);

test('label names and values are told once and sorted; an error has none', () => {
	expect(labelNamesOfAnswer(two)).toEqual(['job', 'method']);
	expect(labelValuesOf(two, 'method')).toEqual(['GET', 'POST']);
	expect(labelValuesOf(two, 'job')).toEqual(['shop']);
	expect(labelNamesOfAnswer(failure('no'))).toEqual([]);
});

test('the highest value leaves out what is not there', () => {
	expect(highest(two)).toBe(3);
	expect(highest(answer([{}, [NaN, 2, undefined]]))).toBe(2);
	expect(highest(answer())).toBeNaN();
});

test('the same series are the same label sets', () => {
	expect(hasSameSeries(world(two, two))).toBe(true);
	expect(hasSameSeries(world(answer([{ method: 'GET', job: 'shop' }, [9]]), two))).toBe(false);
	expect(hasSameSeries(world(two, answer([{ method: 'POST' }, [1]])))).toBe(false);
});

test('a constant factor is the same everywhere, or there is none', () => {
	const reference = answer([{}, [1, 2, 0, undefined]]);
	expect(constantFactor(world(answer([{}, [60, 120, 5, 7]]), reference))).toBe(60);
	expect(constantFactor(world(answer([{}, [60, 121, 0, 7]]), reference))).toBeUndefined();
	expect(constantFactor(world(two, reference))).toBeUndefined();
	expect(constantFactor(world(answer([{}, [5]]), answer([{}, [0]])))).toBeUndefined();
});

test('a sample is looked for among those that are there', () => {
	expect(isAnySample(two, (value) => value > 2)).toBe(true);
	expect(isAnySample(two, Number.isNaN)).toBe(false);
});
