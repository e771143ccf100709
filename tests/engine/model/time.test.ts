import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	DAY,
	formatDuration,
	HOUR,
	MINUTE,
	parseDuration,
	SECOND,
	WEEK,
	YEAR
} from '#engine/model';

describe('parseDuration', () => {
	it.each([
		['0', 0],
		['0s', 0],
		['15s', 15 * SECOND],
		['1m30s', 90 * SECOND],
		['1h2m3s4ms', HOUR + 2 * MINUTE + 3 * SECOND + 4],
		['1y2w3d', YEAR + 2 * WEEK + 3 * DAY],
		['90d', 90 * DAY],
		['292y', 292 * YEAR]
	])('reads %s', (text, expected) => expect(parseDuration(text)).toBe(expected));

	it.each([
		['', 'empty duration string'],
		['1', 'not a valid duration string: "1"'],
		['m', 'not a valid duration string: "m"'],
		['-1m', 'not a valid duration string: "-1m"'],
		['1m1', 'not a valid duration string: "1m1"'],
		['1m1h', 'not a valid duration string: "1m1h"'],
		['1m1m', 'not a valid duration string: "1m1m"'],
		['1.5h', 'unknown unit "." in duration "1.5h"'],
		['5x3', 'unknown unit "x" in duration "5x3"'],
		['1 h', 'unknown unit " h" in duration "1 h"'],
		['300y', 'duration out of range']
	])('refuses %j in the words of Prometheus', (text, message) => {
		expect(() => parseDuration(text)).toThrow(new Error(message));
	});
});

describe('formatDuration', () => {
	it.each([
		[0, '0s'],
		[1, '1ms'],
		[300_000, '5m'],
		[36 * HOUR, '1d12h'],
		[8 * DAY, '8d'],
		[2 * WEEK, '2w'],
		[366 * DAY, '366d'],
		[YEAR, '1y'],
		[-90 * SECOND, '-1m30s']
	])('writes %d ms', (duration, text) => expect(formatDuration(duration)).toBe(text));

	it('writes what parseDuration reads', () => {
		fc.assert(
			fc.property(fc.nat(2 ** 40), (duration) => {
				expect(parseDuration(formatDuration(duration))).toBe(duration);
			})
		);
	});
});
