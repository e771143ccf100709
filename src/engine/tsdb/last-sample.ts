import {
	equalHistograms,
	type AppendOutcome,
	type FloatHistogram,
	type Timestamp
} from '#engine/model';
import type { Segment } from './segment.ts';
import type { MemSeries } from './series.ts';

/** A sample, which is a float unless there is a histogram. */
export interface FloatOrHistogram {
	readonly value: number;
	readonly histogram: FloatHistogram | undefined;
}

/** The last committed row of a series: a sample or a staleness marker. */
export interface LastSample extends FloatOrHistogram {
	readonly time: Timestamp;
	readonly isStale: boolean;
}

/** The latest of all segments; undefined when nothing is committed. */
export function lastSample({ segments }: MemSeries): LastSample | undefined {
	let latest: Segment | undefined;
	for (const segment of segments) {
		if (!latest || segment.lastTime() > latest.lastTime()) latest = segment;
	}
	return latest?.last();
}

/**
 * What becomes of a sample that is no later than the last one (tsdb/head_append.go, appendable, appendableFloatHistogram): it may be that very
 * sample, bit for bit. Floats and histograms are never the same, and a marker is like no sample.
 */
export function outcomeOfRepeat(
	last: LastSample,
	time: Timestamp,
	sample: FloatOrHistogram
): AppendOutcome {
	if (time < last.time) return 'out of order';
	return !last.isStale && isSame(last, sample) ? 'unchanged' : 'duplicate timestamp';
}

function isSame(a: FloatOrHistogram, b: FloatOrHistogram): boolean {
	if (a.histogram && b.histogram) return equalHistograms(a.histogram, b.histogram);
	return !a.histogram && !b.histogram && Object.is(a.value, b.value);
}
