import type { Head } from '#engine/tsdb';
import { makeDataSet } from './data.ts';
import { loadHead, timeQuery } from './ours.ts';
import type { Bounds } from './queries.ts';

let head: Head | undefined;

/** Inside a page: milliseconds of an evaluation over the main data set, the mean of so many in a row. The first call makes the data set. */
export function timeInPage(query: string, bounds: Bounds, repeat: number): number {
	head ??= loadHead(makeDataSet('main'));
	return timeQuery(head, query, bounds, repeat).ms;
}
