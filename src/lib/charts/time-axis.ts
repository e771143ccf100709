import { scaleUtc, utcFormat } from 'd3';
import type { Duration, Timestamp } from '#engine/model';
import type { TimeRange } from './series.ts';

/** A tick of the time axis. */
export interface TimeTick {
	readonly at: Timestamp;
	readonly text: string;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

const milliseconds = utcFormat('%H:%M:%S.%L');
const seconds = utcFormat('%H:%M:%S');
const minutes = utcFormat('%H:%M');
const day = utcFormat('%-d %b');
const dayAndMinutes = utcFormat('%-d %b %H:%M');

/**
 * A moment of the virtual clock, in UTC, as exactly as steps of this length need: `09:15`, `09:15:05`, `09:15:05.250`.
 */
export function formatTime(at: Timestamp, step: Duration = SECOND): string {
	const time = new Date(at);
	if (step % SECOND !== 0 || at % SECOND !== 0) return milliseconds(time);
	return step % MINUTE === 0 && at % MINUTE === 0 ? minutes(time) : seconds(time);
}

/** The ends of a range, equally exact; with their days when the range spans more than one. */
export function formatRange([from, to]: TimeRange): readonly [string, string] {
	if (Math.floor(from / DAY) !== Math.floor(to / DAY)) {
		return [dayAndMinutes(new Date(from)), dayAndMinutes(new Date(to))];
	}
	const step = from % MINUTE === 0 && to % MINUTE === 0 ? MINUTE : SECOND;
	const write = step === MINUTE ? minutes : seconds;
	return [write(new Date(from)), write(new Date(to))];
}

/** Round moments within the range, about `count` of them; midnight is written as its day. */
export function timeTicks([from, to]: TimeRange, count: number): TimeTick[] {
	if (!(to > from)) return [{ at: from, text: formatTime(from) }];
	const at = scaleUtc().domain([from, to]).ticks(count).map(Number);
	const step = (at[1] ?? to) - (at[0] ?? from);
	return at.map((time) => ({ at: time, text: tickText(time, step) }));
}

function tickText(at: Timestamp, step: Duration): string {
	if (at % DAY === 0 && step >= MINUTE) return day(new Date(at));
	if (step >= DAY) return day(new Date(at));
	return formatTime(at, step);
}
