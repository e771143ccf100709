import type { MetricType } from '#engine/model';
import type { ExposedSeries } from './exposed-series.ts';
import type { Fact } from './page-reader.ts';
import { hashBytes } from './symbols.ts';

/** What a line was found to be. It is shared by all pages that have the line. */
export interface Line {
	/** Absent for lines without a sample. */
	readonly series?: ExposedSeries;
	readonly fact?: Fact;
	/** The type in force at a sample: bounds are spelt anew only in histograms, so another type makes it another series. */
	readonly type: MetricType | '';
}

/**
 * A page that was read: its bytes, and for each line what is constant of it. Of a sample that is everything before the value,
 * of other lines all of it.
 *
 * It serves the reading of the next page, which is nearly always the same but for the values.
 */
export class PageMemory {
	readonly page: Uint8Array;
	readonly #view: DataView;
	readonly lines: readonly Line[];
	readonly #from: Int32Array;
	readonly #to: Int32Array;
	/** Open addressing over the constant parts: the number of a line plus one, or 0. Made only when pages differ. */
	#slots: Int32Array | undefined;

	constructor(page: Uint8Array, lines: readonly Line[], from: Int32Array, to: Int32Array) {
		this.page = page;
		this.#view = viewOf(page);
		this.lines = lines;
		this.#from = from;
		this.#to = to;
	}

	/** Where the constant part of line k would end on another page that has it at `at`; -1 when it is not there. */
	match(k: number, other: DataView, at: number): number {
		const view = this.#view;
		const to = this.#to[k]!;
		let i = this.#from[k]!;
		if (at + to - i > other.byteLength) return -1;
		// Most of the time that a page takes is spent here.
		for (; i + 4 <= to; i += 4, at += 4) {
			if (view.getInt32(i) !== other.getInt32(at)) return -1;
		}
		for (; i < to; i++, at++) if (view.getUint8(i) !== other.getUint8(at)) return -1;
		return at;
	}

	/** The number of the line whose constant part is bytes[from, to) of another page, which is given in both forms; -1 when there is none. */
	find(bytes: Uint8Array, other: DataView, from: number, to: number): number {
		this.#slots ??= this.#index();
		const mask = this.#slots.length - 1;
		let slot = hashBytes(bytes, from, to) & mask;
		for (let line = this.#slots[slot]!; line !== 0; line = this.#slots[slot]!) {
			if (this.#isAt(line - 1, other, from, to)) return line - 1;
			slot = (slot + 1) & mask;
		}
		return -1;
	}

	/** Of lines that begin alike only the first is entered: a page that repeats one line over and over is not searched through. */
	#index(): Int32Array {
		const count = this.lines.length;
		const slots = new Int32Array(2 << Math.ceil(Math.log2(count + 1)));
		const mask = slots.length - 1;
		for (let k = 0; k < count; k++) {
			const [from, to] = [this.#from[k]!, this.#to[k]!];
			let slot = hashBytes(this.page, from, to) & mask;
			while (slots[slot] !== 0 && !this.#isAt(slots[slot]! - 1, this.#view, from, to)) {
				slot = (slot + 1) & mask;
			}
			slots[slot] ||= k + 1;
		}
		return slots;
	}

	/** Whether the constant part of line k is other[from, to). */
	#isAt(k: number, other: DataView, from: number, to: number): boolean {
		return this.#to[k]! - this.#from[k]! === to - from && this.match(k, other, from) === to;
	}
}

/** The same bytes to be read several at a time. */
export function viewOf(page: Uint8Array): DataView {
	return new DataView(page.buffer, page.byteOffset, page.byteLength);
}

export const NOTHING = new PageMemory(new Uint8Array(0), [], new Int32Array(0), new Int32Array(0));
