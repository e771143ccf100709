import { describe, expect, test } from 'vitest';
import { ProgressStore } from '../../../src/lib/course/progress-store.svelte.ts';
import { missingPython, titled } from '../../python/interpreter.ts';
import {
	here,
	startSession as start,
	starterIn,
	wrongIn,
	type Python,
	type Visit
} from './start-session.ts';

/** Short: what is looked at here does not need the lesson's whole story. */
const times = { run: { from: 10_000, to: 30_000 }, trial: 60_000 };
const startSession = (visit: Visit = {}) => start({ times, ...visit });

test('another language has its own starter, draft, problems and verdict, and the first is as it was left', async () => {
	const session = await startSession();
	session.current.document.write('export async function handle( {');
	await session.check();
	session.choose('python');
	expect(session.current.document).toMatchObject({ file: 'app.py', language: 'python' });
	expect(session.current.document.text).toBe(starterIn('python'));
	expect([session.judgement, session.problems]).toEqual([undefined, []]);
	session.current.document.write('mine = 1');
	session.choose('typescript');
	expect(session.current.document.text).toBe('export async function handle( {');
	expect(session.judgement?.passed).toBe(false);
	expect(session.problems[0]?.line).toBe(1);
	session.choose('python');
	expect(session.current.document.text).toBe('mine = 1');
});

test('another language leaves the answers, the attempts and the world on show', async () => {
	const session = await startSession();
	session.story.answer('outage', 'flat');
	await session.check();
	await session.run();
	const { world } = session;
	session.choose('python');
	expect(session.story.answers).toEqual({ outage: 'flat' });
	expect(session.attempts).toBe(1);
	expect([session.world, session.world?.author]).toEqual([world, 'learner']);
	expect(session.problems).toEqual([]);
});

test('a draft in each language is there on the next visit', async () => {
	const progress = new ProgressStore();
	const first = await startSession({ progress });
	first.current.document.write('typed');
	first.choose('python');
	first.current.document.write('untyped');
	const second = await startSession({ progress, language: 'python' });
	expect(second.current.document.text).toBe('untyped');
	second.choose('typescript');
	expect(second.current.document.text).toBe('typed');
});

test('a reset in one language can be taken back there, and nowhere else', async () => {
	const session = await startSession();
	session.current.document.write('mine');
	session.current.replace(session.current.starter);
	session.choose('python');
	expect(session.current.thrownAway).toBeUndefined();
	session.choose('typescript');
	session.current.undoReplace();
	expect(session.current.document.text).toBe('mine');
});

test('the editor of a language that was used is kept', async () => {
	const session = await startSession();
	expect([session.hasEditor('typescript'), session.hasEditor('python')]).toEqual([true, false]);
	session.choose('python');
	expect([session.hasEditor('typescript'), session.hasEditor('python')]).toEqual([true, true]);
});

/** Python that comes when the test says so. */
function pythonOnItsWay() {
	let arrives = () => {};
	let fails: (reason: Error) => void = () => {};
	const way = new Promise<void>((resolve, reject) => {
		[arrives, fails] = [resolve, reject];
	});
	// It may fail before anybody has asked for it.
	way.catch(() => {});
	const asked = { times: 0 };
	const python: Python = {
		...here,
		prepare() {
			asked.times++;
			return way;
		}
	};
	return { python, asked, arrives, fails };
}

test('Python is asked for when it is chosen, or when its code is turned to; not on a visit', async () => {
	const { python, asked } = pythonOnItsWay();
	const session = await startSession({ language: 'python', python });
	expect(asked.times).toBe(0);
	void session.preparePython();
	await expect.poll(() => asked.times).toBe(1);
	expect(session.world?.lab.python.status).toBe('loading');
	session.choose('typescript');
	session.choose('python');
	// The thread would be told of a second time in two messages, each ahead of one of these.
	for (let i = 0; i < 2; i++) await session.world?.lab.metricsPage('');
	expect(asked.times).toBe(1);
});

test('help with Python is wanted once it is here and its code is on show', async () => {
	for (const { language, wanted } of [
		{ language: 'python', wanted: 1 },
		{ language: 'typescript', wanted: 0 }
	] as const) {
		const { python, arrives } = pythonOnItsWay();
		let times = 0;
		const wantPythonHelp = () => times++;
		const session = await startSession({ language: 'python', python, wantPythonHelp });
		const prepared = session.preparePython();
		session.choose(language);
		arrives();
		await prepared;
		expect(times).toBe(wanted);
	}
});

test('a run waits for Python and says so; another language ends the wait', async () => {
	const { python, arrives } = pythonOnItsWay();
	const session = await startSession({ language: 'python', python });
	const run = session.run();
	expect(session.waitsFor).toBe('run');
	session.choose('typescript');
	expect(session.waitsFor).toBeUndefined();
	arrives();
	await run;
	expect(session.world?.author).toBe('solution');
});

test('what is asked for last is what Python is waited for', async () => {
	const { python, fails } = pythonOnItsWay();
	const session = await startSession({ language: 'python', python });
	const asked = [session.run(), session.check()];
	expect(session.waitsFor).toBe('check');
	fails(new Error('no network'));
	await Promise.all(asked);
	expect(session.waitsFor).toBeUndefined();
});

test('when Python cannot be had a run says why, the world stays, and TypeScript goes on', async () => {
	const { python, fails } = pythonOnItsWay();
	const session = await startSession({ language: 'python', python });
	fails(new Error('no network'));
	await session.run();
	expect(session.world?.lab.python).toMatchObject({ status: 'failed', failure: 'no network' });
	expect(session.world?.author).toBe('solution');
	session.choose('typescript');
	await session.run();
	expect(session.world?.author).toBe('learner');
});

describe.skipIf(missingPython)(titled('in Python'), { timeout: 60_000 }, () => {
	const wrong = wrongIn('python');

	test('a run draws what the learner counts, and a check judges it', async () => {
		const session = await startSession({ language: 'python' });
		session.current.document.write(wrong['success-only.py'] as string);
		await session.run();
		expect(session.problems).toEqual([]);
		expect(session.world?.panels[0]?.panel.result?.series).toHaveLength(1);
		expect(session.world?.metrics).toContain('python_info');
		await session.check();
		expect(session.judgement?.mistake?.id).toBe('success-only');
		session.takeSolution();
		await session.check();
		expect(session.status).toBe('passed with solution');
	});

	test('what is played again is what was run, whatever is on show by then', async () => {
		const session = await startSession({ language: 'python' });
		session.current.document.write(wrong['success-only.py'] as string);
		await session.run();
		session.choose('typescript');
		await session.play();
		expect(session.world?.metrics).toContain('python_info');
	});
});
