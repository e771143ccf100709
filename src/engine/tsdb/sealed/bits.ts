import { doubleOf, firstHalf, secondHalf, trailingZeros, type WordList } from './words.ts';

/** So far from 0 a number may be that is written with as few bits as it takes. */
export const MOST_WHOLE = 2 ** 52;

/** How many bits a whole number may take, sign included: as many ones before it as there are steps to its width (after tsdb/chunkenc/varbit.go). */
const WIDTHS = [0, 3, 6, 9, 12, 18, 25, 54];

const LAST_WIDTH = WIDTHS.length - 1;

const TWO_32 = 2 ** 32;

const NAN_HIGH = 0x7ff80000;

/** Writes bits one after the other, from the lowest of a word on. */
export class BitWriter {
	readonly #words: number[] = [];
	#length = 0;

	/** Writes the bits of an unsigned number below 2 ** width, which is up to 32. */
	push(bits: number, width: number): void {
		if (width === 0) return;
		const word = this.#length >>> 5;
		const used = this.#length & 31;
		this.#words[word] = (this.#words[word] ?? 0) | (bits << used);
		if (used + width > 32) this.#words[word + 1] = bits >>> (32 - used);
		this.#length += width;
	}

	/** Writes a whole number that is not farther from 0 than MOST_WHOLE, and not -0; small ones take few bits, and 0 takes one. */
	pushWhole(number: number): void {
		const folded = number < 0 ? -2 * number - 1 : 2 * number;
		const step = WIDTHS.findIndex((width) => folded < 2 ** width);
		const width = WIDTHS[step] as number;
		if (step < LAST_WIDTH) this.push((1 << step) - 1, step + 1);
		else this.push((1 << step) - 1, step);
		this.push((folded % TWO_32) >>> 0, Math.min(width, 32));
		if (width > 32) this.push(Math.floor(folded / TWO_32), width - 32);
	}

	/**
	 * Writes a double as what an exclusive or with another one leaves, without the zeros at both ends (after tsdb/chunkenc/xor.go). The same one takes
	 * a bit.
	 */
	pushDouble(value: number, before: number): void {
		const low = (lowOf(value) ^ lowOf(before)) >>> 0;
		const high = (highOf(value) ^ highOf(before)) >>> 0;
		this.push((low | high) === 0 ? 0 : 1, 1);
		if ((low | high) === 0) return;
		const leading = Math.min(Math.clz32(high), 31);
		const trailing = low === 0 ? 32 + trailingZeros(high) : trailingZeros(low);
		this.push(leading, 5);
		this.push(trailing, 6);
		if (trailing < 32) this.push(low >>> trailing, 32 - trailing);
		this.push(trailing < 32 ? high : high >>> (trailing - 32), highWidth(leading, trailing));
	}

	/** Appends how many words there are, and the words. */
	appendTo(list: WordList): void {
		list.push(this.#words.length);
		for (const word of this.#words) list.push(word);
	}
}

/** Reads what a BitWriter wrote, from a word on. One more word must follow the last. */
export class BitReader {
	readonly #words: Uint32Array;
	#at: number;

	constructor(words: Uint32Array, at: number) {
		this.#words = words;
		this.#at = at * 32;
	}

	read(width: number): number {
		const bits = this.#peek(width);
		this.#at += width;
		return bits;
	}

	readWhole(): number {
		const step = trailingZeros(~this.#peek(LAST_WIDTH));
		this.#at += step < LAST_WIDTH ? step + 1 : LAST_WIDTH;
		const width = WIDTHS[Math.min(step, LAST_WIDTH)] as number;
		const low = this.read(Math.min(width, 32));
		const folded = width > 32 ? low + this.read(width - 32) * TWO_32 : low;
		return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
	}

	readDouble(before: number): number {
		if (this.read(1) === 0) return before;
		const leading = this.read(5);
		const trailing = this.read(6);
		const low = trailing < 32 ? this.read(32 - trailing) << trailing : 0;
		const bits = this.read(highWidth(leading, trailing));
		const high = trailing < 32 ? bits : bits << (trailing - 32);
		return doubleOf(lowOf(before) ^ low, highOf(before) ^ high);
	}

	#peek(width: number): number {
		if (width === 0) return 0;
		const word = this.#at >>> 5;
		const shift = this.#at & 31;
		const low = (this.#words[word] as number) >>> shift;
		// Shifted in two steps, because a shift by 32 would be one by 0.
		const high = ((this.#words[word + 1] as number) << 1) << (31 - shift);
		return ((low | high) & (-1 >>> (32 - width))) >>> 0;
	}
}

/** Of how many bits of the high half there is something to write. */
function highWidth(leading: number, trailing: number): number {
	return trailing < 32 ? 32 - leading : 64 - leading - trailing;
}

/** The halves of a double; those of NaN are always the same, though JavaScript may have it with other bits. */
function lowOf(value: number): number {
	return value !== value ? 0 : firstHalf(value);
}

function highOf(value: number): number {
	return value !== value ? NAN_HIGH : secondHalf(value);
}
