/** A source of chance that is the same for the same seed. */
export interface Chance {
	/** At least 0, less than 1. */
	unit(): number;
	/** An integer at least 0 and less than the bound. */
	below(bound: number): number;
	/** True with the given probability. */
	is(probability: number): boolean;
	pick<T>(from: readonly T[]): T;
}

/** A small seeded generator (mulberry32). */
export function createChance(seed: number): Chance {
	let state = seed;
	const unit = () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
	const below = (bound: number) => Math.floor(unit() * bound);
	return {
		unit,
		below,
		is: (probability) => unit() < probability,
		pick: <T>(from: readonly T[]) => from[below(from.length)] as T
	};
}
