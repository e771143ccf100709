import type { FloatHistogram } from '#engine/model';
import { heldBytes } from '../histogram-size.ts';

/** A place in an array of histograms. */
const PLACE = 8;

/** Rows of a column that were opened and are kept for the next query. Row r stands at values[r - base], for base <= r < end. */
export interface OpenedRows {
	readonly base: number;
	readonly values: Float64Array;
	/** As in SeriesColumns; there from the first row on that is no sample. */
	marks: Uint8Array | undefined;
	/** As in SeriesColumns; there from the first row on that is a native histogram. */
	histograms: (FloatHistogram | undefined)[] | undefined;
	/** What the histograms take, by formula. */
	histogramBytes: number;
	end: number;
	/** When it was last asked for, in queries. */
	lastUse: number;
	/** Makes whoever owns the rows forget them. */
	readonly close: () => void;
}

/** No rows yet, from `base` on. */
export function openedRows(base: number, values: Float64Array, close: () => void): OpenedRows {
	return {
		base,
		values,
		marks: undefined,
		histograms: undefined,
		histogramBytes: 0,
		end: base,
		lastUse: 0,
		close
	};
}

/** What queries opened lately, up to a number of bytes. What a query still holds lives on after it is forgotten here. */
export class OpenedCache {
	/** The most bytes that are kept from one query to the next. */
	maxBytes: number;
	#bytes = 0;
	#uses = 0;
	readonly #kept = new Set<OpenedRows>();

	constructor(maxBytes: number) {
		this.maxBytes = maxBytes;
	}

	get bytes(): number {
		return this.#bytes;
	}

	keep(opened: OpenedRows): OpenedRows {
		this.#kept.add(opened);
		this.#bytes += opened.values.byteLength;
		opened.lastUse = this.#uses;
		return opened;
	}

	touch(opened: OpenedRows): void {
		opened.lastUse = this.#uses;
	}

	/** Gives opened rows a mark each. */
	mark(opened: OpenedRows): Uint8Array {
		if (!opened.marks) {
			opened.marks = new Uint8Array(opened.values.length);
			this.#bytes += opened.marks.byteLength;
		}
		return opened.marks;
	}

	/** Gives opened rows a native histogram. Rows that were opened when they were not sealed yet are given once more: they have theirs. */
	put(opened: OpenedRows, at: number, histogram: FloatHistogram): void {
		const rows = (opened.histograms ??= []);
		if (at < rows.length) {
			rows[at] ??= histogram;
			return;
		}
		const bytes = heldBytes(histogram, rows[at - 1]) + PLACE * (at + 1 - rows.length);
		while (rows.length < at) rows.push(undefined);
		rows.push(histogram);
		opened.histogramBytes += bytes;
		this.#bytes += bytes;
	}

	forget(opened: OpenedRows | undefined): void {
		if (!opened || !this.#kept.delete(opened)) return;
		this.#bytes -= opened.values.byteLength + (opened.marks?.byteLength ?? 0);
		this.#bytes -= opened.histogramBytes;
		opened.close();
	}

	/** Ends a query: what was not used for longest goes, until a quarter of the room is free, so that it does not go one by one. */
	trim(): void {
		this.#uses++;
		if (this.#bytes <= this.maxBytes) return;
		const oldestFirst = [...this.#kept].sort((a, b) => a.lastUse - b.lastUse);
		for (const opened of oldestFirst) {
			if (this.#bytes <= this.maxBytes * 0.75) return;
			this.forget(opened);
		}
	}
}
