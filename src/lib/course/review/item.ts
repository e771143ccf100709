import type { RandomSource } from '#engine/sim';

/** One of the answers that can be chosen. In all texts `backticks` mean code. */
export interface ReviewOption {
	readonly text: string;
	/** Of the one that is right. */
	readonly correct?: true;
	/** The documented belief that makes a wrong one tempting. */
	readonly misconception?: string;
	/** Why it is right or wrong, with the numbers of this item. */
	readonly why: string;
}

/** What a question is about, to look at. */
export type ReviewFigure =
	/** A page of metrics, a query or a program. */
	| { readonly kind: 'text'; readonly text: string }
	/** The samples of a counter or a gauge, as they were scraped. */
	| {
			readonly kind: 'samples';
			/** What they are samples of. */
			readonly name: string;
			/** Seconds since the first. */
			readonly times: readonly number[];
			readonly values: readonly number[];
	  };

/** A question with fresh numbers. */
export interface ReviewItem {
	readonly question: string;
	readonly figure?: ReviewFigure;
	readonly options: readonly ReviewOption[];
}

/** Makes questions about one concept; the same source of chance makes the same one. */
export interface ReviewTemplate {
	/** Of those that the lesson practises. */
	readonly concept: string;
	/** What it is about, as a list of things to repeat calls it. */
	readonly about: string;
	readonly make: (random: RandomSource) => ReviewItem;
}

/** Most answers that a question may offer. */
export const MOST_OPTIONS = 4;

/** How often a template may draw numbers anew because two answers came out the same. */
const MOST_TRIES = 50;

/** A question with fresh numbers: its answers differ, and lie in no order that gives one away. */
export function freshItem({ concept, make }: ReviewTemplate, random: RandomSource): ReviewItem {
	for (let i = 0; i < MOST_TRIES; i++) {
		const source = random.fork(`${concept} ${i}`);
		const item = make(source);
		const texts = new Set(item.options.map(({ text }) => text));
		if (texts.size === item.options.length) return shuffled(item, source);
	}
	throw new Error(`the answers about ${concept} are the same again and again`);
}

function shuffled(item: ReviewItem, random: RandomSource): ReviewItem {
	const options = [...item.options];
	for (let i = options.length - 1; i > 0; i--) {
		const j = Math.floor(random() * (i + 1));
		[options[i], options[j]] = [options[j] as ReviewOption, options[i] as ReviewOption];
	}
	return { ...item, options };
}
