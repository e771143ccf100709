import { describe, expect, it } from 'vitest';
import { emptyHistogram } from '#engine/model';
import type { RangeResult } from '#engine/promql';
import { measuredSeries, undrawable } from '../../../src/routes/sandbox/chart-series.ts';

describe('measuredSeries', () => {
	it('draws only the numbers of a series with histograms', () => {
		const histogram = emptyHistogram();
		const result: RangeResult = {
			type: 'matrix',
			grid: { start: 0, step: 1000, count: 3 },
			series: [
				{
					labels: [],
					values: Float64Array.of(1, NaN, 3),
					present: Uint8Array.of(1, 1, 0),
					histograms: [undefined, histogram, undefined]
				}
			]
		};
		expect(measuredSeries(result)[0]?.present).toEqual(Uint8Array.of(1, 0, 0));
	});
});

describe('undrawable', () => {
	const resultOf = (...values: number[]): RangeResult => ({
		type: 'matrix',
		grid: { start: 0, step: 1000, count: values.length },
		series: [
			{
				labels: [],
				values: Float64Array.from(values),
				present: Uint8Array.from(values, () => 1)
			}
		]
	});

	it.each([
		[[Infinity, Infinity], '+Inf'],
		[[-Infinity], '-Inf'],
		[[NaN, Infinity], '+Inf or NaN']
	])('says of %j that all values are %s', (values, what) => {
		expect(undrawable(resultOf(...values))).toContain(`All values are ${what},`);
	});

	it.each([[[NaN, 1]], [[]]])('has nothing to say of %j', (values) => {
		expect(undrawable(resultOf(...values))).toBeUndefined();
	});
});
