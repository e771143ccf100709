import type { InstantResult, RangeResult } from '#engine/promql';
import { success } from './api-error.ts';
import type { ApiResponse } from './api.ts';

/** What is said when there was more than was asked for. */
export const TRUNCATED = 'results truncated due to limit';

/** The first items of a list, with a warning when there are more; 0 is no limit. */
export function firstItems<Item>(
	items: readonly Item[],
	limit: number
): ApiResponse<readonly Item[]> {
	if (limit === 0 || items.length <= limit) return success(items);
	return { status: 'success', data: items.slice(0, limit), warnings: [TRUNCATED], infos: [] };
}

/** The first series of a result, or the very same result when it has no more; 0 is no limit (web/api/v1, truncateResults). */
export function firstSeries<Result extends InstantResult | RangeResult>(
	result: Result,
	limit: number
): Result {
	if (limit === 0) return result;
	if ('series' in result && result.series.length > limit) {
		return { ...result, series: result.series.slice(0, limit) };
	}
	if ('samples' in result && result.samples.length > limit) {
		return { ...result, samples: result.samples.slice(0, limit) };
	}
	return result;
}
