/**
 * The values of all series of a metric, in one typed array: a series is a slot. To add to a slot allocates nothing.
 * `values` is replaced when it grows, so it is read anew at each use and never kept.
 */
export class Column {
	values = new Float64Array(4);
	#used = 0;
	readonly #free: number[] = [];

	/** A slot that holds 0. */
	take(): number {
		const free = this.#free.pop();
		if (free !== undefined) return free;
		if (this.#used === this.values.length) this.#grow();
		return this.#used++;
	}

	release(slot: number): void {
		this.values[slot] = 0;
		this.#free.push(slot);
	}

	#grow(): void {
		const larger = new Float64Array(this.values.length * 2);
		larger.set(this.values);
		this.values = larger;
	}
}
