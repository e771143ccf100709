import type { Timestamp } from '#engine/model';
import type { WindowTimes } from './extrapolation.ts';

/** The rows of one window, ascending in time. */
export interface WindowRows {
	readonly times: Float64Array;
	/** Rows of the window: start <= row < end; at least one. */
	readonly start: number;
	readonly end: number;
	/** Bounds of the window: open on the left, closed on the right. */
	readonly windowStart: Timestamp;
	readonly windowEnd: Timestamp;
}

/** Where the samples of a window lie. */
export function timesOf({ times, start, end, windowStart, windowEnd }: WindowRows): WindowTimes {
	return {
		samples: end - start,
		first: times[start] as number,
		last: times[end - 1] as number,
		start: windowStart,
		end: windowEnd
	};
}
