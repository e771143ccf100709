const DAY = 24 * 60 * 60 * 1000;

/** How an answer was given: wrong, right by a guess, right, or right without a doubt. */
export type Recall = 'wrong' | 'guessed' | 'right' | 'sure';

/** What is known of how well a concept is remembered: plain data, with times as ms since 1970. */
export interface Memory {
	/** When it should be asked for again. */
	readonly due: number;
	/** When it was last asked for. */
	readonly last: number;
	/** The state of the scheduler (schedule.ts), which only it reads. */
	readonly card: Readonly<Record<string, unknown>>;
}

/** By concept. */
export type Memories = Readonly<Record<string, Memory>>;

/** When a concept is asked for first, after its lesson was passed. Of a pass that nobody dated: at once. */
export function firstDue(passedAt: number | undefined): number {
	return passedAt === undefined ? 0 : passedAt + DAY;
}

/** Whether something that was stored or exported are memories: a scheduler must not be given anything else. */
export function isMemories(value: unknown): value is Memories {
	return isRecord(value) && Object.values(value).every(isMemory);
}

function isMemory(value: unknown): value is Memory {
	return (
		isRecord(value) &&
		Number.isFinite(value.due) &&
		Number.isFinite(value.last) &&
		isRecord(value.card) &&
		['stability', 'difficulty', 'reps', 'state'].every((name) =>
			Number.isFinite((value.card as Record<string, unknown>)[name])
		) &&
		!Number.isNaN(Date.parse(String(value.card.due)))
	);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
