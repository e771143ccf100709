import { expect, test } from 'vitest';
import type { LabEvent } from '#engine/lab';
import type { Fault } from '#engine/sim';
import { affine } from '$lib/charts/trace.ts';
import {
	cutsOf,
	heightOf,
	minutesOf,
	NOTHING_PULLED,
	pullRows,
	pullSentence,
	ratePath,
	type PullData
} from '$lib/course/instruments/pull.ts';

const START = Date.UTC(2026, 0, 5, 9);
const pulled: PullData = {
	rate: [
		{ at: START + 5_000, value: 49.6 },
		{ at: START + 10_000, value: 52.2 }
	],
	scrapes: [{ at: START + 4_100, requests: 1204 }, { at: START + 9_100 }],
	bytes: 236
};

test('the sentence says what truly happened, and what was asked and answered', () => {
	expect(pullSentence(pulled)).toBe(
		'From 09:00:00 to 09:00:10 the shop truly answered between 50 and 52 requests a second. Prometheus asked 2 times and was answered once, last at 09:00:04 with 236 bytes, which said 1,204 requests.'
	);
	expect(pullSentence({ ...pulled, scrapes: [{ at: START + 1 }] })).toMatch(
		/asked once and was answered 0 times\.$/
	);
	expect(pullSentence(NOTHING_PULLED)).toContain('Nothing has been asked yet.');
});

test('the table has a row for each scrape, also for those that brought nothing', () => {
	expect(pullRows(pulled)).toEqual([
		['09:00:04', 'answered', '1,204'],
		['09:00:09', 'no answer', '']
	]);
});

test('the axis goes as high as the count will come when it goes on so', () => {
	expect(heightOf([{ at: 100, requests: 50 }, { at: 200 }], [0, 1000])).toBe(500);
	expect(heightOf([{ at: 200 }], [0, 1000])).toBe(1);
});

test('a way is cut from its moment on, as far as time has come, in the words of the log', () => {
	const out: Fault = { kind: 'outbound-cut', at: 100, for: 50 };
	const lost: Fault = { kind: 'lost-scrape', at: 200, for: 50 };
	const burst: Fault = { kind: 'error-burst', at: 0, for: 500, share: 1 };
	const events: LabEvent[] = [{ at: 100, kind: 'fault', label: 'the service can call nobody' }];
	expect(cutsOf([burst, out, lost], events, 99)).toEqual([]);
	expect(cutsOf([burst, out, lost], events, 120)).toEqual([
		{ way: 'out', from: 100, to: 120, label: 'the service can call nobody' }
	]);
	expect(cutsOf([out, lost], events, 900).map(({ way, to }) => [way, to])).toEqual([
		['out', 150],
		['in', 250]
	]);
});

test('the rate is drawn in steps that end at their moments', () => {
	const x = affine([0, 10_000], [0, 100]);
	const y = affine([0, 10], [10, 0]);
	const rate = [
		{ at: 5_000, value: 4 },
		{ at: 10_000, value: 0 }
	];
	expect(ratePath(rate, x, y)).toBe('M0.0,6.0H50.0L50.0,10.0H100.0');
	expect(ratePath([], x, y)).toBe('');
});

test('below the figure stand as many minutes as there is room for', () => {
	const minutes = (room: number) => minutesOf([0, 480_000], room).map((at) => at / 60_000);
	expect(minutes(8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
	expect(minutes(4)).toEqual([0, 2, 4, 6, 8]);
	expect(minutes(2)).toEqual([0, 5]);
	expect(minutes(0)).toEqual([0, 8]);
});
