import { MINUTE, SECOND, type Timestamp } from '#engine/model';

/** When a query is asked: at `start` alone when `step` is 0, else from there to `end`. Milliseconds. */
export interface Asking {
	readonly start: Timestamp;
	readonly end: Timestamp;
	readonly step: number;
}

/**
 * Moments of a life of twenty minutes, from its beginning: before the first scrape, between scrapes, at them, when it ends, and after
 * that until nothing is left to be seen.
 */
const INSTANTS = [
	0,
	10 * SECOND,
	17.5 * SECOND,
	MINUTE,
	5 * MINUTE,
	6.5 * MINUTE + 1,
	8 * MINUTE + 20 * SECOND,
	10 * MINUTE,
	13.25 * MINUTE,
	17 * MINUTE + 999,
	20 * MINUTE,
	24 * MINUTE,
	26 * MINUTE
];

/** Ranges over the whole of it. */
const RANGES: readonly Asking[] = [
	{ start: -MINUTE, end: 26 * MINUTE, step: 15 * SECOND },
	{ start: 0, end: 20 * MINUTE, step: MINUTE },
	{ start: 3 * SECOND + 7, end: 22 * MINUTE, step: 7 * SECOND + 300 }
];

/** All askings, at moments since the epoch, of a life that began then. */
export function askingsFrom(begin: Timestamp): Asking[] {
	return [...INSTANTS.map((at) => ({ start: at, end: at, step: 0 })), ...RANGES].map(
		({ start, end, step }) => ({ start: begin + start, end: begin + end, step })
	);
}

/** A query, and when it is asked. */
export interface AskedQuery extends Asking {
	readonly query: string;
}

/** The asked query as whoever looks for a failure reads it. */
export function describeAsked({ query, start, end, step }: AskedQuery): string {
	const from = new Date(start).toISOString();
	if (step === 0) return `${query}  at ${from}`;
	return `${query}  from ${from} to ${new Date(end).toISOString()} every ${step / SECOND} s`;
}
