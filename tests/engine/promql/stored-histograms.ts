import type { FloatHistogram, HistogramBuckets } from '#engine/model';
import type { Point } from './memory-querier.ts';

/**
 * The hints of a series' histograms as they come back out of Prometheus' store: a chunk of counters begins with one that is
 * unknown, and the others in it were not reset; a chunk of gauges holds only gauges (tsdb/chunkenc/histogram_meta.go,
 * counterResetHint). Not followed: chunks that are cut because they are large.
 */
export function storedHistograms(points: readonly Point[]): (FloatHistogram | undefined)[] {
	let last: FloatHistogram | undefined;
	return points.map((point) => {
		if (point === 'absent') return undefined;
		const before = last;
		last = typeof point === 'object' ? point : undefined;
		if (typeof point !== 'object' || point.counterReset === 'gauge') return last;
		const continues = before !== undefined && continuesChunk(before, point);
		return { ...point, counterReset: continues ? 'not_reset' : 'unknown' };
	});
}

/** Whether a counter can follow another in a chunk (tsdb/chunkenc/float_histogram.go, appendable). */
function continuesChunk(last: FloatHistogram, next: FloatHistogram): boolean {
	if (last.counterReset === 'gauge' || next.counterReset === 'reset') return false;
	if (next.schema !== last.schema || next.zeroThreshold !== last.zeroThreshold) return false;
	if (next.count < last.count || next.zeroCount < last.zeroCount) return false;
	if (!sameNumbers(last.customValues, next.customValues)) return false;
	return neverLess(last.positive, next.positive) && neverLess(last.negative, next.negative);
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
	return a.length === b.length && a.every((value, i) => value === b[i]);
}

function neverLess(last: HistogramBuckets, next: HistogramBuckets): boolean {
	const counts = new Map(next.indexes.map((index, i) => [index, next.counts[i] as number]));
	return last.indexes.every((index, i) => !((last.counts[i] as number) > (counts.get(index) ?? 0)));
}
