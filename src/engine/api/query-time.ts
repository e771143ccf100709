import type { Timestamp } from '#engine/model';
import { NO_STEP, rangeProblem, TOO_MANY_STEPS, type QueryRange } from '#engine/promql';
import { answer, ApiError, invalidParameter, success } from './api-error.ts';
import type { ApiResponse, QueryParams, QueryRangeParams } from './api.ts';
import { NOT_FINITE, optionalTime, requiredDuration, requiredTime } from './time-parameter.ts';

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
	return inNanoseconds(optionalTime('time', time, now));
}

/** The engine counts in 64 bits of nanoseconds, and after 292 years begins anew (promql/engine.go, timeMilliseconds). */
function inNanoseconds(time: Timestamp): Timestamp {
	if (Math.abs(time) <= LAST_COUNTED) return time;
	if (time === NOT_FINITE) return -LAST_COUNTED;
	const wrapped = BigInt.asIntN(64, BigInt(Math.trunc(time)) * NANOSECONDS);
	return Number(wrapped / NANOSECONDS);
}

/** Nanoseconds of a millisecond. */
const NANOSECONDS = 1_000_000n;
const LAST_COUNTED = 9_223_372_036_854;

/** The range of a range query. Throws an ApiError. */
export function rangeOf(params: RangeParams): QueryRange {
	const start = requiredTime('start', params.start);
	const end = requiredTime('end', params.end);
	if (end < start) throw invalidParameter('end', 'end timestamp must not be before start time');
	const step = requiredDuration('step', params.step);
	if (!(step >= 1)) throw invalidParameter('step', NO_STEP);
	const range = { start, end, step };
	if (rangeProblem(range)) throw new ApiError('bad_data', TOO_MANY_STEPS);
	// Whole milliseconds, which is what the engine counts in.
	return { ...range, step: Math.floor(step) };
}
