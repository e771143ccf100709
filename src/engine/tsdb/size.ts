import { utf8Length, type Labels } from '#engine/model';
import { FIRST_CAPACITY, type Column } from './column.ts';
import type { IndexedPair } from './label-index.ts';
import { entrySize } from './sealed/open.ts';
import type { SealedBlock } from './sealed/block.ts';
import type { Segment } from './segment.ts';
import type { MemSeries } from './series.ts';

/**
 * What the head holds, in bytes. Arrays are counted exactly. Nobody can tell what a text or an object takes, so these are counted by a formula:
 * a text as TEXT bytes and its UTF-8, objects as the constants say. They were fitted to what the heap of V8 grows by on a
 * 64-bit machine, so that a series with four labels, one of them unlike all others, comes to about 0.7 kB with its first samples.
 */
export interface HeadSize {
	/** Open rows of values, with room to grow. */
	readonly values: number;
	/** Of the rows that are no samples. */
	readonly marks: number;
	/** Open rows of timestamps. */
	readonly times: number;
	/** Native histograms that are not sealed. By formula. */
	readonly histograms: number;
	/** Sealed blocks: values, marks, timestamps and native histograms. */
	readonly sealed: number;
	/** Posting lists and the order of labels. */
	readonly postings: number;
	/** Label names and values, each once. By formula. */
	readonly labels: number;
	/** Series, their label sets, and what binds them to their samples. By formula. */
	readonly series: number;
	readonly total: number;
}

const TEXT = 16;

/** An object for the series, places in tables, the array of its labels. */
const SERIES = 190;

/** A place in an array of labels. */
const LABEL = 8;

/** An object and the one of its array of values. */
const SEGMENT = 200;

/** A place in a table of values. */
const VALUE = 50;

/** An object and the one of its array. */
const POSTING_LIST = 300;

/** The place of an entry in its block. */
const ENTRY = 8;

export function textSize(text: string): number {
	return TEXT + utf8Length(text);
}

/** By formula: the series itself, without its segments. Its labels are counted where they are interned. */
export function seriesSize(labels: Labels): number {
	return SERIES + LABEL * labels.length;
}

/** What a new series takes with its first samples, one of its label values being new. */
export function newSeriesSize(labels: Labels): number {
	const size = seriesSize(labels) + SEGMENT + FIRST_CAPACITY * Float64Array.BYTES_PER_ELEMENT;
	return size + VALUE;
}

/** By formula: the segment itself, without its arrays, and the places of its entries. */
export function segmentObjectSize(segment: Segment): number {
	return SEGMENT + ENTRY * (segment.entries?.length ?? 0);
}

/** The postings of a label value, and its text. */
export function pairSize(pair: IndexedPair): number {
	return postingsSize(pair) + textSize(pair.value);
}

function postingsSize({ listBytes }: IndexedPair): number {
	return VALUE + (listBytes === 0 ? 0 : listBytes + POSTING_LIST);
}

/** All that a series has for itself: its objects, open rows, and entries in sealed blocks. */
export function ownSize({ labels, segments }: MemSeries): number {
	return segments.reduce(
		(sum, segment) => sum + segment.byteSize() + segmentObjectSize(segment) + sealedSize(segment),
		seriesSize(labels)
	);
}

function sealedSize({ column, entries }: Segment): number {
	let words = 0;
	column.blocks.forEach((block: SealedBlock, k) => {
		const at = entries?.at(k);
		if (at !== undefined) words += entrySize(block, at);
	});
	return words * Uint32Array.BYTES_PER_ELEMENT;
}

/** The size of all that is known of some series and the index over them; `indexBytes` are the arrays of the latter. */
export function sizeOf(
	series: Iterable<MemSeries>,
	pairs: Iterable<IndexedPair>,
	indexBytes: number
): HeadSize {
	let values = 0;
	let marks = 0;
	let histograms = 0;
	let objects = 0;
	const columns = new Set<Column>();
	for (const one of series) {
		objects += seriesSize(one.labels);
		for (const segment of one.segments) {
			values += segment.values.byteLength;
			marks += segment.marks?.byteLength ?? 0;
			histograms += segment.histogramBytes();
			objects += segmentObjectSize(segment);
			columns.add(segment.column);
		}
	}
	const { labels, postings } = indexSize(pairs, indexBytes);
	const times = sum(columns, (column) => column.times.byteLength);
	const sealed = sum(columns, (column) => sum(column.blocks, (block) => block.byteLength));
	const total = values + marks + times + histograms + sealed + postings + labels + objects;
	return { values, marks, times, histograms, sealed, postings, labels, series: objects, total };
}

function indexSize(
	pairs: Iterable<IndexedPair>,
	indexBytes: number
): Pick<HeadSize, 'labels' | 'postings'> {
	const names = new Set<string>();
	let labels = 0;
	let postings = indexBytes;
	for (const pair of pairs) {
		names.add(pair.name);
		labels += textSize(pair.value);
		postings += postingsSize(pair);
	}
	return { labels: labels + sum(names, textSize), postings };
}

function sum<T>(items: Iterable<T>, weight: (item: T) => number): number {
	let total = 0;
	for (const item of items) total += weight(item);
	return total;
}
