import type { Duration, Timestamp } from '#engine/model';
import { TIMES_AT, type SealedBlock } from './sealed/block.ts';
import { BLOCK_ROWS } from './sealed/layout.ts';
import { Slabs } from './slabs.ts';
import { openEntry } from './sealed/open.ts';
import { OpenedCache, openedRows, type OpenedRows } from './sealed/opened-cache.ts';

/** Rows that an array of values or timestamps has room for at first. */
export const FIRST_CAPACITY = 8;

/**
 * Bases of segments are multiples of this. A segment wastes less than STRIDE rows before its first sample, and a column
 * has at most rows / STRIDE distinct views of its timestamps, so series born at different times still share them.
 */
export const STRIDE = BLOCK_ROWS;

/**
 * So many rows stay open: two hours of scrapes every 15 s, so that what dashboards and rules mostly ask for is read as it was written.
 * One more block of rows may wait to be sealed.
 */
export const OPEN_ROWS = 512;

/** The most open rows that there are. */
export const MOST_OPEN_ROWS = OPEN_ROWS + BLOCK_ROWS;

/** So many rows at most are open where series are so many that open rows would be most of what is stored: hardly more than a block. */
export const MOST_CROWDED_ROWS = BLOCK_ROWS + 16;

/**
 * A column of timestamps, and the rows that the segments of its series count by.
 *
 * Rows [0, rows) are committed, ascending strictly. Rows [0, base) are sealed in blocks, and opened for those who ask; the others are
 * open: row r stands at times[r - base]. An appender may hold one more row open for writing: its timestamp
 * stands after the committed ones, and segments may already have written there, but readers stop at `rows`. Arrays grow by copying
 * to a larger size and committed rows never change, so a reader may keep what it got for as long as it likes.
 */
export class Column {
	times = new Float64Array(FIRST_CAPACITY);
	rows = 0;
	/** The first open row, a multiple of BLOCK_ROWS. */
	base = 0;
	/** Block k holds the rows from k * BLOCK_ROWS on. */
	blocks: SealedBlock[] = [];
	readonly cache: OpenedCache;
	/** Where the segments have their open rows. */
	readonly slabs = new Slabs();
	/** The first rows are sealed when so many are open. */
	mostOpenRows = MOST_OPEN_ROWS;
	/** The rows [#evenFrom, #evenTo) are as far apart as the last two of them. */
	#evenFrom = 0;
	#evenTo = 0;
	#views: (Float64Array | undefined)[] = [];
	#opened: OpenedRows | undefined;
	#openedViews: (Float64Array | undefined)[] = [];

	constructor(cache = new OpenedCache(0)) {
		this.cache = cache;
	}

	/** Writes the timestamp of the next row, which becomes visible when `rows` passes it. Returns the row. */
	open(time: Timestamp): number {
		const at = this.rows - this.base;
		if (at === this.times.length) this.#resize(grownCapacity(at + 1, this.mostOpenRows), 0);
		this.times[at] = time;
		return this.rows;
	}

