import type { FloatHistogram } from '#engine/model';
import { heldBytes } from './histogram-size.ts';

/** A place in the array. */
const PLACE = 8;

/**
 * The native histograms of a segment's open rows: that of row r stands at rows[r - base], and nothing where the row is no histogram. The array may be
 * shorter than the rows. Committed places never change, because readers hold the array: what is to be without some gets a new one.
 */
export class HistogramRows {
	readonly rows: (FloatHistogram | undefined)[];
	/** What the histograms take; undefined when it has to be found out. */
	#bytes: number | undefined = 0;

	constructor(rows: (FloatHistogram | undefined)[] = []) {
		this.rows = rows;
		if (rows.length > 0) this.#bytes = undefined;
	}

	/** The place after the last histogram. */
	get end(): number {
		return this.rows.length;
	}

	/** All of them, if there is one at the place or after it. */
	rowsFrom(at: number): HistogramRows['rows'] | undefined {
		return at < this.rows.length ? this.rows : undefined;
	}

	/** Writes the histogram of a row that is later than all others. */
	put(at: number, histogram: FloatHistogram): void {
		const { rows } = this;
		while (rows.length < at) rows.push(undefined);
		rows.push(histogram);
		if (this.#bytes !== undefined) this.#bytes += heldBytes(histogram, rows[at - 1]);
	}

	/** Forgets what was written at the place and after it; no reader looks there. */
	retract(at: number): void {
		const { rows } = this;
		if (at >= rows.length) return;
		rows.length = at;
		dropEmptyEnd(rows);
		this.#bytes = undefined;
	}

	/** Those at [from, to), in a new array; undefined when there is none. */
	slice(from: number, to?: number): HistogramRows | undefined {
		const rows = this.rows.slice(from, to);
		dropEmptyEnd(rows);
		return rows.length === 0 ? undefined : new HistogramRows(rows);
	}

	/** Bytes of the array, and by formula what the histograms take. */
	byteSize(): number {
		this.#bytes ??= this.rows.reduce((sum, histogram, at) => {
			return histogram ? sum + heldBytes(histogram, this.rows[at - 1]) : sum;
		}, 0);
		return PLACE * this.rows.length + this.#bytes;
	}
}

/** Whoever reads past the end finds nothing there either. */
function dropEmptyEnd(rows: (FloatHistogram | undefined)[]): void {
	while (rows.length > 0 && !rows.at(-1)) rows.pop();
}
