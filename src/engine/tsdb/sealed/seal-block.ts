import { ABSENT, type Labels } from '#engine/model';
import type { Column } from '../column.ts';
import type { HistogramRows } from '../histogram-rows.ts';
import type { Segment } from '../segment.ts';
import { SealedEntries } from './entries.ts';
import { BLOCK_ROWS } from './layout.ts';
import { sealHistograms } from './histograms.ts';
import { sealEntry, type Neighbour } from './seal.ts';
import type { UnsealedRows } from './span.ts';
import { WordList } from './words.ts';

/** The label that the buckets of a histogram differ in. */
const BUCKET_LABEL = 'le';

/**
 * Seals the first open rows of a column, if it has enough of them, with those of all its segments, of which none is dropped. Segments that are
 * buckets of one histogram should follow one another, as an exposition lists them. No row may be open for writing.
 */
export function sealRipeRows(column: Column, segments: () => readonly Segment[]): void {
	if (column.rows - column.base < column.mostOpenRows) return;
	const list = new WordList();
	sealEntry(list, timesOf(column));
	let last: { readonly segment: Segment; readonly neighbour: Neighbour } | undefined;
	const sealed = segments();
	for (const segment of sealed) {
		const rows = unsealedRows(segment);
		if (!rows) {
			segment.entries?.push(undefined);
			continue;
		}
		segment.entries ??= new SealedEntries(column.base / BLOCK_ROWS);
		const histograms = histogramsOf(segment, rows);
		if (histograms) {
			segment.entries.push(sealHistograms(list, rows, histograms));
			continue;
		}
		const beside = last && areBuckets(last.segment, segment) ? last.neighbour : undefined;
		if (beside) segment.beside = last?.segment;
		const at = sealEntry(list, rows, beside);
		segment.entries.push(at);
		last = { segment, neighbour: { rows, at } };
	}
	for (const segment of sealed) segment.seal();
	column.seal(list.toArray());
}

function timesOf({ times }: Column): UnsealedRows {
	return { values: times, marks: undefined, offset: 0, first: 0, end: BLOCK_ROWS };
}

/** What the segment has in the rows that are to be sealed; undefined when that is nothing. */
function unsealedRows({
	column,
	values,
	marks,
	base,
	first,
	end
}: Segment): UnsealedRows | undefined {
	if (base > column.base) return undefined;
	let from = Math.max(0, first - column.base);
	let to = Math.min(BLOCK_ROWS, end - column.base);
	while (marks && from < to && marks[from] === ABSENT) from++;
	while (marks && from < to && marks[to - 1] === ABSENT) to--;
	return from < to ? { values, marks, offset: 0, first: from, end: to } : undefined;
}

/** The native histograms of the segment's open rows, if there is one in those that are to be sealed. */
function histogramsOf(
	{ histograms }: Segment,
	{ first, end }: UnsealedRows
): HistogramRows['rows'] | undefined {
	if (!histograms) return undefined;
	for (let row = first; row < end; row++) if (histograms.rows[row]) return histograms.rows;
	return undefined;
}

/** Whether two segments are of series that only `le` tells apart. */
function areBuckets({ series: a }: Segment, { series: b }: Segment): boolean {
	return a.labels.length === b.labels.length && differOnlyIn(BUCKET_LABEL, a.labels, b.labels);
}

function differOnlyIn(label: string, a: Labels, b: Labels): boolean {
	for (let i = 0; i < a.length; i++) {
		if (a[i] !== b[i] && !(i % 2 === 1 && a[i - 1] === label)) return false;
	}
	return true;
}
