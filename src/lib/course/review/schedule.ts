import { createEmptyCard, fsrs, Rating, TypeConvert, type Card, type Grade } from 'ts-fsrs';
import type { Memory, Recall } from './memory.ts';

const GRADES: Readonly<Record<Recall, Grade>> = {
	wrong: Rating.Again,
	guessed: Rating.Hard,
	right: Rating.Good,
	sure: Rating.Easy
};

// Whole days and nothing shorter, and no chance in them: nobody learns Prometheus by the minute, and tests can say when.
const scheduler = fsrs({ enable_short_term: false, enable_fuzz: false });

/** The longest that a concept is left alone: a year. */
const LONGEST = 365 * 24 * 60 * 60 * 1000;

/** The memory after one more answer: the intervals grow as long as it is right (FSRS, of the library ts-fsrs). */
export function recalled(before: Memory | undefined, recall: Recall, now: number): Memory {
	const at = new Date(now);
	const card = before ? TypeConvert.card(before.card as unknown as Card) : createEmptyCard(at);
	const next = scheduler.next(card, at, GRADES[recall]).card;
	return {
		due: Math.min(next.due.getTime(), now + LONGEST),
		last: now,
		card: JSON.parse(JSON.stringify(next)) as Record<string, unknown>
	};
}
