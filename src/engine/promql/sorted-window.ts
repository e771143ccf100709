import type { WindowedSeries } from './range-vector.ts';

/**
 * The values of a window that only moves on, sorted, NaN first. Where a row leaves and another one enters, only what lies
 * between their places is moved.
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
		const size = this.#to - this.#from;
		for (let i = 0; i < count; i++) {
			const value = values[this.#to++] as number;
			let at = lowerBound(sorted, size, values[this.#from++] as number);
			if (value > (sorted[at] as number)) {
				for (; at + 1 < size && (sorted[at + 1] as number) < value; at++) {
					sorted[at] = sorted[at + 1] as number;
				}
			} else {
				for (; at > 0 && (sorted[at - 1] as number) >= value; at--) {
					sorted[at] = sorted[at - 1] as number;
				}
			}
			sorted[at] = value;
		}
	}

	#put(): void {
		const { sorted } = this;
		const size = this.#to - this.#from;
		const value = this.#values[this.#to++] as number;
		const at = this.#hasNaN
			? lowerBoundNaNFirst(sorted, size, value)
			: lowerBound(sorted, size, value);
		sorted.copyWithin(at + 1, at, size);
		sorted[at] = value;
	}

	#takeOut(): void {
		const { sorted } = this;
		const size = this.#to - this.#from;
		const value = this.#values[this.#from++] as number;
		const at = this.#hasNaN
			? lowerBoundNaNFirst(sorted, size, value)
			: lowerBound(sorted, size, value);
		sorted.copyWithin(at, at + 1, size);
	}
}

/** The first place of sorted[0 … size) whose value is not less. */
function lowerBound(sorted: Float64Array, size: number, value: number): number {
	let low = 0;
	let high = size;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((sorted[middle] as number) < value) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** As `lowerBound`, with NaN less than any number. */
function lowerBoundNaNFirst(sorted: Float64Array, size: number, value: number): number {
	let low = 0;
	let high = size;
	while (low < high) {
		const middle = (low + high) >>> 1;
		const other = sorted[middle] as number;
		if (other < value || (other !== other && value === value)) low = middle + 1;
		else high = middle;
	}
	return low;
}
