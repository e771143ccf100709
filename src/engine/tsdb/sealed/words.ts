const FIRST_CAPACITY = 256;
const TWO_32 = 2 ** 32;

/** A growing list of 32-bit words, in which numbers take as many bits as they need. */
export class WordList {
	#words = new Uint32Array(FIRST_CAPACITY);
	length = 0;

	push(word: number): void {
		this.#reserve(1);
		this.#words[this.length++] = word;
	}

	/** Appends a double as two words, bit for bit. */
	pushDouble(value: number): void {
		DOUBLE[0] = value;
		this.push(HALVES[0] as number);
		this.push(HALVES[1] as number);
	}

	/**
	 * Appends whole numbers, from 0 to below 2 ** width, in so many bits each. Of more than 32 bits the low halves come first
	 * as whole words, so that opening never shifts more than a word.
	 */
	pushBits(numbers: Float64Array, count: number, width: number): void {
		if (width > 32) {
			for (let i = 0; i < count; i++) this.push((numbers[i] as number) % TWO_32);
			this.#pack(numbers, count, width - 32, TWO_32);
		} else this.#pack(numbers, count, width, 1);
	}

	/**
	 * The words as an array of their own. One more word follows the last, because bits are read two words at a time.
	 */
	toArray(): Uint32Array {
		const words = new Uint32Array(this.length + 1);
		words.set(this.#words.subarray(0, this.length));
		return words;
	}

	#pack(numbers: Float64Array, count: number, width: number, unit: number): void {
		const size = wordsFor(count, width);
		this.#reserve(size);
		const words = this.#words;
		words.fill(0, this.length, this.length + size);
		for (let i = 0, bit = this.length * 32; i < count; i++, bit += width) {
			const number = Math.floor((numbers[i] as number) / unit);
			const word = bit >>> 5;
			const shift = bit & 31;
			words[word] = (words[word] as number) | (number << shift);
			if (shift + width > 32) words[word + 1] = number >>> (32 - shift);
		}
		this.length += size;
	}

	#reserve(count: number): void {
		if (this.length + count <= this.#words.length) return;
		const words = new Uint32Array(Math.max(this.length + count, this.#words.length * 2));
		words.set(this.#words);
		this.#words = words;
	}
}

function wordsFor(count: number, width: number): number {
	return Math.ceil((count * width) / 32);
}

/** How many words `pushBits` takes for them. */
export function wordsForBits(count: number, width: number): number {
	return width <= 32 ? wordsFor(count, width) : count + wordsFor(count, width - 32);
}

/** How many bits the whole number takes, up to 53. */
export function bitLength(number: number): number {
	return number < TWO_32 ? 32 - Math.clz32(number) : 64 - Math.clz32(Math.floor(number / TWO_32));
}

/** Reads what `pushBits` wrote, adds `base` to each, and stores them from `out[offset]` on. Returns the word after them. */
export function unpackBits(
	words: Uint32Array,
	at: number,
	count: number,
	width: number,
	base: number,
	out: Float64Array,
	offset: number
): number {
	if (width <= 32) {
		unpack(words, at, count, width, base, out, offset);
		return at + wordsFor(count, width);
	}
	const high = at + count;
	unpack(words, high, count, width - 32, 0, out, offset);
	for (let i = 0; i < count; i++) {
		const number = (out[offset + i] as number) * TWO_32 + (words[at + i] as number);
		out[offset + i] = number + base;
	}
	return high + wordsFor(count, width - 32);
}

function unpack(
	words: Uint32Array,
	at: number,
	count: number,
	width: number,
	base: number,
	out: Float64Array,
	offset: number
): void {
	if (width === 0) {
		out.fill(base, offset, offset + count);
		return;
	}
	const mask = -1 >>> (32 - width);
	for (let i = 0, bit = 0; i < count; i++, bit += width) {
		const word = at + (bit >>> 5);
		const shift = bit & 31;
		const low = (words[word] as number) >>> shift;
		// Shifted in two steps, because a shift by 32 would be one by 0.
		const high = ((words[word + 1] as number) << 1) << (31 - shift);
		out[offset + i] = (((low | high) & mask) >>> 0) + base;
	}
}

const DOUBLE = new Float64Array(1);
const HALVES = new Uint32Array(DOUBLE.buffer);

/** The double that two words make. */
export function doubleOf(first: number, second: number): number {
	HALVES[0] = first;
	HALVES[1] = second;
	return DOUBLE[0] as number;
}

/** The first of the two words of a double, the low one on every machine with typed arrays that matter; `secondHalf` is the other. */
export function firstHalf(value: number): number {
	DOUBLE[0] = value;
	return HALVES[0] as number;
}

export function secondHalf(value: number): number {
	DOUBLE[0] = value;
	return HALVES[1] as number;
}

/** How many zeros a word ends with; it has a one. */
export function trailingZeros(word: number): number {
	return 31 - Math.clz32(word & -word);
}
