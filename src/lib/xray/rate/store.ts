import {
	labelValue,
	matcherTest,
	type Matcher,
	type Querier,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';
import type { RawSeries } from './raw-series.ts';

/** What the query engine reads one series from, so that it answers in the page, within a frame of a drag. */
export function storeOf(series: RawSeries): Querier {
	const { labels, times, values } = series;
	function select(matchers: readonly Matcher[], from: Timestamp, to: Timestamp): SeriesColumns[] {
		const isMeant = matchers.every((one) => matcherTest(one)(labelValue(labels, one.name)));
		const start = firstRow(times, (time) => time >= from);
		const end = firstRow(times, (time) => time > to);
		return isMeant && start < end ? [{ labels, times, values, start, end }] : [];
	}
	return {
		select,
		series: (...asked) => select(...asked).map((one) => one.labels)
	};
}

/** The first row from which on `isFrom` holds; the number of rows when it holds nowhere. */
function firstRow(times: Float64Array, isFrom: (time: Timestamp) => boolean): number {
	const row = times.findIndex(isFrom);
	return row < 0 ? times.length : row;
}
