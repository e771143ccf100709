import type { Chapter, LessonEntry } from './lesson.ts';
import { isPassed, progressOf, type Progress } from './progress.ts';
import type { Repetition } from './review/due.ts';

/** How far somebody is with some lessons. */
export interface Standing {
	readonly lessons: number;
	readonly passed: number;
	/** About how long the others take. */
	readonly minutesLeft: number;
	/** How many concepts of them are due to be repeated. */
	readonly due: number;
}

export function standing(
	lessons: readonly LessonEntry[],
	progress: Progress,
	due: readonly Repetition[]
): Standing {
	const open = lessons.filter(({ id }) => !isPassed(progressOf(progress, id)));
	const ids = new Set(lessons.map(({ id }) => id));
	return {
		lessons: lessons.length,
		passed: lessons.length - open.length,
		minutesLeft: open.reduce((sum, { minutes }) => sum + minutes, 0),
		due: due.filter(({ lesson }) => ids.has(lesson.id)).length
	};
}

/** The standing in words, as the map and its screen reader have it. */
export function standingInWords({ lessons, passed, minutesLeft }: Standing): string {
	const count = `${lessons} ${lessons === 1 ? 'lesson' : 'lessons'}`;
	if (passed === 0) return `${count}, ${minutesLeft} min`;
	if (passed === lessons) return lessons === 1 ? 'passed' : `all ${lessons} passed`;
	return `${passed} of ${lessons} passed, ${minutesLeft} min left`;
}

/** The lesson to go on with: one that was begun, otherwise the first that has not been passed. */
export function lessonToGoOnWith(
	chapters: readonly Chapter[],
	progress: Progress
): LessonEntry | undefined {
	const open = chapters
		.flatMap(({ lessons }) => lessons)
		.filter(({ id }) => !isPassed(progressOf(progress, id)));
	return open.find(({ id }) => progressOf(progress, id).status === 'started') ?? open[0];
}
