import {
	ABSENT,
	SAMPLE,
	STALE,
	type FloatHistogram,
	type SeriesColumns,
	type Timestamp
} from '#engine/model';
import { FIRST_CAPACITY, grownCapacity, MOST_OPEN_ROWS, STRIDE, type Column } from './column.ts';
import { HistogramRows } from './histogram-rows.ts';
import { heldBytes } from './histogram-size.ts';
import type { LastSample } from './last-sample.ts';
import { NO_ROWS, type RowArrays, type Rows } from './rows.ts';
import type { SealedEntries } from './sealed/entries.ts';
import { BLOCK_ROWS } from './sealed/layout.ts';
import type { OpenedRows } from './sealed/opened-cache.ts';
import type { MemSeries } from './series.ts';

/** The `end` of a segment that retention has dropped: no row, and not the -1 of an appender without a row either. */
const DROPPED = -2;

/** The values of a segment whose rows are all sealed. */
const NO_VALUES = new Float64Array(0);

/** The last row of a segment when it was sealed, so that nothing has to be opened to know it. */
interface SealedTail {
	/** The row after it. */
	end: number;
	readonly last: LastSample;
}

/** The parts of a segment that not every one has. */
class MoreOfSegment {
	histograms: HistogramRows | undefined;
	entries: SealedEntries | undefined;
	opened: OpenedRows | undefined;
	beside: Segment | undefined;
	/** Sealed rows that were deleted; open ones are marked. */
	erased: readonly Rows[] = [];
	tail: SealedTail | undefined;
	/** The rows that the last `put` skipped: [low, high). */
	skipped: Rows = NO_ROWS;

	/** Shifts them to a column that forgets its first rows. Those of `histograms` and `entries` shift with their owner. */
	cut(rows: number): void {
		this.skipped = NO_ROWS;
		if (this.tail) this.tail.end -= rows;
		this.erased = this.erased
			.map(({ low, high }) => ({ low: Math.max(0, low - rows), high: high - rows }))
			.filter(({ high }) => high > 0);
	}
}

/**
 * The samples of one series in one column.
 *
 * Open row r of the column stands at values[r - base], so a series pays nothing for the rows before `base`, a multiple of STRIDE.
 * Rows before it are sealed (`entries`), or the series was not born yet.
 * The series has rows in [first, end); the last one holds a sample or a staleness marker, never nothing, unless it was deleted.
 * `marks` exists from the first hole or marker on, as long as `values`, and is zero from `end` on; no mark
 * stands after row `lastMark`. Written rows reach one past the column's committed ones while an appender has a row open.
 */
export class Segment {
	// What an append touches stands together, for the cache's sake.
	values: Float64Array;
	end: number;
	base: number;
	/** Whether the series has no other segment, so that whatever is later than this one's last row is in order. */
	alone: boolean;
	first: number;
	marks: Uint8Array | undefined;
	lastMark = -1;
	readonly series: MemSeries;
	readonly column: Column;
	/** What young segments of floats without holes have nothing of: there may be a million of them. */
	#more: MoreOfSegment | undefined;

	/** A segment whose first sample will be in the given row. */
	constructor(series: MemSeries, column: Column, row: number) {
		this.series = series;
		this.column = column;
		this.alone = series.segments.length === 0;
		this.base = row - (row % STRIDE);
		this.first = row;
		this.end = row;
		this.values = column.slabs.allocate(Math.max(FIRST_CAPACITY, row - this.base + 1));
	}

