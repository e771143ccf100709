import type { Lab } from '#engine/lab';

/** How much the store of a lab holds. */
export interface StoreSize {
	readonly numSeries: number;
	readonly samples: number;
}

/** How old a count may be, wall time, ms. */
const COUNT_EVERY = 1000;

/** Counts the store of a lab. It counts itself by walking over all of it, so it is not asked each time somebody wants to know. */
export class StoreCount {
	readonly #now: () => number;
	#lab: Lab | undefined;
	#at = -Infinity;
	#size: StoreSize = { numSeries: 0, samples: 0 };

	/** `now` is the wall clock, ms. */
	constructor(now: () => number) {
		this.#now = now;
	}

	of(lab: Lab): StoreSize {
		const now = this.#now();
		if (this.#lab !== lab || now - this.#at > COUNT_EVERY) {
			const { numSeries, samples } = lab.head.count();
			this.#lab = lab;
			this.#at = now;
			this.#size = { numSeries, samples };
		}
		return this.#size;
	}
}
