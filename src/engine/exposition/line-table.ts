import { hashBytes } from './symbols.ts';

/**
 * The new samples of a page by what they begin with, so that a line which comes twice is one series. Lines are known by their numbers, and
 * of lines that begin alike only the first is entered.
 */
export class LineTable {
	readonly #page: Uint8Array;
	/** Open addressing: the place of an entry plus one, or 0. */
	#slots = new Int32Array(64);
	/** Of each entry the number of its line, and where what it begins with is: from, to. */
	#entries = new Int32Array(96);
	#count = 0;

	constructor(page: Uint8Array) {
		this.#page = page;
	}

	/** Enters a line that begins with the bytes [from, to); the number of the line that began so before, or -1. */
	enter(line: number, from: number, to: number): number {
		if (this.#count * 2 >= this.#slots.length) this.#grow();
		const slot = this.#slotOf(from, to);
		const entry = this.#slots[slot]!;
		if (entry > 0) return this.#entries[(entry - 1) * 3]!;
		this.#entries.set([line, from, to], this.#count * 3);
		this.#slots[slot] = ++this.#count;
		return -1;
	}

	/** Where these bytes are entered, or would be. */
	#slotOf(from: number, to: number): number {
		const mask = this.#slots.length - 1;
		let slot = hashBytes(this.#page, from, to) & mask;
		while (this.#slots[slot] !== 0 && !this.#holds(this.#slots[slot]! - 1, from, to)) {
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	#holds(entry: number, from: number, to: number): boolean {
		const start = this.#entries[entry * 3 + 1]!;
		if (this.#entries[entry * 3 + 2]! - start !== to - from) return false;
		for (let i = 0; i < to - from; i++) {
			if (this.#page[start + i] !== this.#page[from + i]) return false;
		}
		return true;
	}

	#grow(): void {
		const entries = this.#entries;
		this.#entries = new Int32Array(entries.length * 2);
		this.#entries.set(entries);
		this.#slots = new Int32Array(this.#slots.length * 2);
		for (let k = 0; k < this.#count; k++) {
			this.#slots[this.#slotOf(entries[k * 3 + 1]!, entries[k * 3 + 2]!)] = k + 1;
		}
	}
}