	/** The open timestamps from row `base` on: one array for each base, the same for every caller until the column grows. */
	view(base: number): Float64Array {
		if (base === this.base) return this.times;
		const from = base - this.base;
		return (this.#views[from / STRIDE] ??= this.times.subarray(from));
	}

	/** Timestamps from row `base` on, sealed ones opened; otherwise like `view`. */
	openedView(base: number): Float64Array {
		const times = this.#openTimes();
		if (base === 0) return times;
		return (this.#openedViews[base / STRIDE] ??= times.subarray(base));
	}

	timeAt(row: number): Timestamp {
		if (row >= this.base) return this.times[row - this.base] as Timestamp;
		return this.#openTimes()[row] as Timestamp;
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

	/** From the row before; both are open. */
	#distance(row: number): Duration {
		const at = row - this.base;
		return (this.times[at] as number) - (this.times[at - 1] as number);
	}

	/** The timestamp of the last committed row; -Infinity without one. */
	lastTime(): Timestamp {
		return this.rows === 0 ? -Infinity : (this.times[this.rows - this.base - 1] as Timestamp);
	}

	/** The first committed row at or after the time; `rows` when there is none. */
	rowAt(time: Timestamp): number {
		const { base, rows } = this;
		if (base === 0 || time > (this.times[0] as number)) {
			return base + firstAtOrAfter(this.times, rows - base, time);
		}
		return time === -Infinity ? 0 : firstAtOrAfter(this.#openTimes(), base, time);
	}

	/** Makes a block of the first open rows, which from now on are in the given words. All segments of the column must be sealed alike. */
	seal(block: SealedBlock): void {
		// Looks at rows that it could not look at later.
		this.interval(0);
		this.blocks.push(block);
		this.base += BLOCK_ROWS;
		this.#resize(Math.max(this.mostOpenRows, this.rows - this.base), BLOCK_ROWS);
	}

	/** Forgets the first rows, a multiple of STRIDE. All segments of the column must be cut alike. */
	cut(rows: number): void {
		if (rows === 0) return;
		this.cache.forget(this.#opened);
		const sealed = Math.min(rows, this.base);
		this.blocks.splice(0, sealed / BLOCK_ROWS);
		this.base -= sealed;
		this.rows -= rows;
		this.#evenFrom = Math.max(0, this.#evenFrom - rows);
		this.#evenTo = Math.max(0, this.#evenTo - rows);
		const cut = rows - sealed;
		if (cut > 0) this.#resize(Math.max(FIRST_CAPACITY, this.rows - this.base), cut);
	}

	#resize(capacity: number, from: number): void {
		const times = new Float64Array(capacity);
		times.set(this.times.subarray(from, from + this.rows - this.base));
		this.times = times;
		this.#views = [];
	}

	/** All timestamps from row 0 on. */
	#openTimes(): Float64Array {
		const { rows, base } = this;
		if (this.#opened && rows <= this.#opened.values.length) this.cache.touch(this.#opened);
		else this.#reopen();
		const opened = this.#opened as OpenedRows;
		for (let block = Math.floor(opened.end / BLOCK_ROWS); block * BLOCK_ROWS < base; block++) {
			openEntry(this.blocks[block] as SealedBlock, TIMES_AT, opened.values, block * BLOCK_ROWS);
			opened.end = (block + 1) * BLOCK_ROWS;
		}
		const from = Math.max(base, opened.end);
		opened.values.set(this.times.subarray(from - base, rows - base), from);
		opened.end = rows;
		return opened.values;
	}

	#reopen(): void {
		this.cache.forget(this.#opened);
		const close = () => {
			this.#opened = undefined;
			this.#openedViews = [];
		};
		const values = new Float64Array(this.rows + BLOCK_ROWS);
		this.#opened = this.cache.keep(openedRows(0, values, close));
	}
}

/** How long an array of open rows becomes that must hold so many: twice as long, up to the most that are open. */
export function grownCapacity(needed: number, most: number): number {
	return Math.max(needed, Math.min(2 * (needed - 1), most));
}

/** The first of so many ascending times at or after the given one; their number when there is none. */
function firstAtOrAfter(times: Float64Array, count: number, time: Timestamp): number {
	const guess = guessRow(times, count, time);
	let low = 0;
	let high = count;
	if (guess > 0 && guess < high) {
		// Where scrapes are evenly apart, the guess is right.
		const isBefore = (times[guess] as number) < time;
		if (!isBefore && (times[guess - 1] as number) < time) return guess;
		if (isBefore) low = guess + 1;
		else high = guess;
	}
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((times[middle] as number) < time) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** Where the first row at or after the time would be if all rows were as far apart as they are on average. */
function guessRow(times: Float64Array, count: number, time: Timestamp): number {
	const first = times[0] as number;
	const average = ((times[count - 1] as number) - first) / (count - 1);
	return Math.ceil((time - first) / average);
}
