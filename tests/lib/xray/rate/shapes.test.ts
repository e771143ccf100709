import { expect, test } from 'vitest';
import { heightOf, shapesOf, truthSpots } from '../../../../src/lib/xray/rate/shapes.ts';
import { series, windowOf } from './windows.ts';

const spot = (second: number, value: number) => ({ time: second * 1000, value });

test('a layer draws what those before it draw, and its own', () => {
	const detail = windowOf(series(15, 100, 140, 20, 60), 60, 60);
	expect(shapesOf(detail, 1)).toEqual({ lifted: [], lifts: [], extended: [], rulers: [] });
	expect(shapesOf(detail, 2).difference).toEqual([spot(15, 100), spot(60, 100), spot(60, 60)]);
	expect(shapesOf(detail, 2).lifted).toEqual([]);
	const third = shapesOf(detail, 3);
	expect(third.lifted.map(({ value }) => value)).toEqual([100, 140, 160, 200]);
	expect(third.lifts).toEqual([{ added: 140, piece: [spot(45, 20), spot(45, 160)] }]);
	expect(third.extended).toEqual([]);
	const { difference, lifted, lifts } = third;
	expect(shapesOf(detail, 4)).toMatchObject({ difference, lifted, lifts });
});

test('what is extrapolated goes on as steeply, to the bounds of the window', () => {
	const { extended, rulers, wedge } = shapesOf(windowOf(series(15, 50, 65, 80, 95), 60, 64), 4);
	expect(extended).toEqual([
		[spot(4, 39), spot(15, 50)],
		[spot(60, 95), spot(64, 99)]
	]);
	expect(rulers.map(([, { time }]) => time)).toEqual([15_000 - 16_500, 60_000 + 16_500]);
	expect(wedge).toBeUndefined();
});

test('beyond a gap that is too long, half a distance is drawn', () => {
	const { extended } = shapesOf(windowOf(series(15, 100, 115), 120, 100), 4);
	expect(extended).toEqual([
		[spot(7.5, 92.5), spot(15, 100)],
		[spot(30, 115), spot(37.5, 122.5)]
	]);
});

test('where a counter would have been below zero, there is a wedge', () => {
	const detail = windowOf(series(15, 5, 35, 65), 60, 60);
	expect(shapesOf(detail, 4).wedge).toEqual([spot(12.5, 0), spot(0, 0), spot(0, -25)]);
});

test('only a wedge that can be seen makes room below zero', () => {
	const raw = series(15, 5, 35, 65);
	const shapes = shapesOf(windowOf(raw, 60, 60), 4);
	expect(heightOf(raw, shapes, [], [0, 60_000])).toEqual([-25, 65 + 30]);
	const high = series(15, 5, 35, 65, 90_000);
	expect(heightOf(high, shapes, [], [0, 60_000])).toEqual([0, 90_000]);
});

test('the truth is a line through the first sample of the window', () => {
	const raw = series(15, 50, 65);
	const truth = { start: 0, step: 1000, counts: Float64Array.from({ length: 61 }, (_, i) => i) };
	const spots = truthSpots(truth, windowOf(raw, 30, 31), raw);
	expect(spots[0]).toEqual(spot(1, 36));
	expect(spots.find(({ time }) => time === 15_000)?.value).toBe(50);
	expect(spots.at(-1)).toEqual(spot(31, 66));
});

test('of what was before a restart, the truth does not go below zero', () => {
	const raw = series(15, 5, 20);
	const truth = { start: 0, step: 1000, counts: Float64Array.from({ length: 61 }, (_, i) => i) };
	expect(truthSpots(truth, windowOf(raw, 30, 30), raw)[0]).toEqual(spot(10, 0));
	expect(truthSpots(undefined, windowOf(raw, 30, 30), raw)).toEqual([]);
});
