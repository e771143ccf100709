import type { Duration, Timestamp } from '#engine/model';
import type { QueryRange } from '#engine/promql';
import { answer, ApiError, invalidParameter, success } from './api-error.ts';
import type { ApiResponse, QueryParams, QueryRangeParams } from './api.ts';
import { optionalTime, requiredDuration, requiredTime } from './time-parameter.ts';

/** Enough for a week by the minute or a year by the hour (web/api/v1, queryRange). */
const MAX_STEPS = 11_000;

type InstantParams = Omit<QueryParams, 'query'>;
type RangeParams = Omit<QueryRangeParams, 'query'>;

/** The moment that parameters ask about, now unless they say; or what is wrong with them, as a query would answer. */
export function readInstant(params: InstantParams, now: Timestamp): ApiResponse<Timestamp> {
	return answer(() => success(instantOf(params, now)));
}

/** The range that parameters ask about, or what is wrong with them, as a range query would answer. */
export function readRange(params: RangeParams): ApiResponse<QueryRange> {
	return answer(() => success(rangeOf(params)));
}

/** The moment of an instant query. Throws an ApiError. */
export function instantOf({ time }: InstantParams, now: Timestamp): Timestamp {
	return optionalTime('time', time, now);
}

/** The range of a range query. Throws an ApiError. */
export function rangeOf(params: RangeParams): QueryRange {
	const start = requiredTime('start', params.start);
	const end = requiredTime('end', params.end);
	if (end < start) throw invalidParameter('end', 'end timestamp must not be before start time');
	return { start, end, step: stepOf(params.step, end - start) };
}

/** The step in whole milliseconds, which is what the engine counts in. */
function stepOf(text: string, range: Duration): Duration {
	const step = requiredDuration('step', text);
	if (!(step >= 1)) {
		throw invalidParameter(
			'step',
			'zero or negative query resolution step widths are not accepted. Try a positive integer'
		);
	}
	if (Math.floor(range / step) > MAX_STEPS) {
		throw new ApiError(
			'bad_data',
			'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)'
		);
	}
	return Math.floor(step);
}
