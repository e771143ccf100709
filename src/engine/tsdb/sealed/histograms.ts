import {
	NO_BUCKETS,
	SAMPLE,
	type CounterResetHint,
	type FloatHistogram,
	type HistogramBuckets
} from '#engine/model';
import { BitReader, BitWriter } from './bits.ts';
import { readCounts, writeCounts, bucketCounts } from './histogram-counts.ts';
import {
	areSame,
	isSameLayout,
	NO_HISTOGRAM,
	readLayout,
	writeLayout,
	type HistogramLayout
} from './histogram-layout.ts';
import { HISTOGRAMS } from './layout.ts';
import { contentOf, entrySpan, markAt } from './open.ts';
import { spanFlags, writeSpan, type UnsealedRows } from './span.ts';
import type { WordList } from './words.ts';

/*
 * An entry with native histograms (after tsdb/chunkenc/histogram.go, which has a chunk for each layout): after head, span and marks the number of words that
 * follow, then bits. For each row that is a sample:
 *
 *     1 bit       whether it is the same as the sample before, which ends the row
 *     1 bit       whether it is a histogram; a float is written as what it differs by from the float before
 *     1 bit       whether the layout is a new one, and if so, the layout
 *     2 bits      counter reset hint
 *     sum         as what it differs by from the one before
 *     counts      of all buckets, and of all observations
 */

const HINTS: readonly CounterResetHint[] = ['unknown', 'reset', 'not_reset', 'gauge'];

type HistogramColumn = readonly (FloatHistogram | undefined)[];

/**
 * Appends an entry with rows of which some are histograms: that of row r of the block stands at histograms[offset + r], and where there is none,
 * the row is a float. Every bit comes back. Returns where the entry is.
 */
export function sealHistograms(
	list: WordList,
	rows: UnsealedRows,
	histograms: HistogramColumn
): number {
	const at = list.length;
	const { values, marks, offset, first, end } = rows;
	list.push(HISTOGRAMS | spanFlags(rows));
	writeSpan(list, rows);
	const bits = new BitWriter();
	let lastValue = 0;
	let lastHistogram = NO_HISTOGRAM;
	let isAfterHistogram = false;
	for (let row = offset + first; row < offset + end; row++) {
		if (marks && marks[row] !== SAMPLE) continue;
		const histogram = histograms[row];
		if (histogram) {
			const repeats = isAfterHistogram && isSame(histogram, lastHistogram);
			bits.push(repeats ? 1 : 0, 1);
			if (!repeats) writeHistogram(bits, histogram, lastHistogram);
			lastHistogram = histogram;
		} else {
			const value = values[row] as number;
			const repeats = !isAfterHistogram && Object.is(value, lastValue);
			bits.push(repeats ? 1 : 0, 1);
			if (!repeats) writeFloat(bits, value, lastValue);
			lastValue = value;
		}
		isAfterHistogram = histogram !== undefined;
	}
	bits.appendTo(list);
	return at;
}

/** Writes the floats of an entry with histograms to values[offset + r], NaN for a histogram, and gives each histogram with its row of the block to `put`. */
export function openHistograms(
	words: Uint32Array,
	at: number,
	values: Float64Array,
	offset: number,
	put: (row: number, histogram: FloatHistogram) => void
): void {
	const { first, end } = entrySpan(words, at);
	const bits = new BitReader(words, contentOf(words, at) + 1);
	let lastValue = 0;
	let lastHistogram = NO_HISTOGRAM;
	let isHistogram = false;
	for (let row = first; row < end; row++) {
		if (markAt(words, at, row) !== SAMPLE) continue;
		if (bits.read(1) === 0) {
			isHistogram = bits.read(1) === 1;
			if (isHistogram) lastHistogram = readHistogram(bits, lastHistogram);
			else lastValue = bits.readDouble(lastValue);
		}
		values[offset + row] = isHistogram ? NaN : lastValue;
		if (isHistogram) put(row, lastHistogram);
	}
}

function writeFloat(bits: BitWriter, value: number, before: number): void {
	bits.push(0, 1);
	bits.pushDouble(value, before);
}

function writeHistogram(bits: BitWriter, histogram: FloatHistogram, before: FloatHistogram): void {
	bits.push(1, 1);
	const isNewLayout = !isSameLayout(histogram, before);
	bits.push(isNewLayout ? 1 : 0, 1);
	if (isNewLayout) writeLayout(bits, histogram, before);
	bits.push(HINTS.indexOf(histogram.counterReset), 2);
	bits.pushDouble(histogram.sum, before.sum);
	writeCounts(bits, histogram, before);
}

function readHistogram(bits: BitReader, before: FloatHistogram): FloatHistogram {
	const layout: HistogramLayout = bits.read(1) === 1 ? readLayout(bits, before) : before;
	const { schema, zeroThreshold, customValues } = layout;
	const counterReset = HINTS[bits.read(2)] as CounterResetHint;
	const sum = bits.readDouble(before.sum);
	const { counts, count } = readCounts(bits, layout, before);
	const positives = 1 + layout.positive.indexes.length;
	return {
		schema,
		zeroThreshold,
		zeroCount: counts[0] as number,
		count,
		sum,
		positive: toBuckets(layout.positive.indexes, counts.slice(1, positives)),
		negative: toBuckets(layout.negative.indexes, counts.slice(positives)),
		customValues,
		counterReset
	};
}

function toBuckets(indexes: readonly number[], counts: readonly number[]): HistogramBuckets {
	return indexes.length === 0 ? NO_BUCKETS : { indexes, counts };
}

/** Whether two histograms are the same, bit for bit, hint included. */
function isSame(a: FloatHistogram, b: FloatHistogram): boolean {
	if (a === b) return true;
	return (
		a.counterReset === b.counterReset &&
		Object.is(a.sum, b.sum) &&
		Object.is(a.count, b.count) &&
		isSameLayout(a, b) &&
		areSame(bucketCounts(a), bucketCounts(b))
	);
}
