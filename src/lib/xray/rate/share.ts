import { SECOND, type Querier } from '#engine/model';
import { sweep } from './ask.ts';
import type { RawSeries } from './raw-series.ts';

/** At how many moments a query was asked for, and at how many of them it has a value. */
export interface Share {
	readonly asked: number;
	readonly answered: number;
}

/**
 * Asks at every second while the series goes on: after its second sample, since before that no window can hold two, and up to its last.
 * That is a whole number of scrape intervals, so that the share does not hang on where it begins.
 */
export function shareWithValue(store: Querier, query: string, { times }: RawSeries): Share {
	const [, second] = times;
	const last = times.at(-1);
	if (second === undefined || last === undefined || last < second + SECOND) {
		return { asked: 0, answered: 0 };
	}
	const found = sweep(store, query, [second + SECOND, last], SECOND);
	return {
		asked: Math.floor((last - second) / SECOND),
		answered: found?.present.reduce((sum, one) => sum + one, 0) ?? 0
	};
}
