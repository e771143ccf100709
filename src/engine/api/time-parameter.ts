import { parseDuration, parseFloatGo, quote, type Duration, type Timestamp } from '#engine/model';
import { invalidParameter } from './api-error.ts';

/** One more than the largest 64-bit integer, in which Go's time.Duration counts nanoseconds. */
const END_OF_INT64 = 2 ** 63;

/** The ends of time that clients may send for "everything" (web/api/v1, MinTime and MaxTime). */
const ENDS_OF_TIME: ReadonlyMap<string, Timestamp> = new Map([
	['-292273086-05-16T16:47:06Z', -9_223_309_901_257_974_000],
	['292277025-08-18T07:12:54.999999999Z', 9_223_309_901_257_975_000]
]);

/** Reads a required time: Unix seconds or RFC 3339, to the millisecond. Throws an ApiError that names the parameter. */
export function requiredTime(name: string, text: string): Timestamp {
	const time = parseTime(text);
	if (time === undefined) throw invalidParameter(name, unparsable(text, 'timestamp'));
	return time;
}

/** Reads a time that may be left out. Throws an ApiError that names the parameter. */
export function optionalTime(
	name: string,
	text: string | undefined,
	otherwise: Timestamp
): Timestamp {
	if (text === undefined || text === '') return otherwise;
	const time = parseTime(text);
	if (time !== undefined) return time;
	// Prometheus words this one differently from a required time (web/api/v1, parseTimeParam).
	throw invalidParameter(
		name,
		`invalid time value for '${name}': ${unparsable(text, 'timestamp')}`
	);
}

/**
 * Reads a length of time: seconds or a duration such as `1m30s`. In ms, with the fraction that Prometheus keeps, whole nanoseconds.
 * Throws an ApiError that names the parameter.
 */
export function requiredDuration(name: string, text: string): Duration {
	return durationOf(text, (problem) => invalidParameter(name, problem));
}

/** Reads a length of time likewise. What is wrong with it goes to `fail`, because not all endpoints word it the same way. */
export function durationOf(text: string, fail: (problem: string) => Error): Duration {
	const seconds = parseFloatGo(text);
	// Digits too large for a float are no number to Prometheus, while `Inf` is one that overflows.
	if (seconds === undefined || (!Number.isFinite(seconds) && /\d/.test(text))) {
		return wordedDuration(text, fail);
	}
	const nanoseconds = seconds * 1e9;
	if (nanoseconds > END_OF_INT64 || nanoseconds < -END_OF_INT64) {
		throw fail(`${unparsable(text, 'duration')}. It overflows int64`);
	}
	return Math.trunc(nanoseconds) / 1e6;
}

function wordedDuration(text: string, fail: (problem: string) => Error): Duration {
	try {
		return parseDuration(text);
	} catch {
		throw fail(unparsable(text, 'duration'));
	}
}

function unparsable(text: string, kind: 'timestamp' | 'duration'): string {
	return `cannot parse ${quote(text)} to a valid ${kind}`;
}

function parseTime(text: string): Timestamp | undefined {
	const seconds = parseFloatGo(text);
	if (seconds === undefined) return parseRfc3339(text) ?? ENDS_OF_TIME.get(text);
	// Digits too large for a float are no number to Go, while `NaN` and `Inf` are.
	return !Number.isFinite(seconds) && /\d/.test(text) ? undefined : fromSeconds(seconds);
}

/** What Go on amd64 makes of seconds that are not finite: the smallest 64-bit integer, and as many nanoseconds, wrapped around. */
export const NOT_FINITE: Timestamp = -9_223_372_036_855;

/** Whole seconds and the fraction are rounded apart, as Prometheus does (web/api/v1, parseTime). */
function fromSeconds(seconds: number): Timestamp {
	if (!Number.isFinite(seconds)) return NOT_FINITE;
	const size = Math.trunc(seconds);
	const whole = Math.abs(size) < END_OF_INT64 ? size : -END_OF_INT64;
	const fraction = seconds - size;
	return whole * 1000 + Math.sign(fraction) * Math.round(Math.abs(fraction) * 1000);
}

const RFC3339 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

function parseRfc3339(text: string): Timestamp | undefined {
	const match = RFC3339.exec(text);
	if (!match) return undefined;
	const [, civil = '', fraction = '', sign = '+', hours = '0', minutes = '0'] = match;
	const utc = Date.parse(`${civil}Z`);
	// Date.parse takes February 30 and 24:00 for the day after; Go refuses both.
	if (Number.isNaN(utc) || !new Date(utc).toISOString().startsWith(civil)) return undefined;
	if (Number(hours) > 24 || Number(minutes) > 60) return undefined;
	const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
	return utc + Number(fraction.slice(0, 3).padEnd(3, '0')) - offset;
}
