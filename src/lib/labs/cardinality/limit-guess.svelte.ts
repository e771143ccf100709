import type { Timestamp } from '#engine/model';
import type { ScrapeErrors } from './event-log.ts';
import type { Belief } from './predict.ts';
import type { Scrape } from './scrapes.ts';
import { isOverLimit } from './story.ts';

/** What was said before a limit was set, and what there was then. */
export interface Prediction {
	readonly limit: number;
	readonly belief: Belief;
	/** When it was said. */
	readonly at: Timestamp;
	/** Live series then. */
	readonly before: number;
}

/** What there was when the limit was seen to hold. It stays as it was: the next program may be within the limit. */
export interface Outcome {
	readonly at: Timestamp;
	readonly stored: number;
	readonly isUp: boolean;
	readonly liveSeries: number;
}

interface Seen {
	readonly scrapes: readonly Scrape[];
	readonly errors: ScrapeErrors;
	readonly liveSeries: number;
}

/** Somebody wants to set sample_limit, and says before what will be left. */
export class LimitGuess {
	/** The limit that will be set; undefined while none is wanted. */
	wanted = $state.raw<number>();
	prediction = $state.raw<Prediction>();
	/** Undefined until a page has failed by the limit since it was said. */
	outcome = $state.raw<Outcome>();

	/** Takes the guess, or that there is none, and hands out the limit to set. */
	commit(belief: Belief | undefined, before: number, at: Timestamp): number | undefined {
		const limit = this.wanted;
		this.prediction = belief && limit !== undefined ? { limit, belief, before, at } : undefined;
		this.outcome = undefined;
		this.wanted = undefined;
		return limit;
	}

	/** Reads the prediction back, once. Failures before it was said prove nothing. */
	readBack({ scrapes, errors, liveSeries }: Seen): void {
		const last = scrapes.at(-1);
		if (!this.prediction || this.outcome || !last) return;
		if (!isOverLimit(scrapes, errors, this.prediction.at)) return;
		const { at, isUp, samples } = last;
		this.outcome = { at, isUp, stored: isUp ? samples : 0, liveSeries };
	}

	clear(): void {
		this.wanted = undefined;
		this.prediction = undefined;
		this.outcome = undefined;
	}
}
