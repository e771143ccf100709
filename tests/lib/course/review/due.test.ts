import { expect, test } from 'vitest';
import type { LessonEntry } from '../../../../src/lib/course/lesson.ts';
import { NO_PROGRESS, type Progress } from '../../../../src/lib/course/progress.ts';
import { dueAt, repetitions, sitting } from '../../../../src/lib/course/review/due.ts';
import { recalled } from '../../../../src/lib/course/review/schedule.ts';

const HOUR = 60 * 60 * 1000;
const NOW = Date.UTC(2026, 10, 23, 9);

const lesson = (id: string, concepts: readonly string[]): LessonEntry => ({
	id,
	title: id,
	address: `a/${id}`,
	folder: `lessons/01-a/01-${id}`,
	minutes: 5,
	objective: '',
	concepts
});

const LESSONS = [
	lesson('counter', ['counter', 'labels']),
	lesson('rate', ['rate', 'reset', 'labels']),
	lesson('buckets', ['bucket'])
];

const passed = (passedAt?: number) => ({
	...NO_PROGRESS,
	status: 'passed' as const,
	...(passedAt !== undefined && { passedAt })
});

const concepts = (list: readonly { readonly concept: string }[]) =>
	list.map(({ concept }) => concept);

test('what a passed lesson practised is due a day later, and nothing of lessons that were not passed', () => {
	const progress: Progress = {
		counter: passed(NOW - 25 * HOUR),
		rate: { ...NO_PROGRESS, status: 'started' },
		buckets: passed(NOW - HOUR)
	};
	const { due, next } = dueAt(repetitions(LESSONS, progress, {}), NOW);
	expect(concepts(due)).toEqual(['counter', 'labels']);
	expect(next).toBe(NOW + 23 * HOUR);
});

test('an answer puts a concept off, also where another lesson practises it too', () => {
	const progress: Progress = { counter: passed(), rate: passed() };
	const memories = { labels: recalled(undefined, 'right', NOW) };
	const { due } = dueAt(repetitions(LESSONS, progress, memories), NOW);
	expect(concepts(due)).toEqual(['counter', 'rate', 'reset']);
});

test('a sitting mixes lessons before it takes two of one, the most overdue first', () => {
	const progress: Progress = {
		counter: passed(NOW - 90 * HOUR),
		rate: passed(NOW - 60 * HOUR),
		buckets: passed(NOW - 30 * HOUR)
	};
	const { due } = dueAt(repetitions(LESSONS, progress, {}), NOW);
	expect(concepts(due)).toEqual(['counter', 'labels', 'rate', 'reset', 'bucket']);
	expect(concepts(sitting(due))).toEqual(['counter', 'rate', 'bucket']);
	expect(concepts(sitting(due, 4))).toEqual(['counter', 'rate', 'bucket', 'labels']);
});
