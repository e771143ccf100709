import type { WindowedSeries } from './range-vector.ts';

/**
 * The values of a window that only moves on, sorted, NaN first; equal ones (zeros, whatever their signs) as they came, so the
 * first of them is the first to leave. Where a row leaves and another one enters, only what lies between their places is moved.
 */
export class SortedWindow {
	/** As many of them as the window has rows. */
	sorted = new Float64Array(0);
	#values: Float64Array = this.sorted;
	#from = 0;
	#to = 0;
	#hasNaN = false;

	/** Goes over to another series, with an empty window. */
	reset({ values, start, end }: WindowedSeries): void {
		if (this.sorted.length < end - start) this.sorted = new Float64Array(end - start);
		this.#values = values;
		this.#from = this.#to = 0;
		this.#hasNaN = false;
		for (let row = start; row < end; row++) if (values[row] !== values[row]) this.#hasNaN = true;
	}

	/** Moves the window to the rows [lo, hi), neither of which may be less than before. */
	moveTo(lo: number, hi: number): void {
		if (lo >= this.#to) this.#from = this.#to = lo;
		if (!this.#hasNaN) this.#replaceRows(Math.min(lo - this.#from, hi - this.#to));
		while (this.#from < lo) this.#takeOut();
		while (this.#to < hi) this.#put();
	}

	/** Lets so many rows leave, and as many enter. None may be NaN. */
	#replaceRows(count: number): void {
		const { sorted } = this;
		const values = this.#values;
		const from = this.#from;
		const to = this.#to;
		const size = to - from;
		for (let i = 0; i < count; i++) {
			const value = values[to + i] as number;
			let at = lowerBound(sorted, size, values[from + i] as number);
			if (value >= (sorted[at] as number)) {
				for (; at + 1 < size && (sorted[at + 1] as number) <= value; at++) {
					sorted[at] = sorted[at + 1] as number;
				}
			} else {
				for (; at > 0 && (sorted[at - 1] as number) > value; at--) {
					sorted[at] = sorted[at - 1] as number;
				}
			}
			sorted[at] = value;
		}
		this.#from = from + count;
		this.#to = to + count;
	}

	#put(): void {
		const { sorted } = this;
		const size = this.#to - this.#from;
		const value = this.#values[this.#to++] as number;
		const at = value !== value ? 0 : upperBound(sorted, size, value);
		sorted.copyWithin(at + 1, at, size);
		sorted[at] = value;
	}

	#takeOut(): void {
		const { sorted } = this;
		const size = this.#to - this.#from;
		const value = this.#values[this.#from++] as number;
		const at = value !== value ? 0 : lowerBound(sorted, size, value);
		sorted.copyWithin(at, at + 1, size);
	}
}

/** In so few values a place is found sooner by looking at one after the other, which processors foresee better. */
const FEW = 32;

/** The first place of sorted[0 … size) whose value is not less than a number that is among them. */
function lowerBound(sorted: Float64Array, size: number, value: number): number {
	let low = 0;
	if (size <= FEW) {
		while (!((sorted[low] as number) >= value)) low++;
		return low;
	}
	let high = size;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((sorted[middle] as number) >= value) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** The first place whose value is greater. */
function upperBound(sorted: Float64Array, size: number, value: number): number {
	let low = 0;
	let high = size;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((sorted[middle] as number) > value) high = middle;
		else low = middle + 1;
	}
	return low;
}
