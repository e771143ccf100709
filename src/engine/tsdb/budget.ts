/**
 * Decides whether there is room for a new series. What is stored is measured when a row begins that brings a new series; those
 * that follow in the row are added to it by what they will take.
 */
export class Budget {
	readonly maxBytes: number;
	readonly #measure: () => number;
	#bytes: number | undefined;

	constructor(maxBytes: number, measure: () => number) {
		this.maxBytes = maxBytes;
		this.#measure = measure;
	}

	/** Tells that what was measured may have grown. */
	outdate(): void {
		this.#bytes = undefined;
	}

	/** Whether so many bytes more are within the budget; then they count as taken. */
	admits(bytes: number): boolean {
		if (this.maxBytes === Infinity) return true;
		const taken = (this.#bytes ??= this.#measure()) + bytes;
		if (taken > this.maxBytes) return false;
		this.#bytes = taken;
		return true;
	}
}
