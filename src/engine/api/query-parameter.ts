import { quote, type Duration } from '#engine/model';
import type { QueryOptions } from '#engine/promql';
import { ApiError } from './api-error.ts';
import type { QueryWishes } from './api.ts';
import { optionalLimit } from './count-parameter.ts';
import { durationOf, requiredDuration } from './time-parameter.ts';

/** Reads how long a query may take; nothing when it does not say. Throws an ApiError. */
export function timeoutOf({ timeout }: QueryWishes): Duration | undefined {
	return timeout ? requiredDuration('timeout', timeout) : undefined;
}

/** Reads how far back selectors look; nothing, and so what is usual, when it does not say or says none. Throws an ApiError. */
export function lookbackOf({ lookbackDelta }: QueryWishes): Pick<QueryOptions, 'lookback'> {
	if (!lookbackDelta) return {};
	const lookback = durationOf(
		lookbackDelta,
		(problem) => new ApiError('bad_data', `error parsing lookback delta duration: ${problem}`)
	);
	return lookback > 0 ? { lookback } : {};
}

/** Reads how many series are wanted; 0 is all. Throws an ApiError. */
export function limitOf({ limit }: QueryWishes): number {
	return optionalLimit(limit);
}

/** What is said to a value of `stats` that will be no value of it any more (web/api/v1, statsParamWarning). */
export function statsWarnings({ stats }: QueryWishes): string[] {
	if (!stats || stats === 'true' || stats === 'all') return [];
	return [
		`value ${quote(stats)} for parameter "stats" is deprecated and will be rejected in the next major release, use "true" or "all"`
	];
}
