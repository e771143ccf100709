import { quote } from '#engine/model';
import { isWordUnit } from './number-literal.ts';

/**
 * Durations in query text, which are numbers of seconds: where they end (promql/parser/lex.go, acceptRemainingDuration)
 * and what they are worth (common/model, ParseDuration).
 */

/** A unit, then counts and units; digits at the end that no unit follows are caught. Years only come first. */
const UNITS_AND_COUNTS = /[smhdwy]s?(?:\d+[smhdw]s?)*(\d*)/y;

/** Where the duration ends that `scanNumber` gave up on at `from`; the complement (negative) if it is none. */
export function scanDuration(text: string, from: number): number {
	UNITS_AND_COUNTS.lastIndex = from;
	const match = UNITS_AND_COUNTS.exec(text);
	if (!match) return ~from;
	const end = from + match[0].length;
	if (match[1] !== '') return ~end;
	return isWordUnit(text.charCodeAt(end)) ? ~(end + 1) : end;
}

/** Milliseconds in each unit, in the one order that a duration may name them. */
const UNITS: ReadonlyMap<string, { readonly rank: number; readonly milliseconds: number }> =
	new Map(
		[
			['y', 365 * 86_400_000],
			['w', 7 * 86_400_000],
			['d', 86_400_000],
			['h', 3_600_000],
			['m', 60_000],
			['s', 1000],
			['ms', 1]
		].map(([unit, milliseconds], i) => [
			unit as string,
			{ rank: i + 1, milliseconds: milliseconds as number }
		])
	);

/** Prometheus counts nanoseconds in an int64: 292 years. */
export const LONGEST_DURATION_SECONDS = 2 ** 63 / 1e9;

/** A duration in seconds, or the reason why the text is none, in Prometheus' words (common/model, ParseDuration). */
export type DurationOutcome = { readonly seconds: number } | { readonly error: string };

/** Reads a duration literal such as `1h30m`: units largest first, each at most once, whole numbers. */
export function parseDurationLiteral(text: string): DurationOutcome {
	let milliseconds = 0;
	let lastRank = 0;
	let rest = text;
	while (rest !== '') {
		const part = /^(\d+)([^\d]+)/.exec(rest);
		if (!part) return malformed(text);
		const [all, count = '', name = ''] = part;
		const unit = UNITS.get(name);
		if (Number(count) >= 2 ** 64) return malformed(text);
		if (!unit) return { error: `unknown unit ${quote(name)} in duration ${quote(text)}` };
		if (unit.rank <= lastRank) return malformed(text);
		lastRank = unit.rank;
		milliseconds += Number(count) * unit.milliseconds;
		if (milliseconds / 1000 >= LONGEST_DURATION_SECONDS) return { error: 'duration out of range' };
		rest = rest.slice(all.length);
	}
	// Go's Duration.Seconds adds the parts, which can differ from the quotient in the last bit.
	return { seconds: Math.floor(milliseconds / 1000) + (milliseconds % 1000) / 1000 };
}

function malformed(text: string): DurationOutcome {
	return { error: `not a valid duration string: ${quote(text)}` };
}

/**
 * The milliseconds of a literal. Prometheus counts nanoseconds, and evaluation cuts off what is not whole milliseconds
 * (promql/engine.go, durationMilliseconds).
 */
export function literalMilliseconds(seconds: number): number {
	return Math.trunc(Math.round(seconds * 1e9) / 1e6) || 0;
}
