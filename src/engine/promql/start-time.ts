import type { Timestamp } from '#engine/model';

/**
 * What the start time of a sample says: when what it counts began to be counted. 0 where that is not known
 * (promql/functions.go, isStartTimestampReset and checkStartTimeOverlap).
 */

/**
 * Whether a counter began anew between two samples. A start time at the sample itself or after it says nothing. One at the very
 * time of the sample before marks a series of differences, which begin anew with each sample; but only when the sample before
 * has a start time as well, because a total of unknown age begins like that, too.
 */
export function isStartTimeReset(
	previousStart: Timestamp,
	previousTime: Timestamp,
	start: Timestamp,
	time: Timestamp
): boolean {
	if (start === 0 || start >= time || start < previousTime) return false;
	if (start > previousTime) return true;
	return previousStart !== 0 && previousStart < previousTime;
}

/** Whether two samples claim to count the same stretch of time, though they did not begin together: the data is odd. */
export function startTimesOverlap(
	previousStart: Timestamp,
	previousTime: Timestamp,
	start: Timestamp
): boolean {
	return start !== 0 && start < previousTime && start !== previousStart;
}

/** Whether a counter is known to have begun, at zero, inside a window and before its first sample there. */
export function beginsInside(
	start: Timestamp,
	windowStart: Timestamp,
	firstTime: Timestamp
): boolean {
	return start !== 0 && start > windowStart && start < firstTime;
}

/** Whether the start times of a row and the one before it tell of a reset in between. */
export function isResetByStartTime(
	times: Float64Array,
	startTimes: Float64Array,
	row: number
): boolean {
	return isStartTimeReset(
		startTimes[row - 1] as number,
		times[row - 1] as number,
		startTimes[row] as number,
		times[row] as number
	);
}

/** Whether some sample of the rows [start, end) claims to have counted what an earlier one had counted already. */
export function hasStartTimeOverlap(
	times: Float64Array,
	startTimes: Float64Array,
	start: number,
	end: number
): boolean {
	for (let row = start + 1; row < end; row++) {
		const overlaps = startTimesOverlap(
			startTimes[row - 1] as number,
			times[row - 1] as number,
			startTimes[row] as number
		);
		if (overlaps) return true;
	}
	return false;
}
