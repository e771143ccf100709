import type { Belief } from './predict.ts';

/** What was said before a limit was set, and what there was then. */
export interface Prediction {
	readonly limit: number;
	readonly belief: Belief;
	/** Live series when it was said. */
	readonly before: number;
}

/** Somebody wants to set sample_limit, and says before what will be left. */
export class LimitGuess {
	/** The limit that will be set; undefined while none is wanted. */
	wanted = $state.raw<number>();
	prediction = $state.raw<Prediction>();

	/** Takes the guess, or that there is none, and hands out the limit to set. */
	commit(belief: Belief | undefined, before: number): number | undefined {
		const limit = this.wanted;
		this.prediction = belief && limit !== undefined ? { limit, belief, before } : undefined;
		this.wanted = undefined;
		return limit;
	}

	clear(): void {
		this.wanted = undefined;
		this.prediction = undefined;
	}
}
