import { expect, test } from 'vitest';
import type { LessonEntry } from '../../../../src/lib/course/lesson.ts';
import { ProgressStore } from '../../../../src/lib/course/progress-store.svelte.ts';
import type { ReviewTemplate } from '../../../../src/lib/course/review/item.ts';
import { ReviewSession } from '../../../../src/lib/course/review/review-session.svelte.ts';

const DAY = 24 * 60 * 60 * 1000;

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
	lesson('rate', ['rate', 'window', 'labels'])
];

/** What is one and one of a concept, with a number that is new each time. */
const template = (concept: string): ReviewTemplate => ({
	concept,
	about: `About ${concept}`,
	make: (random) => {
		const number = Math.floor(random() * 1e6);
		return {
			question: `${number} + 1`,
			options: [
				{ text: String(number + 1), correct: true, why: 'So it is.' },
				{ text: String(number), misconception: 'M-counter-graph', why: 'That is without the one.' }
			]
		};
	}
});

function start(passed: readonly string[]) {
	let seed = 0;
	const progress = new ProgressStore();
	progress.restore();
	for (const id of passed) progress.change(id, (one) => ({ ...one, status: 'passed' }));
	const session = new ReviewSession({
		lessons: LESSONS,
		progress,
		// As in the course, a lesson asks about what it is the first to practise.
		load: ({ id, concepts }) =>
			Promise.resolve(
				concepts.filter((concept) => id === 'counter' || concept !== 'labels').map(template)
			),
		seed: () => ++seed,
		now: () => Date.now() + 2 * DAY
	});
	const answer = (isRight: boolean) => {
		const option = session.current?.item.options.find(
			({ correct }) => (correct ?? false) === isRight
		);
		if (option) session.answer(option, 'think');
	};
	return { session, progress, answer };
}

test('at most three things are asked, of different lessons first', async () => {
	const { session } = start(['counter', 'rate']);
	await session.begin();
	expect(session.asked.map(({ concept }) => concept)).toEqual(['counter', 'rate', 'labels']);
});

test('an answer is kept, with when the question comes again; a second one is not taken', async () => {
	const { session, progress, answer } = start(['counter']);
	await session.begin();
	answer(true);
	answer(false);
	expect(session.rightCount).toBe(1);
	expect(session.current?.next).toBe(progress.memories.counter?.due);
	expect(progress.memories.counter?.due).toBeGreaterThan(Date.now() + 3 * DAY);
});

test('one goes on after an answer only, and what was answered is due no more', async () => {
	const { session, answer } = start(['counter']);
	await session.begin();
	session.next();
	expect(session.at).toBe(0);
	answer(true);
	session.next();
	answer(false);
	session.next();
	expect([session.current, session.rightCount]).toEqual([undefined, 1]);
	await session.begin();
	expect(session.asked).toEqual([]);
});

test('practice asks what was learned, or anything, with other numbers, and writes nothing down', async () => {
	const { session, progress, answer } = start(['rate']);
	await session.practise();
	expect(session.asked.map(({ concept }) => concept).sort()).toEqual(['labels', 'rate', 'window']);
	const first = session.asked.map(({ item }) => item.question);
	answer(false);
	expect([progress.memories, session.current?.next]).toEqual([{}, undefined]);
	await session.practise();
	for (const { item } of session.asked) expect(first).not.toContain(item.question);

	for (let i = 0; i < 20; i++) {
		const fresh = start([]);
		await fresh.session.practise();
		expect(new Set(fresh.session.asked.map(({ concept }) => concept)).size).toBe(3);
	}
});
