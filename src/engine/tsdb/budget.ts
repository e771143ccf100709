/** So much beyond the budget series that are there may go on. */
const RESERVE = 1.25;

/** What is stored is measured anew when this share of the budget may have been added to it: measuring walks over all series. */
const MEASURED_EVERY = 1 / 64;

/**
 * Decides whether there is room: for a new series within the budget, and for samples of those that are there within a quarter more. What is
 * stored is measured now and then, and in between what is written is added to it, so that it is rather thought to be more than it is.
 */
export class Budget {
	readonly maxBytes: number;
	readonly #measure: () => number;
	#measured: number | undefined;
	/** Bytes that were written since, at most. */
	#written = 0;

	constructor(maxBytes: number, measure: () => number) {
		this.maxBytes = maxBytes;
		this.#measure = measure;
	}

	/** Tells that something was forgotten. */
	outdate(): void {
		this.#measured = undefined;
	}

	/** Tells that at most so many bytes were written. */
	note(bytes: number): void {
		this.#written += bytes;
	}

	/** Whether so many bytes of a new series are within the budget; then they count as written. */
	admits(bytes: number): boolean {
		if (this.maxBytes === Infinity) return true;
		if (this.#stored() + bytes > this.maxBytes) return false;
		this.#written += bytes;
		return true;
	}

	/**
	 * Begins a row, for which so many bytes have to be taken besides. True when there is no room for it: not even series that are there may
	 * go on then.
	 */
	beginRow(bytes: number): boolean {
		const most = this.maxBytes * RESERVE;
		if (most === Infinity) return false;
		// Only between two rows is everything counted that is there.
		if (this.#written > this.maxBytes * MEASURED_EVERY) this.outdate();
		return this.#stored() + bytes > most;
	}

	/** What is stored, at most. */
	#stored(): number {
		if (this.#measured === undefined) {
			this.#measured = this.#measure();
			this.#written = 0;
		}
		return this.#measured + this.#written;
	}
}
