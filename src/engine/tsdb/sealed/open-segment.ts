import { ABSENT, SAMPLE, type SeriesColumns } from '#engine/model';
import type { RowArrays } from '../rows.ts';
import type { Segment } from '../segment.ts';
import { openAlone, type SealedBlock } from './block.ts';
import { openHistograms } from './histograms.ts';
import { BLOCK_ROWS } from './layout.ts';
import {
	hasHistograms,
	isEntryMarked,
	markAt,
	neighbourOf,
	openEntry,
	type OpenRows
} from './open.ts';
import { openedRows, type OpenedRows } from './opened-cache.ts';

/** The committed rows in [low, high) as columns, sealed ones opened; undefined when there are none. */
export function readRows(segment: Segment, low: number, high: number): SeriesColumns | undefined {
	if (low >= segment.base || segment.first >= segment.base) return segment.read(low, high);
	const { column } = segment;
	const start = Math.max(low, segment.first);
	const end = Math.min(high, segment.end, column.rows);
	if (start >= end) return undefined;
	const opened = openRows(segment, start, end);
	// Not where the opened rows begin, but where those of all series that are asked for these rows do, so that times are shared.
	const base = start - (start % BLOCK_ROWS);
	const skipped = base - opened.base;
	const { values, marks, histograms } = opened;
	const rows: RowArrays = {
		base,
		times: column.openedView(base),
		values: skipped === 0 ? values : values.subarray(skipped),
		marks: skipped === 0 ? marks : marks?.subarray(skipped),
		histograms: skipped === 0 ? histograms : histograms?.slice(skipped)
	};
	return segment.columns(rows, start, end);
}

/** The rows [start, end) of the segment and perhaps more, of which at least the first is sealed. */
function openRows(segment: Segment, start: number, end: number): OpenedRows {
	const { cache } = segment.column;
	let { opened } = segment;
	if (opened && opened.base <= start && end <= opened.base + opened.values.length) {
		cache.touch(opened);
	} else {
		const base = Math.min(opened?.base ?? Infinity, start - (start % BLOCK_ROWS));
		cache.forget(opened);
		segment.opened = opened = cache.keep(emptyRows(segment, base, end));
	}
	fillSealed(segment, opened, end);
	fillOpen(segment, opened, end);
	return opened;
}

function emptyRows(segment: Segment, base: number, end: number): OpenedRows {
	// A block more than needed, so that the rows that come soon find room.
	const values = new Float64Array(end - base + BLOCK_ROWS);
	const close = () => (segment.opened = undefined);
	return openedRows(base, values, close);
}

/** Opens the blocks with rows before `end` that are not there yet. */
function fillSealed(segment: Segment, opened: OpenedRows, end: number): void {
	const { base, column } = segment;
	const last = Math.min(end, base);
	if (opened.end >= last) return;
	const neighbours = new Neighbours(segment, last);
	for (let block = Math.floor(opened.end / BLOCK_ROWS); block * BLOCK_ROWS < last; block++) {
		const words = column.blocks[block] as SealedBlock;
		const at = segment.entries?.at(block);
		const from = block * BLOCK_ROWS;
		const offset = from - opened.base;
		if (at === undefined) {
			cacheMarks(segment, opened).fill(ABSENT, offset, offset + BLOCK_ROWS);
		} else {
			if (hasHistograms(words, at)) {
				openHistograms(words, at, opened.values, offset, (row, histogram) =>
					column.cache.put(opened, offset + row, histogram)
				);
			} else openEntry(words, at, opened.values, offset, neighbours.at(block, words, at));
			fillMarks(segment, opened, words, at, from);
		}
		opened.end = from + BLOCK_ROWS;
	}
}

/** The rows beside which a segment's entries before row `end` were sealed. */
class Neighbours {
	readonly #beside: Segment | undefined;
	readonly #end: number;
	#rows: OpenedRows | undefined;

	constructor({ beside }: Segment, end: number) {
		this.#beside = beside && !beside.isDropped() ? beside : undefined;
		this.#end = end;
	}

