import type { Duration, Timestamp } from '#engine/model';

/** Bounds and resolution of a range query: evaluated at start, start + step, … up to end. Milliseconds. */
export interface QueryRange {
	readonly start: Timestamp;
	readonly end: Timestamp;
	readonly step: Duration;
}

/** The most steps after the first: enough for a week by the minute, or a year by the hour (web/api/v1, queryRange). */
const MAX_STEPS = 11_000;

export const NO_STEP =
	'zero or negative query resolution step widths are not accepted. Try a positive integer';
export const TOO_MANY_STEPS =
	'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)';

/** What is wrong with the bounds of a query, in Prometheus' words where it has any. An instant query has one step, of any length. */
export function rangeProblem({ start, end, step }: QueryRange): string | undefined {
	if (!Number.isFinite(start) || !Number.isFinite(end))
		return 'cannot query at a time that is no number';
	if (start === end) return undefined;
	if (!(step > 0)) return NO_STEP;
	return Math.floor((end - start) / step) > MAX_STEPS ? TOO_MANY_STEPS : undefined;
}
