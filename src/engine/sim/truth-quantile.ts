/** The 1-based rank of the q-quantile among n sorted values: the smallest rank that covers at least q of them. */
export function nearestRank(q: number, n: number): number {
	// The slack keeps a product such as 0.07 * 100, a hair above 7, from asking for one rank more.
	return Math.min(n, Math.max(1, Math.ceil(q * n - 1e-9)));
}

const BLOCK_BITS = 10;

/**
 * A multiset of numbers out of a set known beforehand, with its order statistics: add and remove in constant time,
 * the k-th smallest in about the square root of the set's size. This is what makes a sliding exact quantile cheap.
 */
export class RankedWindow {
	/** The distinct values, ascending. */
	readonly #values: Float64Array;
	readonly #counts: Uint32Array;
	/** Sums of `#counts` over blocks of 2^BLOCK_BITS, so that a search strides over most of them. */
	readonly #blocks: Uint32Array;
	size = 0;

	constructor(values: Float64Array) {
		this.#values = distinct(values.slice().sort());
		this.#counts = new Uint32Array(this.#values.length);
		this.#blocks = new Uint32Array((this.#values.length >> BLOCK_BITS) + 1);
	}

	/** Where each value of the set stands; what `add` and `remove` take. */
	places(values: Float64Array): Uint32Array {
		const places = new Uint32Array(values.length);
		for (let i = 0; i < values.length; i++) places[i] = this.#place(values[i] as number);
		return places;
	}

	#place(value: number): number {
		const values = this.#values;
		let low = 0;
		let high = values.length - 1;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((values[middle] as number) < value) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	add(place: number): void {
		(this.#counts[place] as number)++;
		(this.#blocks[place >> BLOCK_BITS] as number)++;
		this.size++;
	}

	remove(place: number): void {
		(this.#counts[place] as number)--;
		(this.#blocks[place >> BLOCK_BITS] as number)--;
		this.size--;
	}

	/** The q-quantile by nearest rank of what is in the window now; NaN when it is empty. */
	quantile(q: number): number {
		if (this.size === 0) return NaN;
		let left = nearestRank(q, this.size);
		let block = 0;
		while (left > (this.#blocks[block] as number)) left -= this.#blocks[block++] as number;
		let place = block << BLOCK_BITS;
		while (left > (this.#counts[place] as number)) left -= this.#counts[place++] as number;
		return this.#values[place] as number;
	}
}

function distinct(sorted: Float64Array): Float64Array {
	let n = 0;
	for (let i = 0; i < sorted.length; i++) {
		if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[n++] = sorted[i] as number;
	}
	return sorted.slice(0, n);
}
