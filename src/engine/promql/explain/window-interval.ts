import { DAY, formatDuration, type Timestamp } from '#engine/model';

/**
 * A window, open on the left: `(09:15:00, 09:16:00]`. Of one that is longer than a day its length and its end, since a time of day
 * alone does not tell where it begins.
 */
export function windowInterval(
	{ windowStart, windowEnd }: { readonly windowStart: Timestamp; readonly windowEnd: Timestamp },
	time: (at: Timestamp) => string
): string {
	const range = windowEnd - windowStart;
	return range < DAY
		? `(${time(windowStart)}, ${time(windowEnd)}]`
		: `the ${formatDuration(range)} up to ${time(windowEnd)}`;
}
