import type { Head } from '#engine/tsdb';
import { makeDataSet } from './data.ts';
import { loadHead, timeQuery } from './ours.ts';
import type { Bounds } from './queries.ts';

let head: Head | undefined;

/** Inside a page: milliseconds of one evaluation over the main data set, which the first call makes. */
export function timeInPage(query: string, bounds: Bounds): number {
	head ??= loadHead(makeDataSet('main'));
	return timeQuery(head, query, bounds).ms;
}
