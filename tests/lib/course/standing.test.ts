import { expect, test } from 'vitest';
import type { Chapter, LessonEntry } from '../../../src/lib/course/lesson.ts';
import { NO_PROGRESS } from '../../../src/lib/course/progress.ts';
import { lessonToGoOnWith, standing, standingInWords } from '../../../src/lib/course/standing.ts';

const lesson = (id: string, minutes: number): LessonEntry => ({
	id,
	title: id,
	address: `a/${id}`,
	folder: `lessons/01-a/01-${id}`,
	minutes,
	objective: '',
	concepts: [id]
});
const [A, B, C] = [lesson('a', 5), lesson('b', 7), lesson('c', 8)] as const;
const passed = { ...NO_PROGRESS, status: 'passed with solution' as const };
const started = { ...NO_PROGRESS, status: 'started' as const };

test('what is passed, how long the rest takes, and what of it is due', () => {
	const due = [A, C].map((one) => ({ concept: one.id, lesson: one, due: 0 }));
	const now = standing([A, B], { a: passed, b: started }, due);
	expect(now).toEqual({ lessons: 2, passed: 1, minutesLeft: 7, due: 1 });
	expect(standingInWords(now)).toBe('1 of 2 passed, 7 min left');
});

test('the words fit one lesson, and all of them', () => {
	const words = (...lessons: LessonEntry[]) =>
		standingInWords(standing(lessons, { a: passed }, []));
	expect(words(B)).toBe('1 lesson, 7 min');
	expect(words(A)).toBe('passed');
	expect(standingInWords(standing([A, B], { a: passed, b: passed }, []))).toBe('all 2 passed');
});

test('one goes on with what was begun, else with the first that is open', () => {
	const chapters = [{ lessons: [A, B] }, { lessons: [C] }] as unknown as Chapter[];
	expect(lessonToGoOnWith(chapters, { c: started })).toBe(C);
	expect(lessonToGoOnWith(chapters, { a: passed })).toBe(B);
	expect(lessonToGoOnWith(chapters, { a: passed, b: passed, c: passed })).toBeUndefined();
});