	/** There while an open row holds a native histogram. */
	get histograms(): HistogramRows | undefined {
		return this.#more?.histograms;
	}
	set histograms(histograms: HistogramRows | undefined) {
		if (histograms || this.#more) this.#getMore().histograms = histograms;
	}

	/** Where its rows are in the sealed blocks. */
	get entries(): SealedEntries | undefined {
		return this.#more?.entries;
	}
	set entries(entries: SealedEntries | undefined) {
		if (entries || this.#more) this.#getMore().entries = entries;
	}

	/** The rows that were opened last. */
	get opened(): OpenedRows | undefined {
		return this.#more?.opened;
	}
	set opened(opened: OpenedRows | undefined) {
		if (opened || this.#more) this.#getMore().opened = opened;
	}

	/** Another bucket of the same histogram, which entries may be sealed beside. */
	get beside(): Segment | undefined {
		return this.#more?.beside;
	}
	set beside(beside: Segment | undefined) {
		if (beside || this.#more) this.#getMore().beside = beside;
	}

	/** Sealed rows that were deleted; open ones are marked. */
	get erased(): readonly Rows[] {
		return this.#more?.erased ?? [];
	}

	#getMore(): MoreOfSegment {
		return (this.#more ??= new MoreOfSegment());
	}

	/** Writes a sample to the row at `end`. */
	push(value: number): void {
		const at = this.end - this.base;
		if (at >= this.values.length) this.#grow(at + 1);
		this.values[at] = value;
		this.end++;
	}

	/** Writes a native histogram to the row at `end`. */
	pushHistogram(histogram: FloatHistogram): void {
		(this.histograms ??= new HistogramRows()).put(this.end - this.base, histogram);
		this.push(NaN);
	}

	/** Writes a row at or after `end`; the rows skipped become holes. */
	put(row: number, value: number, mark: number, histogram?: FloatHistogram): void {
		if (row - this.base >= this.values.length) this.#grow(row - this.base + 1);
		if (row > this.end) {
			// Of sealed rows it is known that nothing is there.
			this.#mark(Math.max(this.end, this.base), row, ABSENT);
			this.#getMore().skipped = { low: this.end, high: row };
		}
		if (mark !== SAMPLE) this.#mark(row, row + 1, mark);
		this.end = row;
		if (histogram) this.pushHistogram(histogram);
		else this.push(value);
	}

	/** Takes back the row that is not committed, and the hole before it. */
	retract(): void {
		const { base, end } = this;
		this.end = this.#committedEnd();
		const from = Math.max(this.end, base) - base;
		this.marks?.fill(SAMPLE, from, end - base);
		this.histograms?.retract(from);
		if (this.histograms?.end === 0) this.histograms = undefined;
	}

	/** The time of the last committed row. */
	lastTime(): Timestamp {
		const end = this.#committedEnd();
		return this.#tailAt(end)?.time ?? this.column.timeAt(end - 1);
	}

	/** The last committed row. */
	last(): LastSample {
		const end = this.#committedEnd();
		const tail = this.#tailAt(end);
		if (tail) return tail;
		const at = end - 1 - this.base;
		return {
			time: this.column.timeAt(end - 1),
			value: this.values[at] as number,
			histogram: this.histograms?.rows[at],
			isStale: this.marks?.[at] === STALE
		};
	}

	/** The committed rows in [low, high) as columns; undefined when there are none. All of them must be open. */
	read(low: number, high: number): SeriesColumns | undefined {
		const { column, values, base } = this;
		const start = Math.max(low, this.first);
		const end = Math.min(high, this.end, column.rows);
		if (start >= end) return undefined;
		const marks = start <= this.lastMark ? this.marks : undefined;
		const histograms = this.histograms?.rowsFrom(start - base);
		return this.columns({ base, times: column.view(base), values, marks, histograms }, start, end);
	}

	/** The rows [start, end) without those at both ends that hold nothing. */
	columns(
		{ base, times, values, marks, histograms }: RowArrays,
		start: number,
		end: number
	): SeriesColumns | undefined {
		if (marks) {
			while (start < end && marks[start - base] === ABSENT) start++;
			while (start < end && marks[end - 1 - base] === ABSENT) end--;
		}
		if (start >= end) return undefined;
		return {
			labels: this.series.labels,
			times,
			interval: this.column.interval(start),
			values,
			marks,
			histograms,
			start: start - base,
			end: end - base
		};
	}

	/**
	 * Deletes the committed rows in [low, high). What comes next has to be later than the last row nevertheless, as in Prometheus. Readers
	 * may hold the marks, so there are new ones.
	 */
	erase(low: number, high: number): void {
		const from = Math.max(low, this.first);
		const to = Math.min(high, this.end, this.column.rows);
		if (from >= to) return;
		this.close();
		if (from < this.base) {
			const more = this.#getMore();
			more.erased = [...more.erased, { low: from, high: Math.min(to, this.base) }];
		}
		if (to <= this.base) return;
		this.marks &&= this.marks.slice();
		this.#mark(Math.max(from, this.base), to, ABSENT);
	}

	/** Whether a sealed row was deleted. */
	isErased(row: number): boolean {
		return this.#more?.erased.some(({ low, high }) => row >= low && row < high) ?? false;
	}

	/** Leaves the first rows to a block of the column, which is about to become the next sealed one. All rows must be committed. */
	seal(): void {
		const base = this.column.base + BLOCK_ROWS;
		if (base <= this.base) return;
		if (this.end > base) {
			this.#keepRows(base);
		} else if (this.values !== NO_VALUES) {
			this.#getMore().tail = { end: this.end, last: this.last() };
			this.values = NO_VALUES;
			this.marks = undefined;
			this.histograms = undefined;
		}
		this.base = base;
	}

	/** Shifts the segment to a column that forgets its first rows, a multiple of STRIDE and fewer than `end`. */
	cut(rows: number): void {
		if (rows === 0) return;
		this.close();
		this.entries?.cut(rows / STRIDE);
		const surplus = rows - this.base;
		if (surplus > 0) {
			this.values = this.values.slice(surplus);
			this.marks = this.marks?.slice(surplus);
			this.histograms = this.histograms?.slice(surplus);
		}
		this.base = Math.max(0, -surplus);
		this.first = Math.max(0, this.first - rows);
		this.end -= rows;
		this.#more?.cut(rows);
		this.lastMark -= rows;
		if (this.lastMark < 0) this.marks = undefined;
		while (this.marks?.[this.first - this.base] === ABSENT) this.first++;
	}

	drop(): void {
		this.close();
		this.end = DROPPED;
		this.values = NO_VALUES;
		this.marks = undefined;
		this.#more = undefined;
	}

	isDropped(): boolean {
		return this.end === DROPPED;
	}

	/** Forgets the rows that were opened. */
	close(): void {
		this.column.cache.forget(this.opened);
	}

	/** Bytes of the open rows; sealed ones are in the column's blocks. */
	byteSize(): number {
		return this.values.byteLength + (this.marks?.byteLength ?? 0) + this.histogramBytes();
	}

	/** What native histograms take that are not sealed. */
	histogramBytes(): number {
		const tail = this.#more?.tail?.last.histogram;
		return (this.histograms?.byteSize() ?? 0) + (tail ? heldBytes(tail, undefined) : 0);
	}

	/** What the last row held, if it was sealed and is the one before `end`. */
	#tailAt(end: number): LastSample | undefined {
		const tail = this.#more?.tail;
		return tail?.end === end ? tail.last : undefined;
	}

	/** The row after the last one that is committed. */
	#committedEnd(): number {
		const { end } = this;
		if (end <= this.column.rows) return end;
		const { low, high } = this.#more?.skipped ?? NO_ROWS;
		return high === end - 1 ? low : end - 1;
	}

	/** Makes `base` the first row of new arrays, because readers may hold the old ones. */
	#keepRows(base: number): void {
		const from = base - this.base;
		const to = this.end - this.base;
		const marks = this.lastMark >= base ? this.marks : undefined;
		const { mostOpenRows } = this.column;
		// A whole block is coming; where memory matters, not all at once.
		const coming = mostOpenRows === MOST_OPEN_ROWS ? BLOCK_ROWS : 1;
		const capacity = grownCapacity(to - from + coming, mostOpenRows);
		this.values = copyOf(this.values, from, to, this.column.slabs.allocate(capacity));
		this.marks = marks && copyOf(marks, from, to, new Uint8Array(capacity));
		this.histograms = this.histograms?.slice(from, to);
	}

	#mark(from: number, to: number, mark: number): void {
		this.marks ??= new Uint8Array(this.values.length);
		this.marks.fill(mark, from - this.base, to - this.base);
		this.lastMark = Math.max(this.lastMark, to - 1);
	}

	/** Bytes of the array that it takes to write a row. */
	growthAt(row: number): number {
		const needed = row - this.base + 1;
		return needed > this.values.length
			? this.#capacityFor(needed) * this.values.BYTES_PER_ELEMENT
			: 0;
	}

	#capacityFor(needed: number): number {
		return Math.max(FIRST_CAPACITY, grownCapacity(needed, this.column.mostOpenRows));
	}

	#grow(needed: number): void {
		const capacity = this.#capacityFor(needed);
		const { length } = this.values;
		this.values = copyOf(this.values, 0, length, this.column.slabs.allocate(capacity));
		this.marks &&= copyOf(this.marks, 0, length, new Uint8Array(capacity));
	}
}

/** Copies the entries [from, to) to the beginning of another array, which it returns. */
function copyOf<A extends Float64Array | Uint8Array>(
	source: A,
	from: number,
	to: number,
	copy: A
): A {
	copy.set(source.subarray(from, to));
	return copy;
}
