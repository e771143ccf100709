import { readInstant } from '#engine/api';
import { DAY, type Duration, type Timestamp } from '#engine/model';
import { durationOf, wholeNumber } from './numbers.ts';
import type { WorldChoice } from './options.ts';
import { UsageError } from './usage-error.ts';
import type { WorldOptions } from './world.ts';

/** A month takes half an hour, and of all that only the last hours are kept. */
const LONGEST_LIFE: Duration = 31 * DAY;

/** What can be counted in nanoseconds: until the year 2262. */
const LAST_BEGINNING: Timestamp = 9_223_372_036_000;

/** Which world is to live, how long, and from when. Throws a UsageError. */
export function readWorldChoice(
	options: WorldChoice,
	otherwise: Duration
): Omit<WorldOptions, 'queryOptions'> {
	const { world = 'shop', app, seed = '1', config } = options;
	const until = options.until === undefined ? otherwise : lifeOf(options.until);
	return {
		world,
		app,
		seed: wholeNumber('seed', seed),
		until,
		config,
		start: options.begin === undefined ? undefined : beginning(options.begin, until)
	};
}

function lifeOf(text: string): Duration {
	const until = durationOf('until', text);
	if (until <= LONGEST_LIFE) return until;
	throw new UsageError(
		`--until is at most 31d, not "${text}": a world lives a month in half an hour, and keeps the last hours only`
	);
}

/** When a world begins that is to live so long: `now` is where it ends, so that it has a past for whoever asks about the last minutes. */
function beginning(text: string, until: Duration): Timestamp {
	if (text === 'now') return Date.now() - until;
	const time = readInstant({ time: text }, -1);
	if (time.status === 'success' && time.data >= 0 && time.data <= LAST_BEGINNING) return time.data;
	throw new UsageError(
		`--begin must be now or a time such as 2026-01-05T09:00:00Z, from 1970 to 2262, not "${text}"`
	);
}
