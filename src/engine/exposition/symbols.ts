import { decodeName } from './go-text.ts';

/** Above so many texts, or bytes of them, the table starts anew: labels that never repeat must not fill it without end. */
const MOST_SYMBOLS = 1 << 17;
const MOST_BYTES = 1 << 24;
/** Longer texts are not kept: they hardly ever repeat, and comparing them costs more than decoding. */
const LONGEST = 128;

/**
 * The texts of a target's pages, each once. Label names and values repeat on most lines: looking one up by its bytes
 * decodes nothing and allocates nothing, and equal texts are one string, which makes comparing them cheap for everybody.
 */
export class SymbolTable {
	/** Where symbol k is in `bytes`: [ends[k - 1], ends[k]). */
	#ends = new Int32Array(1024);
	#texts: string[] = [];
	#bytes = new Uint8Array(1 << 14);
	/** Open addressing: the number of a symbol plus one, or 0. */
	#slots = new Int32Array(4096);

	/** The symbol last found at each place of a line: the next line mostly has the same one there. */
	readonly #recent = new Int32Array(64);

	/** The text of bytes[from, to), which is at the given place of its line. */
	text(bytes: Uint8Array, from: number, to: number, place: number): string {
		const recent = this.#recent[place & 63]!;
		if (recent !== 0 && this.#is(recent - 1, bytes, from, to)) return this.#texts[recent - 1]!;
		if (to - from > LONGEST) return decodeName(bytes.subarray(from, to));
		const symbol = this.#find(bytes, from, to);
		this.#recent[place & 63] = symbol;
		return this.#texts[symbol - 1]!;
	}

	/** The number of the symbol plus one. */
	#find(bytes: Uint8Array, from: number, to: number): number {
		if (this.#texts.length >= MOST_SYMBOLS || this.#used + to - from > MOST_BYTES) this.#clear();
		const mask = this.#slots.length - 1;
		let slot = hashBytes(bytes, from, to) & mask;
		for (let symbol = this.#slots[slot]!; symbol !== 0; symbol = this.#slots[slot]!) {
			if (this.#is(symbol - 1, bytes, from, to)) return symbol;
			slot = (slot + 1) & mask;
		}
		return this.#add(slot, bytes, from, to);
	}

	get #used(): number {
		return this.#texts.length === 0 ? 0 : this.#ends[this.#texts.length - 1]!;
	}

	#is(symbol: number, bytes: Uint8Array, from: number, to: number): boolean {
		let at = symbol === 0 ? 0 : this.#ends[symbol - 1]!;
		if (this.#ends[symbol]! - at !== to - from) return false;
		const own = this.#bytes;
		for (let i = from; i < to; i++) if (own[at++] !== bytes[i]) return false;
		return true;
	}

	#add(slot: number, bytes: Uint8Array, from: number, to: number): number {
		const symbol = this.#texts.length;
		const at = this.#used;
		const end = at + to - from;
		if (end > this.#bytes.length) this.#bytes = grown(this.#bytes, end);
		if (symbol === this.#ends.length) this.#ends = grownInts(this.#ends);
		const token = bytes.subarray(from, to);
		this.#bytes.set(token, at);
		this.#ends[symbol] = end;
		this.#texts.push(decodeName(token));
		this.#slots[slot] = symbol + 1;
		if (this.#texts.length * 2 > this.#slots.length) this.#rehash();
		return symbol + 1;
	}

	#clear(): void {
		this.#texts = [];
		this.#slots.fill(0);
		this.#recent.fill(0);
	}

	#rehash(): void {
		const mask = this.#slots.length * 2 - 1;
		this.#slots = new Int32Array(mask + 1);
		for (let symbol = 0, from = 0; symbol < this.#texts.length; symbol++) {
			const to = this.#ends[symbol]!;
			let slot = hashBytes(this.#bytes, from, to) & mask;
			while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
			this.#slots[slot] = symbol + 1;
			from = to;
		}
	}
}

/** FNV-1a, with its high bits mixed into the low ones, which pick the slot. */
export function hashBytes(bytes: Uint8Array, from: number, to: number): number {
	let hash = 0x811c9dc5;
	for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
	return (hash ^ (hash >>> 15)) >>> 0;
}

function grown(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
	const larger = new Uint8Array(Math.max(size, bytes.length * 2));
	larger.set(bytes);
	return larger;
}

function grownInts(ints: Int32Array): Int32Array<ArrayBuffer> {
	const larger = new Int32Array(ints.length * 2);
	larger.set(ints);
	return larger;
}
