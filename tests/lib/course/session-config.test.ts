import { expect, test } from 'vitest';
import { ProgressStore } from '../../../src/lib/course/progress-store.svelte.ts';
import type { LessonSession } from '../../../src/lib/course/session.svelte.ts';
import { lessonOf } from '../../lessons/numbers/played.ts';
import { startSession as start } from './start-session.ts';

const lesson = lessonOf('01-pull', 'sixty-seconds');
/** The silence of the world is from the fourth minute on. */
const times = { run: { from: 30_000, to: 120_000 }, trial: 300_000 };
const startSession = (progress = new ProgressStore()) => start({ lesson, times, progress });

function configWork(session: LessonSession) {
	if (session.work.kind !== 'config') throw new Error('no configuration is written');
	return session.work;
}

const every = (interval: string) => configTask.start.replace('60s', interval);
const [configTask] = lesson.tasks as [Extract<(typeof lesson.tasks)[number], { kind: 'config' }>];

async function scrapesIn(session: LessonSession): Promise<number> {
	const answer = await session.world!.lab.api.query({
		query: 'count_over_time(up{job="shop"}[2m])'
	});
	if (answer.status === 'error' || answer.data.type !== 'vector') throw new Error('no answer');
	return answer.data.samples[0]?.value ?? 0;
}

test('a run begins the world by the configuration that is written', async () => {
	const session = await startSession();
	session.current.document.write(every('5s'));
	await session.run();
	expect(session.world?.author).toBe('learner config');
	expect(session.world?.isOver).toBe(true);
	expect(await scrapesIn(session)).toBe(24);
	expect(session.instrument).toBe('chart');
	await session.play();
	expect(await scrapesIn(session)).toBe(24);
});

test('one that Prometheus refuses says so at its line, and nothing is begun by it', async () => {
	const session = await startSession();
	session.current.document.write(every('5'));
	await session.run();
	expect(session.world?.author).toBe('solution');
	expect(configWork(session).piece.checked).toMatchObject([
		{ file: 'prometheus.yml', line: 3, message: 'not a valid duration string: "5"' }
	]);
	session.current.document.write(every('5s'));
	await session.run();
	expect(configWork(session).piece.checked).toEqual([]);
});

test('what a check has found in one text is not marked in another that is written meanwhile', async () => {
	const session = await startSession();
	session.current.document.write(every('5'));
	const check = session.check();
	while (!session.isChecking) await Promise.resolve();
	session.current.document.write(every('5s'));
	await check;
	expect(session.judgement?.passed).toBe(false);
	expect(configWork(session).piece.checked ?? []).toEqual([]);
});

test('what is wrong is said when the typing pauses', async () => {
	const session = await startSession();
	session.current.document.write('global: [');
	await expect
		.poll(() => configWork(session).piece.checked?.length ?? 0, { timeout: 5000 })
		.toBeGreaterThan(0);
});

test(
	'a check names the mistake, a pass is kept with the draft, and what it costs is said',
	{ timeout: 20_000 },
	async () => {
		const progress = new ProgressStore();
		const session = await startSession(progress);
		session.current.document.write(every('15s'));
		await session.check();
		expect(session.judgement?.mistake?.id).toBe('too-seldom');
		session.current.document.write(every('4s'));
		await session.check();
		expect(session.judgement).toMatchObject({
			passed: true,
			remark: expect.stringContaining('2.5 times as many samples')
		});
		expect(session.status).toBe('passed');
		const later = await startSession(progress);
		expect(later.current.document.text).toBe(every('4s'));
	}
);

test('a prediction plays its scene, and a chart shows what was expected of it there', async () => {
	const session = await startSession();
	const { story } = session;
	const stretch = { from: 60_000, to: 120_000 };
	story.addPrediction({ step: 'a', chart: 'raw', ...stretch, reads: 'last', plays: 'way-out' });
	story.addPrediction({ step: 'b', chart: 'raw', ...stretch, reads: 'last' });
	story.pick('a', 1);
	story.pick('b', 2);
	expect(story.expected('raw', session.scene)).toMatchObject({ level: 2 });
	await session.playScene('way-out');
	expect(session.scene).toBe('way-out');
	expect(session.world?.lab.faults).toMatchObject([{ kind: 'outbound-cut' }]);
	expect(story.expected('raw', session.scene)).toMatchObject({ level: 1 });
	expect(session.numberAt('a')).toBeGreaterThan(1000);
	expect(session.numberAt('b')).toBeUndefined();
	await session.playScene(undefined);
	expect(session.scene).toBeUndefined();
	expect(session.numberAt('b')).toBeGreaterThan(1000);
	expect(session.world?.lab.faults).toEqual([]);
});

test('while a scene begins nothing is read off the world before it', async () => {
	const session = await startSession();
	const stretch = { from: 60_000, to: 120_000, reads: 'last' } as const;
	session.story.addPrediction({ step: 'a', chart: 'raw', ...stretch, plays: 'way-in' });
	await session.play();
	const beginning = session.playScene('way-in');
	const read: unknown[] = [];
	while (session.world?.author === 'nobody') {
		read.push(session.numberAt('a'));
		await new Promise((resolve) => setTimeout(resolve));
	}
	expect(read.length).toBeGreaterThan(1);
	expect(new Set(read)).toEqual(new Set([undefined]));
	await beginning;
	expect(session.numberAt('a')).toBeGreaterThan(1000);
});
