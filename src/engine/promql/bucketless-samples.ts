import {
	ABSENT,
	SAMPLE,
	detectReset,
	type CounterResetHint,
	type FloatHistogram,
	type SeriesColumns
} from '#engine/model';
import { windowEnd, type WindowShape } from './window.ts';

/**
 * The histograms of a series without their buckets, as Prometheus reads them where nobody looks at those
 * (promql/histogram_stats_iterator.go). Where the store does not know whether a histogram was reset, the reader finds out by
 * comparing it with the one it read before; but it reads on only as long as the next window begins before the row at which the last
 * one ended, else it jumps.
 */
export function withoutBuckets(columns: SeriesColumns, shape: WindowShape): SeriesColumns {
	if (!columns.histograms) return columns;
	const histograms: (FloatHistogram | undefined)[] = new Array(columns.end);
	const reader = createReader(columns, histograms);
	const first = windowEnd(shape, 0) - shape.range;
	for (let i = 0; i < shape.grid.count; i++) {
		const until = windowEnd(shape, i);
		// Windows are open on the left, but a jump is not; only what lies before the first one is not there at all.
		reader.readFrom(i === 0 ? first + 1 : until - shape.range);
		reader.readUntil(until);
	}
	return { ...columns, histograms };
}

interface Reader {
	/** Jumps to the first row at or after a time, unless the row it stands at is not before it. */
	readFrom(time: number): void;
	/** Reads the rows up to a time, inclusive. */
	readUntil(time: number): void;
}

function createReader(
	{ times, start, end, marks, histograms }: SeriesColumns,
	out: (FloatHistogram | undefined)[]
): Reader {
	let row = start;
	let hasBegun = false;
	let last: FloatHistogram | undefined;
	const skipAbsent = (): void => {
		while (row < end && marks?.[row] === ABSENT) row++;
	};
	const read = (): void => {
		const current = (marks?.[row] ?? SAMPLE) === SAMPLE ? histograms?.[row] : undefined;
		// A row at which a window ended has been read for that one already.
		if (!current || out[row]) return;
		out[row] = bucketless(current, hintOf(current, last));
		last = current;
	};
	return {
		readFrom(time) {
			skipAbsent();
			if (hasBegun && (row === end || (times[row] as number) >= time)) return;
			hasBegun = true;
			last = undefined;
			while (row < end && (times[row] as number) < time) row++;
		},
		readUntil(time) {
			for (skipAbsent(); row < end && (times[row] as number) < time; skipAbsent()) {
				read();
				row++;
			}
			// The row at the end itself is read, but the reader stays at it.
			if (row < end && times[row] === time) read();
		}
	};
}

function hintOf(current: FloatHistogram, last: FloatHistogram | undefined): CounterResetHint {
	if (current.counterReset !== 'unknown' || !last) return current.counterReset;
	return detectReset(current, last) ? 'reset' : 'not_reset';
}

function bucketless(
	{ schema, count, sum }: FloatHistogram,
	counterReset: CounterResetHint
): FloatHistogram {
	return {
		schema,
		zeroThreshold: 0,
		zeroCount: 0,
		count,
		sum,
		positive: NO_BUCKETS,
		negative: NO_BUCKETS,
		customValues: [],
		counterReset
	};
}

const NO_BUCKETS = { indexes: [], counts: [] };
