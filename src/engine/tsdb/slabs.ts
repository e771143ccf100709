/** The most arrays that share one piece of memory. */
const MOST_ARRAYS = 64;

/** Arrays longer than this, in values, have their own memory: what an array costs besides matters little then. */
const LONGEST = 1024;

interface Slab {
	readonly buffer: ArrayBuffer;
	/** Bytes that are handed out. */
	used: number;
	/** How many arrays it has room for. */
	readonly arrays: number;
}

/**
 * Hands out arrays of values that share memory: a small typed array of its own costs several times what is in it. The segments of a
 * column grow at the same time, so the arrays of a slab are let go of together.
 */
export class Slabs {
	/** The one that is being used up, by the length of its arrays. */
	readonly #slabs = new Map<number, Slab>();

	/** An array of so many values, all zero. */
	allocate(length: number): Float64Array {
		if (length > LONGEST) return new Float64Array(length);
		const bytes = length * Float64Array.BYTES_PER_ELEMENT;
		let slab = this.#slabs.get(length);
		if (!slab || slab.used === slab.buffer.byteLength) {
			// Few series need few arrays: twice as many each time.
			const arrays = Math.min(MOST_ARRAYS, 2 * (slab?.arrays ?? 0) || 1);
			slab = { buffer: new ArrayBuffer(arrays * bytes), used: 0, arrays };
			this.#slabs.set(length, slab);
		}
		const array = new Float64Array(slab.buffer, slab.used, length);
		slab.used += bytes;
		return array;
	}
}
