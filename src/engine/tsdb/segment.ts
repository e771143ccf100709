import { ABSENT, SAMPLE, STALE, type SeriesColumns, type Timestamp } from '#engine/model';
import { FIRST_CAPACITY, grownCapacity, STRIDE, type Column } from './column.ts';
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
	/** The `end` of the segment for which it holds. */
	end: number;
	readonly time: Timestamp;
	readonly value: number;
	readonly isStale: boolean;
}

/** The rows [low, high). */
export interface ErasedRows {
	readonly low: number;
	readonly high: number;
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
	entries: SealedEntries | undefined;
	/** The rows that were opened last. */
	opened: OpenedRows | undefined;
	/** Another bucket of the same histogram, which entries may be sealed beside. */
	beside: Segment | undefined;
	/** Sealed rows that were deleted; open ones are marked. */
	erased: readonly ErasedRows[] = [];
	#tail: SealedTail | undefined;

	/** A segment whose first sample will be in the given row. */
	constructor(series: MemSeries, column: Column, row: number) {
		this.series = series;
		this.column = column;
		this.alone = series.segments.length === 0;
		this.base = row - (row % STRIDE);
		this.first = row;
		this.end = row;
		this.values = new Float64Array(Math.max(FIRST_CAPACITY, row - this.base + 1));
	}

	/** Writes a sample to the row at `end`. */
	push(value: number): void {
		const at = this.end - this.base;
		if (at >= this.values.length) this.#grow(at + 1);
		this.values[at] = value;
		this.end++;
	}

	/** Writes a row at or after `end`; the rows skipped become holes. */
	put(row: number, value: number, mark: number): void {
		if (row - this.base >= this.values.length) this.#grow(row - this.base + 1);
		// Of sealed rows it is known that nothing is there.
		if (row > this.end) this.#mark(Math.max(this.end, this.base), row, ABSENT);
		if (mark !== SAMPLE) this.#mark(row, row + 1, mark);
		this.end = row;
		this.push(value);
	}

	/** Takes back the last row, and the hole before it. */
	retract(): void {
		const { marks, base, end } = this;
		let row = end - 1;
		while (marks && row > this.first && marks[row - 1 - base] === ABSENT) row--;
		marks?.fill(SAMPLE, row - base, end - base);
		this.end = row === base && this.#tail ? this.#tail.end : row;
	}

	lastTime(): Timestamp {
		return this.#sealedTail()?.time ?? this.column.timeAt(this.end - 1);
	}

	lastValue(): number {
		return this.#sealedTail()?.value ?? (this.values[this.end - 1 - this.base] as number);
	}

	endsStale(): boolean {
		const tail = this.#sealedTail();
		return tail ? tail.isStale : this.marks?.[this.end - 1 - this.base] === STALE;
	}

	/** The committed rows in [low, high) as columns; undefined when there are none. All of them must be open. */
	read(low: number, high: number): SeriesColumns | undefined {
		const { column, values, base } = this;
		const start = Math.max(low, this.first);
		const end = Math.min(high, this.end, column.rows);
		if (start >= end) return undefined;
		const marks = start <= this.lastMark ? this.marks : undefined;
		return this.columns(column.view(base), values, marks, base, start, end);
	}

	/** The rows [start, end), which stand at row - base in the arrays, without those at both ends that hold nothing. */
	columns(
		times: Float64Array,
		values: Float64Array,
		marks: Uint8Array | undefined,
		base: number,
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
			this.erased = [...this.erased, { low: from, high: Math.min(to, this.base) }];
		}
		if (to <= this.base) return;
		this.marks &&= this.marks.slice();
		this.#mark(Math.max(from, this.base), to, ABSENT);
	}

	/** Whether a sealed row was deleted. */
	isErased(row: number): boolean {
		return this.erased.some(({ low, high }) => row >= low && row < high);
	}

	/** Leaves the first rows to a block of the column, which is about to become the next sealed one. All rows must be committed. */
	seal(): void {
		const base = this.column.base + BLOCK_ROWS;
		if (base <= this.base) return;
		if (this.end > base) {
			this.#keepRows(base);
		} else if (this.values !== NO_VALUES) {
			this.#tail = {
				end: this.end,
				time: this.lastTime(),
				value: this.lastValue(),
				isStale: this.endsStale()
			};
			this.values = NO_VALUES;
			this.marks = undefined;
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
		}
		this.base = Math.max(0, -surplus);
		this.first = Math.max(0, this.first - rows);
		this.end -= rows;
		if (this.#tail) this.#tail.end -= rows;
		this.erased = this.erased
			.map(({ low, high }) => ({ low: Math.max(0, low - rows), high: high - rows }))
			.filter(({ high }) => high > 0);
		this.lastMark -= rows;
		if (this.lastMark < 0) this.marks = undefined;
		while (this.marks?.[this.first - this.base] === ABSENT) this.first++;
	}

	drop(): void {
		this.close();
		this.end = DROPPED;
		this.entries = undefined;
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
		return this.values.byteLength + (this.marks?.byteLength ?? 0);
	}

	#sealedTail(): SealedTail | undefined {
		return this.#tail?.end === this.end ? this.#tail : undefined;
	}

	/** Makes `base` the first row of new arrays, because readers may hold the old ones. */
	#keepRows(base: number): void {
		const from = base - this.base;
		const to = this.end - this.base;
		const marks = this.lastMark >= base ? this.marks : undefined;
		const capacity = grownCapacity(to - from + BLOCK_ROWS);
		this.values = copyOf(this.values, from, to, new Float64Array(capacity));
		this.marks = marks && copyOf(marks, from, to, new Uint8Array(capacity));
	}

	#mark(from: number, to: number, mark: number): void {
		this.marks ??= new Uint8Array(this.values.length);
		this.marks.fill(mark, from - this.base, to - this.base);
		this.lastMark = Math.max(this.lastMark, to - 1);
	}

	#grow(needed: number): void {
		const capacity = Math.max(FIRST_CAPACITY, grownCapacity(needed));
		const { length } = this.values;
		this.values = copyOf(this.values, 0, length, new Float64Array(capacity));
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
