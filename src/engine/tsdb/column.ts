import type { Duration, Timestamp } from '#engine/model';

const FIRST_CAPACITY = 16;

/**
 * Bases of segments are multiples of this. A segment wastes less than STRIDE rows before its first sample, and a column
 * has at most rows / STRIDE distinct views of its timestamps, so series born at different times still share them.
 */
export const STRIDE = 128;

/**
 * A column of timestamps, and the rows that the segments of its series count by.
 *
 * Rows [0, rows) are committed, ascending strictly. An appender may hold one more row open: its timestamp stands at
 * times[rows], and segments may already have written there, but readers stop at `rows`. Arrays grow by copying
 * to twice the size and committed rows never change, so a reader may keep what it got for as long as it likes.
 */
export class Column {
	times = new Float64Array(FIRST_CAPACITY);
	rows = 0;
	/** The rows [#evenFrom, #evenTo) are as far apart as the last two of them. */
	#evenFrom = 0;
	#evenTo = 0;
	#views: (Float64Array | undefined)[] = [];

	/** Writes the timestamp of the next row, which becomes visible when `rows` passes it. Returns the row. */
	open(time: Timestamp): number {
		if (this.rows === this.times.length) this.#resize(this.times.length * 2, 0);
		this.times[this.rows] = time;
		return this.rows;
	}

	/** The timestamps from row `base` on: one array for each base, the same for every caller until the column grows. */
	view(base: number): Float64Array {
		if (base === 0) return this.times;
		return (this.#views[base / STRIDE] ??= this.times.subarray(base));
	}

	/** How far the committed rows from `start` on are apart, if it is the same for all; each row is looked at once, when it is new. */
	interval(start: number): Duration | undefined {
		for (; this.#evenTo < this.rows; this.#evenTo++) {
			const row = this.#evenTo;
			if (row >= 2 && this.#distance(row) !== this.#distance(row - 1)) this.#evenFrom = row - 1;
		}
		return start >= this.#evenFrom && start + 1 < this.rows
			? this.#distance(this.rows - 1)
			: undefined;
	}

	/** From the row before. */
	#distance(row: number): Duration {
		return (this.times[row] as number) - (this.times[row - 1] as number);
	}

	/** The timestamp of the last committed row; -Infinity without one. */
	lastTime(): Timestamp {
		return this.rows === 0 ? -Infinity : (this.times[this.rows - 1] as Timestamp);
	}

	/** The first committed row at or after the time; `rows` when there is none. */
	rowAt(time: Timestamp): number {
		const guess = this.#guess(time);
		let low = 0;
		let high = this.rows;
		if (guess > 0 && guess < high) {
			// Where scrapes are evenly apart, the guess is right.
			const isBefore = (this.times[guess] as number) < time;
			if (!isBefore && (this.times[guess - 1] as number) < time) return guess;
			if (isBefore) low = guess + 1;
			else high = guess;
		}
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((this.times[middle] as number) < time) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	/** Where the first row at or after the time would be if all rows were as far apart as they are on average. */
	#guess(time: Timestamp): number {
		const first = this.times[0] as number;
		const average = (this.lastTime() - first) / (this.rows - 1);
		return Math.ceil((time - first) / average);
	}

	/** Forgets the first rows, a multiple of STRIDE. All segments of the column must be cut alike. */
	cut(rows: number): void {
		if (rows === 0) return;
		this.rows -= rows;
		this.#evenFrom = Math.max(0, this.#evenFrom - rows);
		this.#evenTo = Math.max(0, this.#evenTo - rows);
		this.#resize(Math.max(FIRST_CAPACITY, this.rows), rows);
	}

	#resize(capacity: number, from: number): void {
		const times = new Float64Array(capacity);
		times.set(this.times.subarray(from, from + this.rows));
		this.times = times;
		this.#views = [];
	}
}
