import type { Timestamp } from '#engine/model';
import { endOf, lastStoredRun, type Scrape } from './scrapes.ts';

/** What was measured at one virtual moment. Wall times are of the machine that the tab is on. */
export interface Moment {
	readonly at: Timestamp;
	/** Series in the head, those that have ended included. */
	readonly headSeries: number;
	readonly liveSeries: number;
	readonly headBytes: number;
	readonly pageBytes: number;
	/** A page gzipped, and how many bytes it had before; where it was measured. */
	readonly gzip?: Gzipped;
	/** How long the requests of the last two minutes took in truth, seconds at the median. */
	readonly median?: number;
	/** Wall ms; undefined where they were not measured. */
	readonly render: number | undefined;
	readonly store: number | undefined;
	/** Wall ms of each fixed query, or undefined where none was asked. */
	readonly queries: readonly number[];
}

/** What is left of so many bytes when they are gzipped. */
export interface Gzipped {
	readonly bytes: number;
	readonly of: number;
}

/** As it was measured last; undefined where it never was. */
export function lastGzip(history: readonly Moment[]): Gzipped | undefined {
	return history.findLast(({ gzip }) => gzip !== undefined)?.gzip;
}

/** More moments than this are thinned out: a chart has no more columns. */
export const MOST_MOMENTS = 600;

/** A history with one more moment. When it is too long every other one of its older half goes. */
export function withMoment(history: readonly Moment[], next: Moment): readonly Moment[] {
	const kept = history.at(-1)?.at === next.at ? history.slice(0, -1) : history;
	if (kept.length < MOST_MOMENTS) return [...kept, next];
	const half = Math.floor(kept.length / 2);
	return [...kept.slice(0, half).filter((_, i) => i % 2 === 0), ...kept.slice(half), next];
}

/**
 * How many live series come on top in a virtual minute, over the last five in which scrapes were stored in a row; 0 where they become fewer. What
 * is caught up with after a gap is no growth, and neither is what fades in one.
 */
export function growth(history: readonly Moment[], scrapes: readonly Scrape[]): number {
	const run = lastStoredRun(scrapes);
	const [begin, end] = [run[0], run.at(-1)];
	if (!begin || !end) return 0;
	// The next scrape failed, and with its markers its series had ended.
	const failed = scrapes.find(({ at, isUp }) => at > end.at && !isUp);
	const stored = history.filter(({ at }) => at >= endOf(begin) && at < (failed?.at ?? Infinity));
	const last = stored.at(-1);
	const first = last && stored.find(({ at }) => at >= last.at - GROWTH_WINDOW);
	if (!first || !last || first.at === last.at) return 0;
	return Math.max(0, ((last.liveSeries - first.liveSeries) / (last.at - first.at)) * 60_000);
}

const GROWTH_WINDOW = 5 * 60_000;

/**
 * Samples that were appended in a second of wall time, by the last moment whose latest scrape was stored: one that failed appends nothing, and takes
 * no time for it. Undefined where none was measured.
 */
export function appendPace(
	history: readonly Moment[],
	scrapes: readonly Scrape[]
): number | undefined {
	for (const { at, store } of history.toReversed()) {
		const scrape = scrapes.findLast((one) => endOf(one) <= at);
		if (scrape?.isUp && store) return (scrape.samples / store) * 1000;
	}
	return undefined;
}
