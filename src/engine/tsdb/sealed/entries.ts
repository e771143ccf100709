const NONE = -1;

/** Where one series has its entries in the sealed blocks of its column. */
export class SealedEntries {
	/** The block of the first entry. */
	#from: number;
	readonly #places: number[] = [];

	constructor(from: number) {
		this.#from = from;
	}

	/** Says where the entry of the next block is; undefined when the series has nothing in it. */
	push(at: number | undefined): void {
		this.#places.push(at ?? NONE);
	}

	/** Where the entry of a block is in its words; undefined when there is none. */
	at(block: number): number | undefined {
		const place = this.#places[block - this.#from];
		return place === NONE ? undefined : place;
	}

	/** Forgets the first blocks of the column. */
	cut(blocks: number): void {
		this.#from -= blocks;
		if (this.#from >= 0) return;
		this.#places.splice(0, -this.#from);
		this.#from = 0;
	}

	/** How many blocks it knows of. */
	get length(): number {
		return this.#places.length;
	}
}
