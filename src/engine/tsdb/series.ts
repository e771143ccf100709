import { REFUSED, type Labels, type SeriesRef } from '#engine/model';
import type { Segment } from './segment.ts';

/** The `id` of a series that is not indexed: it has no committed sample, and no querier sees it. */
export const UNINDEXED = -1;

/** The `id` of a series that the table has forgotten; there may be another with its labels by now. */
export const FORGOTTEN = -2;

/**
 * A series of the head. It has a segment for each column that holds samples of it: one, unless several appenders wrote it
 * or its samples carried their own timestamps. Times are distinct and ascending across all its segments.
 */
export class MemSeries {
	labels: Labels;
	/** Its place in the table, and what posting lists hold. */
	id: number = UNINDEXED;
	/** The one whose column belongs to this series alone, for samples with their own timestamps. */
	own: Segment | undefined = undefined;
	/** The appender that asked for a reference first, and the reference it has: mostly there is no other. */
	writer: object | undefined = undefined;
	ref: SeriesRef = REFUSED;
	/** Mostly there is one, which needs no list. */
	#only: Segment | undefined = undefined;
	#several: readonly Segment[] | undefined = undefined;

	constructor(labels: Labels) {
		this.labels = labels;
	}

	/** Its segment, if it has exactly one. */
	get only(): Segment | undefined {
		return this.#only;
	}

	/** Those with committed rows. */
	get segments(): readonly Segment[] {
		return this.#several ?? (this.#only ? [this.#only] : NO_SEGMENTS);
	}

	set segments(segments: readonly Segment[]) {
		this.#only = segments.length === 1 ? segments[0] : undefined;
		this.#several = segments.length > 1 ? segments : undefined;
	}
}

const NO_SEGMENTS: readonly Segment[] = [];

/** Makes the committed segment part of its series. */
export function linkSegment(segment: Segment): void {
	const { series } = segment;
	setSegments(series, [...series.segments, segment]);
}

/** Replaces the segments of a series. */
export function setSegments(series: MemSeries, segments: readonly Segment[]): void {
	series.segments = segments;
	for (const segment of segments) segment.alone = segments.length === 1;
}
