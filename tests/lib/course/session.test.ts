import { expose } from 'comlink';
import { afterEach, expect, test } from 'vitest';
import { createTypeScriptRunner } from '#runners/typescript';
import { LabSession } from '../../../src/workers/lab-session.ts';
import { loadChecks } from '../../../src/lib/course/modules.ts';
import { ProgressStore } from '../../../src/lib/course/progress-store.svelte.ts';
import { readCourse, sources } from '../../../src/lib/course/read-course.ts';
import { LessonSession } from '../../../src/lib/course/session.svelte.ts';
import { LabState } from '../../../src/lib/state/lab.svelte.ts';
import type { Snapshot } from '../../../src/workers/protocol.ts';
import { lessonFiles } from '../../lessons/support.ts';

const files = lessonFiles();
const lesson = readCourse(files).lessons.get('types/counter-only-up')!;
const wrong = sources(files, `${lesson.folder}/wrong`, 'typescript');

const open: LessonSession[] = [];

/** A lab in this thread, behind one end of a channel as behind a worker. */
function labHere(): LabState {
	return new LabState(() => {
		const { port1, port2 } = new MessageChannel();
		let onSnapshot: (snapshot: Snapshot) => void = () => {};
		const session = new LabSession({
			createRunner:
				(world) =>
				({ seed }) =>
					createTypeScriptRunner({ seed, workers: world.service.workers }),
			now: () => 0,
			setTimer: () => {},
			onSnapshot: (snapshot) => onSnapshot(snapshot)
		});
		const subscribe = (listener: typeof onSnapshot) => {
			onSnapshot = listener;
		};
		expose(Object.assign(session, { subscribe }), port1);
		port1.start();
		port2.start();
		const close = () => {
			port1.close();
			port2.close();
		};
		return { port: port2 as unknown as Worker, close };
	});
}

async function startSession(progress = new ProgressStore()): Promise<LessonSession> {
	const session = new LessonSession({
		lesson,
		checks: await loadChecks(lesson),
		progress,
		openLab: labHere,
		prefersStills: () => true
	});
	session.addStep({ id: 'outage', kind: 'predict' });
	session.addStep({ id: 'count', kind: 'task' });
	session.addChart({ id: 'raw', title: 'Raw', query: 'sum(http_requests_total)', unit: 'number' });
	open.push(session);
	await session.open();
	return session;
}

afterEach(() => {
	for (const session of open.splice(0)) session.close();
});

test('a lesson opens with its starter and the world of the finished shop', async () => {
	const session = await startSession();
	expect(session.document.text).toBe(session.starter);
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

test('a check of a wrong answer names the mistake and passes nothing', async () => {
	const session = await startSession();
	session.document.write(wrong['success-only.ts'] as string);
	await session.check();
	expect(session.judgement?.mistake?.id).toBe('success-only');
	expect([session.status, session.attempts]).toEqual(['started', 1]);
});

test('what goes wrong while the code runs is said in a run', async () => {
	const session = await startSession();
	session.document.write(wrong['runs.missing-value.ts'] as string);
	await session.run();
	expect(session.problems[0]?.message).toMatch(/number of arguments/);
});

test('code that does not load is marked at its place', async () => {
	const session = await startSession();
	session.document.write('export async function handle( {');
	await session.check();
	expect(session.judgement?.passed).toBe(false);
	expect(session.problems[0]?.line).toBe(1);
});

test('the solution passes, and the lesson with it', async () => {
	const session = await startSession();
	session.document.write(session.solution);
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
	session.document.write('mine');
	session.reset();
	expect(session.document.text).toBe(session.starter);
	session.undoReset();
	expect(session.document.text).toBe('mine');
	expect(session.thrownAway).toBeUndefined();
});

test('the next visit goes on with the code and the step of the last one', async () => {
	const progress = new ProgressStore();
	const first = await startSession(progress);
	first.document.write('mine');
	first.answer('outage', 'flat');
	const second = await startSession(progress);
	expect(second.document.text).toBe('mine');
	expect(second.nextStep?.id).toBe('count');
	expect(progress.of(lesson.id).step).toBe('count');
});

test('code for an older starter waits, is kept meanwhile, and can be opened', async () => {
	const progress = new ProgressStore();
	progress.restore();
	progress.change(lesson.id, (one) => ({
		...one,
		drafts: { typescript: { starter: 'another', text: 'mine' } }
	}));
	const session = await startSession(progress);
	expect([session.document.text, session.stale]).toEqual([session.starter, 'mine']);
	session.document.write('new');
	expect(progress.of(lesson.id).drafts.typescript).toMatchObject({ text: 'new', older: 'mine' });
	session.openStale();
	expect(session.document.text).toBe('mine');
	expect(progress.of(lesson.id).drafts.typescript?.older).toBeUndefined();
});
