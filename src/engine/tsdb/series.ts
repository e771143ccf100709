import type { Labels } from '#engine/model';
import type { Segment } from './segment.ts';

/** The `id` of a series that is not indexed: it has no committed sample, and no querier sees it. */
export const UNINDEXED = -1;

/** The `id` of a series that the table has forgotten; there may be another with its labels by now. */
export const FORGOTTEN = -2;

/**
 * A series of the head. It has a segment for each column that holds samples of it: one, unless several appenders wrote it
 * or its samples carried their own timestamps. Times are distinct and ascending across all its segments.
 */
export interface MemSeries {
	/** Its `labelsKey`. */
	readonly key: string;
	labels: Labels;
	/** Its place in the table, and what posting lists hold. */
	id: number;
	/** Those with committed rows. */
	segments: Segment[];
	/** The one whose column belongs to this series alone, for samples with their own timestamps. */
	own: Segment | undefined;
}

/** Makes the committed segment part of its series. */
export function linkSegment(segment: Segment): void {
	const { series } = segment;
	setSegments(series, [...series.segments, segment]);
}

/** Replaces the segments of a series. */
export function setSegments(series: MemSeries, segments: Segment[]): void {
	series.segments = segments;
	for (const segment of segments) segment.alone = segments.length === 1;
}
