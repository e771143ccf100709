import { quote } from './quote.ts';

/** Milliseconds since the Unix epoch, on the virtual clock. */
export type Timestamp = number;

/** Milliseconds. */
export type Duration = number;

export const MILLISECOND: Duration = 1;
export const SECOND: Duration = 1000;
export const MINUTE: Duration = 60 * SECOND;
export const HOUR: Duration = 60 * MINUTE;
export const DAY: Duration = 24 * HOUR;
export const WEEK: Duration = 7 * DAY;
export const YEAR: Duration = 365 * DAY;

/** Units of a Prometheus duration in the one order in which they may appear. */
const UNITS: readonly (readonly [string, Duration])[] = [
	['y', YEAR],
	['w', WEEK],
	['d', DAY],
	['h', HOUR],
	['m', MINUTE],
	['s', SECOND],
	['ms', MILLISECOND]
];

const UNIT_NAMES = UNITS.map(([name]) => name);

/** What Prometheus can hold: int64 nanoseconds, about 292 years. */
const MAX_DURATION: Duration = 2 ** 63 / 1e6;

/**
 * Reads a Prometheus duration such as `1h30m` or `0`: units largest first, each at most once, whole numbers.
 * Throws an Error worded as Prometheus words it (common/model, ParseDuration).
 */
export function parseDuration(text: string): Duration {
	if (text === '0') return 0;
	if (text === '') fail('empty duration string');
	const part = /(\d+)(\D+)/y;
	let sum = 0;
	let last = -1;
	while (part.lastIndex < text.length) {
		const [, count, unit = ''] =
			part.exec(text) ?? fail(`not a valid duration string: ${quote(text)}`);
		const at = UNIT_NAMES.indexOf(unit);
		if (at < 0) fail(`unknown unit ${quote(unit)} in duration ${quote(text)}`);
		if (at <= last) fail(`not a valid duration string: ${quote(text)}`);
		last = at;
		sum += Number(count) * (UNITS[at] as [string, Duration])[1];
		if (sum > MAX_DURATION) fail('duration out of range');
	}
	return sum;
}

function fail(message: string): never {
	throw new Error(message);
}

/**
 * Writes a duration the way Prometheus prints it: `5m`, `1h30m`, `0s`.
 * Years and weeks are used only when they divide the whole: 36h is `1d12h`, but 8d is `8d`, not `1w1d`.
 */
export function formatDuration(duration: Duration): string {
	if (duration === 0) return '0s';
	let rest = Math.abs(duration);
	let text = duration < 0 ? '-' : '';
	for (const [unit, size] of UNITS) {
		const exact = unit === 'y' || unit === 'w';
		if (exact && rest % size !== 0) continue;
		const count = Math.floor(rest / size);
		if (count > 0) text += `${count}${unit}`;
		rest -= count * size;
	}
	return text;
}
