import { labels } from '#engine/model';
import { explainWindow, queryText } from '../../../../src/lib/xray/rate/ask.ts';
import type { RawSeries } from '../../../../src/lib/xray/rate/raw-series.ts';
import { storeOf } from '../../../../src/lib/xray/rate/store.ts';

const SECOND = 1000;
export const LABELS = labels({ __name__: 'x_total', job: 'shop' });

/** Samples every 15 s from `first` on, in seconds; what is undefined was lost. */
export function series(first: number, ...values: readonly (number | undefined)[]): RawSeries {
	const rows = [...values.keys()].filter((row) => values[row] !== undefined);
	return {
		labels: LABELS,
		times: Float64Array.from(rows, (row) => (first + row * 15) * SECOND),
		values: Float64Array.from(rows, (row) => values[row] as number)
	};
}

/** What rate() does with the window of so many seconds that ends at a second. */
export function windowOf(raw: RawSeries, range: number, at: number) {
	return explainWindow(storeOf(raw), queryText('rate', LABELS, range * SECOND), at * SECOND);
}
