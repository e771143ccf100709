import { expect, test } from 'vitest';
import { ABSENT, labels, SAMPLE, STALE } from '#engine/model';
import {
	rawSeries,
	truthBetween,
	usualInterval
} from '../../../../src/lib/xray/rate/raw-series.ts';
import { xraySeries } from '../../../../src/lib/xray/rate/world-samples.svelte.ts';

const columns = {
	labels: labels({ __name__: 'x_total', job: 'shop', method: 'GET' }),
	times: Float64Array.of(1, 2, 3, 4, 5),
	values: Float64Array.of(10, 20, 30, 40, 50),
	marks: Uint8Array.of(SAMPLE, SAMPLE, ABSENT, STALE, SAMPLE),
	start: 1,
	end: 5
};

test('of the rows of a series its samples are taken, and no markers', () => {
	const { times, values } = rawSeries(columns);
	expect([...times]).toEqual([2, 5]);
	expect([...values]).toEqual([20, 50]);
});

test('a series has the truth of the same labels, which may know fewer of them', () => {
	const truth = (method: string) => ({
		labels: labels({ job: 'shop', method }),
		values: Float64Array.of(0, 7)
	});
	const result = { type: 'matrix' as const, series: [columns] };
	const grid = { start: 0, step: 1000 };
	const [found] = xraySeries(result, [truth('POST'), truth('GET')], grid);
	expect(truthBetween(found?.truth, 0, 1000)).toBe(7);
	expect(xraySeries(result, [truth('POST')], grid)[0]?.truth).toBeUndefined();
	expect(xraySeries({ type: 'scalar', time: 0, value: 1 })).toEqual([]);
});

test('what is beyond the truth is not known', () => {
	const truth = { start: 0, step: 1000, counts: Float64Array.of(0, 2, 5) };
	expect(truthBetween(truth, 0, 2000)).toBe(5);
	expect(truthBetween(truth, 1000, 2999)).toBe(3);
	expect(truthBetween(truth, -1000, 2000)).toBeUndefined();
	expect(truthBetween(truth, 0, 3000)).toBeUndefined();
});

test('lost scrapes do not change the usual interval', () => {
	expect(usualInterval({ times: Float64Array.of(0, 15, 30, 60, 75, 105) })).toBe(15);
	expect(usualInterval({ times: new Float64Array() })).toBe(15_000);
});
