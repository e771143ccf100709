import type { LessonEntry } from '../lesson.ts';
import { isPassed, progressOf, type Progress } from '../progress.ts';
import { firstDue, type Memories } from './memory.ts';

/** A concept that a passed lesson practised, and when it should be asked for again. */
export interface Repetition {
	readonly concept: string;
	/** The first lesson that practises it. */
	readonly lesson: LessonEntry;
	/** ms since 1970. */
	readonly due: number;
}

/** How many are asked for at one sitting: about two minutes. */
export const SITTING = 3;

/** What has been learned and is to be kept, the most overdue first. Concepts that several lessons practise are there once. */
export function repetitions(
	lessons: readonly LessonEntry[],
	progress: Progress,
	memories: Memories
): Repetition[] {
	const found = new Map<string, Repetition>();
	for (const lesson of lessons) {
		const known = progressOf(progress, lesson.id);
		if (!isPassed(known)) continue;
		for (const concept of lesson.concepts) {
			if (found.has(concept)) continue;
			const due = memories[concept]?.due ?? firstDue(known.passedAt);
			found.set(concept, { concept, lesson, due });
		}
	}
	return [...found.values()].sort((a, b) => a.due - b.due);
}

/** Those of them that are due, and the next moment at which another one is. */
export function dueAt(
	all: readonly Repetition[],
	now: number
): { readonly due: readonly Repetition[]; readonly next: number | undefined } {
	const due = all.filter((one) => one.due <= now);
	const next = all.find((one) => one.due > now)?.due;
	return { due, next };
}

/**
 * What is asked for at one sitting: of what is due the most overdue, but as far as there is a choice of different lessons, since
 * what lies mixed is told apart better.
 */
export function sitting(due: readonly Repetition[], most = SITTING): Repetition[] {
	const chosen: Repetition[] = [];
	for (const apart of [true, false]) {
		for (const one of due) {
			if (chosen.length === most) return chosen;
			if (chosen.includes(one)) continue;
			if (apart && chosen.some(({ lesson }) => lesson.id === one.lesson.id)) continue;
			chosen.push(one);
		}
	}
	return chosen;
}
