import { parseDuration, type Duration } from '#engine/model';
import { UsageError } from './usage-error.ts';

/** The whole number that an option was given, at most `max`. Throws a UsageError. */
export function wholeNumber(option: string, text: string, max = Infinity): number {
	const value = Number(text);
	if (/^\d+$/.test(text) && value <= max) return value;
	const bound = max === Infinity ? '' : ` from 0 to ${max}`;
	throw new UsageError(`--${option} must be a whole number${bound}, not "${text}"`);
}

/** The number above zero that an option was given, at most `max`. Throws a UsageError. */
export function positiveNumber(option: string, text: string, max: number): number {
	const value = Number(text);
	if (/^\d+(\.\d+)?$/.test(text) && value > 0 && value <= max) return value;
	throw new UsageError(`--${option} must be a number above 0, at most ${max}, not "${text}"`);
}

/** The duration that an option was given. Throws a UsageError. */
export function durationOf(option: string, text: string): Duration {
	try {
		return parseDuration(text);
	} catch {
		throw new UsageError(`--${option} must be a duration such as 15m, not "${text}"`);
	}
}

/** The duration above zero that an option was given. Throws a UsageError. */
export function positiveDurationOf(option: string, text: string): Duration {
	const duration = durationOf(option, text);
	if (duration > 0) return duration;
	throw new UsageError(`--${option} must be a duration above 0 such as 15m, not "${text}"`);
}
