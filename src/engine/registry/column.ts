const CHUNK = 256;

/** A place for one number: `cells[slot]`, for as long as it is taken. */
export interface Cell {
	readonly cells: Float64Array;
	readonly slot: number;
}

/**
 * The values of all series of a metric, in typed arrays: a series has a slot, and adding to it allocates nothing.
 * The arrays never move, so a series keeps the one that its slot is in.
 */
export class Column {
	#chunk = new Float64Array(8);
	#used = 0;
	readonly #free: Cell[] = [];

	/** A cell that holds 0. */
	take(): Cell {
		const free = this.#free.pop();
		if (free) return free;
		if (this.#used === this.#chunk.length) {
			this.#chunk = new Float64Array(CHUNK);
			this.#used = 0;
		}
		return { cells: this.#chunk, slot: this.#used++ };
	}

	release(cell: Cell): void {
		cell.cells[cell.slot] = 0;
		this.#free.push(cell);
	}
}

/** In place of the cells of a series that is not exposed; its slot is NO_SLOT. */
export const NO_CELLS = new Float64Array(0);
export const NO_SLOT = -1;