	/** Those of the entry at `at` in the words of the block; undefined for most. */
	at(block: number, words: SealedBlock, at: number): OpenRows | undefined {
		const neighbour = neighbourOf(words, at);
		if (neighbour === undefined) return undefined;
		const beside = this.#beside;
		if (beside?.entries?.at(block) !== neighbour) return openAlone(words, neighbour);
		const from = block * BLOCK_ROWS;
		this.#rows ??= openRows(beside, Math.max(from, beside.first), this.#end);
		return { values: this.#rows.values, offset: from - this.#rows.base };
	}
}

/** Marks the rows of a block that are no samples, those before the series was born aside. */
function fillMarks(
	segment: Segment,
	opened: OpenedRows,
	words: SealedBlock,
	at: number,
	from: number
): void {
	const first = Math.max(0, segment.first - from);
	if (!isEntryMarked(words, at, first, BLOCK_ROWS) && !isTouched(segment, from)) return;
	const marks = cacheMarks(segment, opened);
	for (let row = first; row < BLOCK_ROWS; row++) {
		marks[from - opened.base + row] = segment.isErased(from + row)
			? ABSENT
			: markAt(words, at, row);
	}
}

/** Whether some row of the block from the given row on was deleted. */
function isTouched({ erased }: Segment, from: number): boolean {
	return erased.some(({ low, high }) => low < from + BLOCK_ROWS && high > from);
}

function cacheMarks(segment: Segment, opened: OpenedRows): Uint8Array {
	return segment.column.cache.mark(opened);
}

/** Copies open rows before `end` that are not there yet. */
function fillOpen(segment: Segment, opened: OpenedRows, end: number): void {
	const { base, column, values, marks, histograms, lastMark } = segment;
	const from = Math.max(base, opened.end);
	if (from >= end) return;
	opened.values.set(values.subarray(from - base, end - base), from - opened.base);
	if (marks && lastMark >= from) {
		cacheMarks(segment, opened).set(marks.subarray(from - base, end - base), from - opened.base);
	}
	for (let at = from - base; at < Math.min(end - base, histograms?.end ?? 0); at++) {
		const histogram = histograms?.rows[at];
		if (histogram) column.cache.put(opened, base + at - opened.base, histogram);
	}
	opened.end = end;
}

/** Whether the segment has a committed row in [low, high) that holds something, found without opening. */
export function hasRows(segment: Segment, low: number, high: number): boolean {
	return rowsThat(segment, low, high, (mark) => mark !== ABSENT, 1) > 0;
}

/** How many samples the segment has, staleness markers not counted, found without opening. */
export function countSamples(segment: Segment): number {
	return rowsThat(segment, 0, Infinity, (mark) => mark === SAMPLE, Infinity);
}

/** How many committed rows in [low, high) have a mark that is wanted, as SAMPLE always is, or that some number is enough. */
function rowsThat(
	segment: Segment,
	low: number,
	high: number,
	isWanted: (mark: number) => boolean,
	enough: number
): number {
	const end = Math.min(high, segment.end, segment.column.rows);
	let count = 0;
	for (let row = Math.max(low, segment.first); row < end && count < enough;) {
		const next = Math.min(end, row - (row % BLOCK_ROWS) + BLOCK_ROWS);
		count += rowsOfBlock(segment, row, next, isWanted);
		row = next;
	}
	return count;
}

/** The same for rows of one block, open or sealed. */
function rowsOfBlock(
	segment: Segment,
	low: number,
	high: number,
	isWanted: (mark: number) => boolean
): number {
	const { base, marks } = segment;
	if (low >= base) {
		if (!marks) return high - low;
		return countRows(low, high, (row) => isWanted(marks[row - base] ?? SAMPLE));
	}
	const block = Math.floor(low / BLOCK_ROWS);
	const at = segment.entries?.at(block);
	if (at === undefined) return 0;
	const words = segment.column.blocks[block] as SealedBlock;
	const from = block * BLOCK_ROWS;
	if (!isEntryMarked(words, at, low - from, high - from) && !isTouched(segment, from)) {
		return high - low;
	}
	return countRows(
		low,
		high,
		(row) => !segment.isErased(row) && isWanted(markAt(words, at, row - from))
	);
}

function countRows(low: number, high: number, isCounted: (row: number) => boolean): number {
	let count = 0;
	for (let row = low; row < high; row++) if (isCounted(row)) count++;
	return count;
}
