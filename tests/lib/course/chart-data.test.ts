import { expect, test } from 'vitest';
import { labels } from '#engine/model';
import {
	measuredSeries,
	predictedSeries,
	truthSeries
} from '../../../src/lib/course/chart-data.ts';

const MINUTE = 60_000;
const START = 1_000 * MINUTE;
const grid = { start: START, step: MINUTE, count: 8 };
const steps = Array.from({ length: grid.count }, (_, i) => i);

/** A ramp of 10 a minute that is known up to some step. */
const [ramp] = measuredSeries({
	type: 'matrix',
	grid,
	series: [
		{
			labels: labels({ job: 'shop' }),
			values: Float64Array.from(steps, (i) => i * 10),
			present: Uint8Array.from(steps, (i) => Number(i <= 4))
		}
	]
});

function checkPrediction(slope: number, expected: number[]) {
	const turn = { kind: 'turn' as const, from: 5 * MINUTE, to: 7 * MINUTE, slope };
	const line = predictedSeries(ramp!, grid, turn, [START, START + 10 * MINUTE]);
	expect([...(line?.times ?? [])]).toEqual([5, 7, 10].map((minute) => START + minute * MINUTE));
	expect([...(line?.values ?? [])].map(Math.round)).toEqual(expected);
}

test('who expects no change expects the same ramp', () => checkPrediction(1, [50, 70, 100]));
test('who expects a stop expects a flat stretch', () => checkPrediction(0, [50, 50, 80]));
test('who expects half the pace expects half the climb', () => checkPrediction(0.5, [50, 60, 90]));
test('who expects a fall expects it to go on from below', () =>
	checkPrediction(-0.5, [50, 40, 70]));

test('too short a line is not gone on from', () => {
	const point = { ...ramp!, present: Uint8Array.from(steps, (i) => Number(i === 4)) };
	const turn = { kind: 'turn' as const, from: 5 * MINUTE, to: 7 * MINUTE, slope: 1 };
	expect(predictedSeries(point, grid, turn, [START, START + 10 * MINUTE])).toBeUndefined();
});

test('where the truth has nothing to say there is nothing to draw', () => {
	const [truth] = truthSeries([{ labels: [], values: Float64Array.of(1, NaN, 3) }]);
	expect([...(truth?.present ?? [])]).toEqual([1, 0, 1]);
	expect(truth?.role).toBe('truth');
});
