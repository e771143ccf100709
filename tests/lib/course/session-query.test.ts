import { expect, test } from 'vitest';
import { ProgressStore } from '../../../src/lib/course/progress-store.svelte.ts';
import type { LessonSession } from '../../../src/lib/course/session.svelte.ts';
import { rateLesson, startSession as start } from './start-session.ts';

const RATE = 'rate(http_requests_total[5m])';
const POST = 'rate(http_requests_total{method="POST"}[5m])';

/** Short: the answers differ soon enough. */
const times = { run: { from: 60_000, to: 120_000 }, trial: 120_000 };
const startSession = (progress = new ProgressStore()) =>
	start({ lesson: rateLesson, times, progress });

function queryWork(session: LessonSession) {
	if (session.work.kind !== 'query') throw new Error('the task is no query');
	return session.work;
}

async function check(session: LessonSession, query: string) {
	session.current.document.write(query);
	await session.check();
	return session.judgement;
}

test('a lesson of queries opens with the first of them and the finished shop', async () => {
	const session = await startSession();
	expect(session.work.task.id).toBe('rate');
	expect(session.world?.author).toBe('solution');
	expect(session.offered.map(({ task }) => task.id)).toEqual(['rate', 'post']);
});

test('a run asks the query and plays the world on', async () => {
	const session = await startSession();
	session.current.document.write(RATE);
	await session.run();
	const { panel } = queryWork(session);
	expect(panel?.asked).toBe(RATE);
	expect(panel?.result?.series.length).toBeGreaterThan(1);
	expect(panel?.truth?.length).toBeGreaterThan(1);
	expect(session.world?.isOver).toBe(true);
});

test('what is typed is asked when the typing pauses', async () => {
	const session = await startSession();
	session.current.document.write(RATE);
	const { panel } = queryWork(session);
	expect(panel?.asked).toBe('');
	await expect.poll(() => panel?.result?.series.length, { timeout: 5000 }).toBeGreaterThan(1);
});

test('a query that cannot be answered says so with a hint while it is written', async () => {
	const session = await startSession();
	session.current.document.write('rate(http_requests_total)');
	const { panel } = queryWork(session);
	await session.run();
	expect(panel?.error).toContain('expected type range vector');
	await expect.poll(() => panel?.explained.hint).toContain('add a range such as [5m]');
});

test('a wrong query is named, a right one passes its task alone, and the lesson when all are passed', async () => {
	const progress = new ProgressStore();
	const session = await startSession(progress);
	expect((await check(session, `increase(${RATE.slice(5)}`))?.mistake?.id).toBe('per-window');
	expect((await check(session, RATE))?.passed).toBe(true);
	expect([session.status, session.work.isPassed, session.attempts]).toEqual(['started', true, 2]);
	session.turnTo('post');
	expect([session.attempts, session.judgement]).toEqual([0, undefined]);
	expect((await check(session, POST))?.passed).toBe(true);
	expect(session.status).toBe('passed');
	expect(progress.of('rate').tasks).toMatchObject({
		rate: { passed: 'passed' },
		post: { passed: 'passed' }
	});
});

test('a task that needs another is not checked before that one is passed', async () => {
	const session = await startSession();
	session.turnTo('post');
	expect(session.missing?.task.id).toBe('rate');
	expect(await check(session, POST)).toBeUndefined();
	session.turnTo('rate');
	await check(session, RATE);
	session.turnTo('post');
	expect(session.missing).toBeUndefined();
});

test('each query has a draft of its own, and the next visit goes on with the first that is not passed', async () => {
	const progress = new ProgressStore();
	const first = await startSession(progress);
	await check(first, RATE);
	first.turnTo('post');
	first.current.document.write('mine');
	const second = await startSession(progress);
	expect(second.work.task.id).toBe('post');
	expect(second.current.document.text).toBe('mine');
	second.turnTo('rate');
	expect(second.current.document.text).toBe(RATE);
});

test('a variant shows once the solution was seen, and to pass it makes up for that', async () => {
	const session = await startSession();
	await check(session, RATE);
	session.turnTo('post');
	session.takeSolution();
	await session.check();
	expect(session.status).toBe('passed with solution');
	expect(session.story.nextStep?.id).toBe('outage');
	session.story.answer('outage', 'x');
	expect(session.story.nextStep?.id).toBe('failed');
	session.turnTo('failed');
	await check(session, 'rate(http_requests_total{status="500"}[5m])');
	expect(session.status).toBe('passed');
	expect(session.story.nextStep).toBeUndefined();
});

test('a number that was foretold is drawn at once, kept, and read off when the world is over', async () => {
	const session = await startSession();
	const { story } = session;
	const stretch = { from: 60_000, to: 120_000 };
	story.addPrediction({ step: 'height', chart: 'raw', ...stretch, reads: 'highest' });
	expect(story.expected('raw')).toBeUndefined();
	story.pick('height', 300);
	expect(story.expected('raw')).toEqual({ kind: 'level', level: 300, ...stretch });
	expect(story.answers.height).toBeUndefined();
	story.answer('height', '400');
	expect(story.expected('raw')).toMatchObject({ level: 400 });
	expect(session.numberAt('height')).toBeUndefined();
	await session.play();
	const { result } = session.world!.panels[0]!.panel;
	expect(session.numberAt('height')).toBe(Math.max(...result!.series[0]!.values));
	expect(session.numberAt('height')).toBeGreaterThan(1000);
});
