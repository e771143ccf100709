import { expect, test } from 'vitest';
import { gridTimes } from '../../../../src/lib/charts/series.ts';
import { sweepGrid, sweepSeries } from '../../../../src/lib/xray/rate/sweep-chart.ts';
import { XrayView, type XraySeries } from '../../../../src/lib/xray/rate/xray-view.svelte.ts';
import { series } from './windows.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** A counter of one a second, in a stretch of 300 s that begins at an hour. */
function steady(): XraySeries {
	const raw = series(0, ...Array.from({ length: 21 }, (_, i) => i * 15));
	const counts = Float64Array.from({ length: 301 }, (_, second) => second);
	const shifted = { ...raw, times: raw.times.map((time) => time + HOUR) };
	return { raw: shifted, truth: { start: HOUR, step: SECOND, counts } };
}

const viewOf = (...all: readonly XraySeries[]) =>
	new XrayView(() => ({ series: all, domain: [HOUR, HOUR + 300 * SECOND] }), {
		at: 120 * SECOND,
		range: 60 * SECOND
	});

test('a view says what the engine says of its window, and what truly was', () => {
	const view = viewOf(steady());
	expect(view.value).toBeCloseTo(1, 12);
	expect(view.truthPerSecond).toBe(1);
	expect(view.detail?.samples.total).toBe(4);
	expect(view.interval).toBe(15 * SECOND);
	expect(view.share).toEqual({ asked: 285, answered: 285 });
});

test('a window is moved and widened in whole seconds, within the stretch', () => {
	const view = viewOf(steady());
	view.moveTo(HOUR + 100_400);
	expect(view.at).toBe(HOUR + 100 * SECOND);
	view.moveTo(HOUR + 10_000 * SECOND);
	expect(view.at).toBe(HOUR + 300 * SECOND);
	view.widen(0);
	expect(view.range).toBe(SECOND);
	expect(view.value).toBeUndefined();
	view.widen(10 * HOUR);
	expect(view.range).toBe(300 * SECOND);
});

test('beyond the present nothing is asked, and what was wanted there comes with it', () => {
	const viewAt = (seconds: number) =>
		new XrayView(
			() => ({
				series: [steady()],
				domain: [HOUR, HOUR + 300 * SECOND],
				now: HOUR + seconds * SECOND
			}),
			{ at: 120 * SECOND, range: 60 * SECOND }
		);
	expect(viewAt(100).at).toBe(HOUR + 100 * SECOND);
	const view = viewAt(200);
	expect(view.at).toBe(HOUR + 120 * SECOND);
	view.moveTo(HOUR + 290 * SECOND);
	expect(view.at).toBe(HOUR + 200 * SECOND);
});

test('the functions that are compared look at the same window', () => {
	const falling = series(0, 10, 20, 5, 15);
	const view = new XrayView(() => ({ series: [{ raw: falling }], domain: [0, 60 * SECOND] }), {
		at: 45 * SECOND,
		range: 40 * SECOND
	});
	const values = Object.fromEntries(view.compared.map(({ compared, value }) => [compared, value]));
	expect(values.increase).toBeCloseTo(40 * values.rate!, 12);
	expect(values.delta).toBeLessThan(0);
	expect(values.irate).toBe(10 / 15);
	// From 20 at 15 s, 5 and 10 more after the fall; anchored at the sample of 10 before the window.
	expect(values['rate anchored']).toBe((15 - 10 + 20) / 40);
	expect(values['rate smoothed']).toBeGreaterThan(0);
});

test('without samples there is nothing, and nothing throws', () => {
	const view = viewOf();
	expect(view.detail).toBeUndefined();
	expect(view.value).toBeUndefined();
	expect(view.share.asked).toBe(0);
	expect(sweepSeries(view, sweepGrid(view.domain))[0]?.present.every((one) => one === 0)).toBe(
		true
	);
});

test('a choice of a series that is gone falls back to one that is there', () => {
	const view = viewOf(steady());
	view.choose(3);
	expect(view.chosen).toBe(0);
	expect(view.value).toBeCloseTo(1, 12);
});

test('the sweep is the value of every window', () => {
	const view = viewOf(steady());
	view.beside = ['irate'];
	const grid = sweepGrid(view.domain);
	const [truth, rate, irate] = sweepSeries(view, grid);
	expect([truth?.key, rate?.key, irate?.key]).toEqual(['truth', 'rate', 'irate']);
	for (const [i, at] of gridTimes(grid).entries()) {
		if (i % 25 !== 0) continue;
		view.moveTo(at);
		expect(rate?.present[i] === 1 ? rate.values[i] : undefined).toBe(view.value);
		expect(truth?.present[i] === 1 ? truth.values[i] : undefined).toBe(view.truthPerSecond);
	}
});
