import type { FloatHistogram, HistogramBuckets } from '#engine/model';
import { MOST_WHOLE, type BitReader, type BitWriter } from './bits.ts';
import type { HistogramLayout } from './histogram-layout.ts';

/** The counts of all buckets: the zero bucket, positive ones, negative ones. */
type BucketCounts = number[];

export function bucketCounts({ zeroCount, positive, negative }: FloatHistogram): BucketCounts {
	return [zeroCount, ...positive.counts, ...negative.counts];
}

/**
 * Writes the counts of a histogram as what they differ by from the one before, bucket by bucket: whole numbers where all are, otherwise doubles.
 * The count of all is written as what the buckets leave of it, which is nothing unless somebody was not counted in them.
 */
export function writeCounts(
	bits: BitWriter,
	histogram: FloatHistogram,
	before: FloatHistogram
): void {
	const counts = bucketCounts(histogram);
	const isWhole = areWhole(histogram.count, counts);
	const expected = expectedCounts(before, histogram, isWhole);
	bits.push(isWhole ? 1 : 0, 1);
	for (let i = 0; i < counts.length; i++) {
		const count = counts[i] as number;
		if (isWhole) bits.pushWhole(count - (expected[i] as number));
		else bits.pushDouble(count, expected[i] as number);
	}
	if (isWhole) bits.pushWhole(histogram.count - total(counts));
	else bits.pushDouble(histogram.count, before.count);
}

/** Reads the counts of a histogram of the layout. */
export function readCounts(
	bits: BitReader,
	layout: HistogramLayout,
	before: FloatHistogram
): { readonly counts: BucketCounts; readonly count: number } {
	const isWhole = bits.read(1) === 1;
	const counts = expectedCounts(before, layout, isWhole);
	for (let i = 0; i < counts.length; i++) {
		const expected = counts[i] as number;
		counts[i] = isWhole ? expected + bits.readWhole() : bits.readDouble(expected);
	}
	const count = isWhole ? total(counts) + bits.readWhole() : bits.readDouble(before.count);
	return { counts, count };
}

/** The counts that the histogram before had in the buckets of the layout; none if whole numbers are wanted, and it has others. */
function expectedCounts(
	before: FloatHistogram,
	layout: HistogramLayout,
	isWhole: boolean
): BucketCounts {
	if (isWhole && !areWhole(before.count, bucketCounts(before))) {
		return new Array<number>(
			1 + layout.positive.indexes.length + layout.negative.indexes.length
		).fill(0);
	}
	const counts = [before.zeroCount];
	pushCounts(counts, before.positive, layout.positive.indexes);
	pushCounts(counts, before.negative, layout.negative.indexes);
	return counts;
}

/** Appends the count of each index; 0 for a bucket that is not listed. */
function pushCounts(
	into: BucketCounts,
	{ indexes, counts }: HistogramBuckets,
	wanted: readonly number[]
): void {
	for (let i = 0, k = 0; i < wanted.length; i++) {
		const index = wanted[i] as number;
		while (k < indexes.length && (indexes[k] as number) < index) k++;
		into.push(indexes[k] === index ? (counts[k] as number) : 0);
	}
}

/** Whether all are whole numbers that, differences and sums of them included, can be written as such. */
function areWhole(count: number, counts: BucketCounts): boolean {
	let sum = Math.abs(count);
	for (const one of counts) {
		if (!isWholeNumber(one)) return false;
		sum += Math.abs(one);
	}
	return isWholeNumber(count) && sum <= MOST_WHOLE / 2;
}

function isWholeNumber(number: number): boolean {
	return Number.isInteger(number) && !Object.is(number, -0);
}

function total(counts: BucketCounts): number {
	let sum = 0;
	for (const count of counts) sum += count;
	return sum;
}
