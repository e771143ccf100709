import { describe, expect, it } from 'vitest';
import { emptyHistogram } from '#engine/model';
import type { RangeResult } from '#engine/promql';
import { measuredSeries } from '../../../src/routes/sandbox/chart-series.ts';

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
