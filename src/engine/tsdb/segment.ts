import { ABSENT, SAMPLE, STALE, type SeriesColumns, type Timestamp } from '#engine/model';
import { STRIDE, type Column } from './column.ts';
import type { MemSeries } from './series.ts';

const FIRST_CAPACITY = 16;

/** The `end` of a segment that retention has dropped: no row, and not the -1 of an appender without a row either. */
const DROPPED = -2;

/**
 * The samples of one series in one column.
 *
 * Row r of the column stands at values[r - base], so a series pays nothing for the rows before `base`, a multiple of STRIDE.
 * The series has rows in [first, end); both ends of that span hold a sample or a staleness marker, never nothing.
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
		if (row > this.end) this.#mark(this.end, row, ABSENT);
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
		this.end = row;
	}

	lastTime(): Timestamp {
		return this.column.times[this.end - 1] as Timestamp;
	}

	lastValue(): number {
		return this.values[this.end - 1 - this.base] as number;
	}

	endsStale(): boolean {
		return this.marks?.[this.end - 1 - this.base] === STALE;
	}

	/** The committed rows in [low, high) as columns; undefined when there are none. */
	read(low: number, high: number): SeriesColumns | undefined {
		const { column, series, values, base } = this;
		let start = Math.max(low, this.first);
		let end = Math.min(high, this.end, column.rows);
		const marks = start <= this.lastMark ? this.marks : undefined;
		if (marks) {
			while (start < end && marks[start - base] === ABSENT) start++;
			while (start < end && marks[end - 1 - base] === ABSENT) end--;
		}
		if (start >= end) return undefined;
		return {
			labels: series.labels,
			times: column.view(base),
			interval: column.interval(start),
			values,
			marks,
			start: start - base,
			end: end - base
		};
	}

	/** Shifts the segment to a column that forgets its first rows, a multiple of STRIDE and fewer than `end`. */
	cut(rows: number): void {
		if (rows === 0) return;
		const surplus = rows - this.base;
		if (surplus > 0) {
			this.values = this.values.slice(surplus);
			this.marks = this.marks?.slice(surplus);
		}
		this.base = Math.max(0, -surplus);
		this.first = Math.max(0, this.first - rows);
		this.end -= rows;
		this.lastMark -= rows;
		if (this.lastMark < 0) this.marks = undefined;
		while (this.marks?.[this.first - this.base] === ABSENT) this.first++;
	}

	drop(): void {
		this.end = DROPPED;
	}

	isDropped(): boolean {
		return this.end === DROPPED;
	}

	byteSize(): number {
		return this.values.byteLength + (this.marks?.byteLength ?? 0);
	}

	#mark(from: number, to: number, mark: number): void {
		this.marks ??= new Uint8Array(this.values.length);
		this.marks.fill(mark, from - this.base, to - this.base);
		this.lastMark = Math.max(this.lastMark, to - 1);
	}

	#grow(needed: number): void {
		const capacity = Math.max(needed, this.values.length * 2);
		const values = new Float64Array(capacity);
		values.set(this.values);
		this.values = values;
		if (!this.marks) return;
		const marks = new Uint8Array(capacity);
		marks.set(this.marks);
		this.marks = marks;
	}
}
