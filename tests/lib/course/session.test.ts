import { expect, test } from 'vitest';
import { ProgressStore } from '../../../src/lib/course/progress-store.svelte.ts';
import { lesson, startSession, wrongIn } from './start-session.ts';

const wrong = wrongIn('typescript');

test('a lesson opens with its starter and the world of the finished shop', async () => {
	const session = await startSession();
	expect(session.current.document.text).toBe(session.current.starter);
	expect(session.world?.author).toBe('solution');
	expect(session.world?.panels[0]?.panel.result?.series).toHaveLength(1);
	expect(session.status).toBe('new');
});

test('a run draws what the learner counts: with the starter, nothing', async () => {
	const session = await startSession();
	await session.run();
	expect(session.world?.author).toBe('learner');
	expect(session.world?.panels[0]?.panel.result?.series).toEqual([]);
	expect(session.world?.isOver).toBe(true);
});

test('a prediction plays the world that the lesson opens with, whatever was run before', async () => {
	const session = await startSession();
	await session.run();
	expect(session.world?.author).toBe('learner');
	await session.playScene(undefined);
	expect([session.world?.author, session.world?.isOver]).toEqual(['solution', true]);
});

test('a prediction about a figure plays the figure, and of one that is not there nothing', async () => {
	const { story } = await startSession();
	let played = 0;
	story.addFigure('boxes', async () => void played++);
	await story.playFigure('boxes');
	await story.playFigure('other');
	expect(played).toBe(1);
});

test('a check of a wrong answer names the mistake and passes nothing', async () => {
	const session = await startSession();
	session.current.document.write(wrong['success-only.ts'] as string);
	await session.check();
	expect(session.judgement?.mistake?.id).toBe('success-only');
	expect([session.status, session.attempts]).toEqual(['started', 1]);
});

test('what goes wrong while the code runs is said in a run', { timeout: 30_000 }, async () => {
	const session = await startSession();
	session.current.document.write(wrong['runs.missing-value.ts'] as string);
	await session.run();
	expect(session.problems[0]?.message).toMatch(/number of arguments/);
});

test('code that does not load is marked at its place', async () => {
	const session = await startSession();
	session.current.document.write('export async function handle( {');
	await session.check();
	expect(session.judgement?.passed).toBe(false);
	expect(session.problems[0]?.line).toBe(1);
});

test('what is typed while a check runs gets its verdict, and none of its marks', async () => {
	const session = await startSession();
	session.current.document.write('export async function handle( {');
	const check = session.check();
	while (!session.isChecking) await Promise.resolve();
	session.current.document.write(session.current.solution);
	await check;
	expect(session.judgement?.passed).toBe(false);
	expect(session.problems).toEqual([]);
	expect(session.status).toBe('started');
});

test('a check that breaks is over, and another one can be made', async () => {
	const judge = () => {
		throw new Error('a mistake in checks.ts');
	};
	const checks = { checks: [{ id: 'broken', title: '', hint: '', judge }], mistakes: [] };
	const session = await startSession({ checks });
	await expect(session.check()).rejects.toThrow('a mistake in checks.ts');
	expect(session.isChecking).toBe(false);
	await expect(session.check()).rejects.toThrow('a mistake in checks.ts');
});

test('of two worlds that begin at once the later one is on show, and the earlier is not played', async () => {
	const session = await startSession();
	await session.run();
	const { world } = session;
	const [scene, run] = [session.playScene(undefined), session.run()];
	await scene;
	expect([world?.author, world?.isPlaying]).toEqual(['nobody', false]);
	await run;
	expect([world?.author, world?.isOver]).toEqual(['learner', true]);
});

test('a world that was overtaken while it began is never said to be there', async () => {
	const { world } = await startSession();
	const begins = [world!.begin({}, 'learner'), world!.begin(lesson.opening, 'solution')];
	const first = begins[0]!.then((begun) => [begun, world!.author]);
	expect(await first).toEqual(['overtaken', 'nobody']);
	expect([await begins[1], world!.author]).toEqual(['loaded', 'solution']);
});

test('the solution passes, and the lesson with it', async () => {
	const session = await startSession();
	session.current.document.write(session.current.solution);
	await session.check();
	expect(session.judgement?.passed).toBe(true);
	expect(session.status).toBe('passed');
});

test('who has seen the solution passes with it', async () => {
	const session = await startSession();
	session.takeSolution();
	await session.check();
	expect(session.status).toBe('passed with solution');
});

test('a reset can be taken back', async () => {
	const session = await startSession();
	session.current.document.write('mine');
	session.current.replace(session.current.starter);
	expect(session.current.document.text).toBe(session.current.starter);
	session.current.undoReplace();
	expect(session.current.document.text).toBe('mine');
	expect(session.current.thrownAway).toBeUndefined();
});

test('the next visit goes on with the code and the step of the last one', async () => {
	const progress = new ProgressStore();
	const first = await startSession({ progress });
	first.current.document.write('mine');
	first.story.answer('outage', 'flat');
	const second = await startSession({ progress });
	expect(second.current.document.text).toBe('mine');
	expect(second.story.nextStep?.id).toBe('count');
	expect(progress.of(lesson.id).step).toBe('count');
});

test('code for an older starter waits, is kept meanwhile, and can be opened', async () => {
	const progress = new ProgressStore();
	progress.restore();
	progress.change(lesson.id, (one) => ({
		...one,
		drafts: { typescript: { starter: 'another', text: 'mine' } }
	}));
	const session = await startSession({ progress });
	expect([session.current.document.text, session.current.stale]).toEqual([
		session.current.starter,
		'mine'
	]);
	session.current.document.write('new');
	expect(progress.of(lesson.id).drafts.typescript).toMatchObject({ text: 'new', older: 'mine' });
	session.current.openStale();
	expect(session.current.document.text).toBe('mine');
	expect(progress.of(lesson.id).drafts.typescript?.older).toBeUndefined();
});
