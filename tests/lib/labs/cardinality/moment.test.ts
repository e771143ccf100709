import { describe, expect, it } from 'vitest';
import { forecast } from '$lib/labs/cardinality/forecast.ts';
import { START } from '$lib/labs/cardinality/knobs.ts';
import {
	appendPace,
	growth,
	MOST_MOMENTS,
	withMoment,
	type Moment
} from '$lib/labs/cardinality/moment.ts';
import type { Scrape } from '$lib/labs/cardinality/scrapes.ts';

const MINUTE = 60_000;

function moment(at: number, liveSeries: number): Moment {
	const counted = { headSeries: liveSeries, liveSeries, headBytes: 0, pageBytes: liveSeries * 100 };
	return { at, ...counted, render: undefined, store: undefined, queries: [] };
}

function grown(minutes: number, perMinute: number): readonly Moment[] {
	return Array.from({ length: minutes + 1 }, (_, i) => moment(i * MINUTE, i * perMinute));
}

/** A scrape every minute, of no duration. */
function stored(from: number, to: number, isUp = true): readonly Scrape[] {
	return Array.from({ length: to - from + 1 }, (_, i) => {
		const at = (from + i) * MINUTE;
		return { at, last: at, isUp, duration: 0, samples: isUp ? 1000 : 0 } as Scrape;
	});
}

describe('a history of moments', () => {
	it('has one moment for a time, the last', () => {
		const history = withMoment(withMoment([], moment(1, 10)), moment(1, 11));
		expect(history.map(({ liveSeries }) => liveSeries)).toEqual([11]);
	});

	it('never grows without end, stays in order, and keeps what is new', () => {
		let history: readonly Moment[] = [];
		for (let i = 0; i < 5 * MOST_MOMENTS; i++) history = withMoment(history, moment(i, i));
		expect(history.length).toBeLessThanOrEqual(MOST_MOMENTS + 1);
		expect(history.every((one, i) => i === 0 || one.at > (history[i - 1] as Moment).at)).toBe(true);
		expect(history.slice(-100).map(({ at }) => at)).toEqual(
			Array.from({ length: 100 }, (_, i) => 5 * MOST_MOMENTS - 100 + i)
		);
	});

	it('grows as in its last five minutes', () => {
		expect(growth(grown(20, 300), stored(0, 20))).toBeCloseTo(300);
		expect(
			growth(
				[...grown(20, 300), ...grown(6, 0).map((one) => ({ ...one, at: one.at + 21 * MINUTE }))],
				stored(0, 27)
			)
		).toBe(0);
		expect(growth([], [])).toBe(0);
	});
});

describe('a gap in which scrapes failed', () => {
	const scrapes = [...stored(0, 9), ...stored(10, 19, false), ...stored(20, 22)];
	const lived = (at: number) => (at < 10 ? at * 100 : at < 20 ? 5 : at * 100);
	const history = Array.from({ length: 23 }, (_, i) => moment(i * MINUTE, lived(i)));

	it('is no growth when it is caught up with', () => {
		expect(growth(history, scrapes)).toBeCloseTo(100);
	});

	it('leaves the growth of the scrapes before it while it lasts', () => {
		expect(growth(history.slice(0, 15), scrapes.slice(0, 15))).toBeCloseTo(100);
	});

	it('is not taken for a fast append', () => {
		const timed = history.map((one) => ({ ...one, store: one.liveSeries === 5 ? 0.001 : 10 }));
		expect(appendPace(timed, scrapes)).toBe(100_000);
		expect(appendPace(timed.slice(0, 15), scrapes.slice(0, 15))).toBe(100_000);
		expect(appendPace(timed.slice(10, 15), scrapes.slice(0, 15))).toBeUndefined();
	});
});

describe('forecast()', () => {
	const LIMIT = START;

	it('says when a server may be killed, and when it surely is', () => {
		const found = forecast(grown(10, 1000), stored(0, 10), LIMIT);
		expect(found?.growth).toBeCloseTo(1000);
		expect(found?.mayDieIn).toBeCloseTo(57.1, 1);
		expect(found?.diesIn).toBeCloseTo(258.4, 1);
		expect(found?.to.series).toBeGreaterThan(268_435);
	});

	it('goes on from what is there: a page of so many bytes a series, at the pace of the service', () => {
		const found = forecast(grown(10, 1000), stored(0, 10), LIMIT);
		expect(found?.from).toEqual({ at: 600_000, series: 10_000, pageBytes: 1_000_000, duration: 1 });
	});

	it('says nothing where nothing grows', () => {
		expect(forecast([moment(0, 50), moment(MINUTE, 50)], stored(0, 1), LIMIT)).toBeUndefined();
		expect(forecast([], [], LIMIT)).toBeUndefined();
	});
});
