import { expect, test } from 'vitest';
import {
	dated,
	exportProgress,
	hashOf,
	importProgress,
	mergeMemories,
	mergeProgress,
	NO_PROGRESS,
	openDraft,
	draftKey,
	isTaskPassed,
	taskProgressOf,
	withTaskPassed,
	withSolutionSeen,
	withAnswer,
	withDraft,
	type LessonProgress,
	type LessonStatus
} from '../../../src/lib/course/progress.ts';

import { recalled } from '../../../src/lib/course/review/schedule.ts';

const STARTER = 'export function handle() {}\n';

const progress = (changes: Partial<LessonProgress>): LessonProgress => ({
	...NO_PROGRESS,
	...changes
});

const ONE = [{ id: 'count' }];
const TWO = [{ id: 'edge' }, { id: 'share' }];
const OTHER = { id: 'other', variantOf: 'edge' };
const VARIED = [{ id: 'edge' }, OTHER];

function checkPassed(before: Partial<LessonProgress>, expected: LessonStatus) {
	expect(withTaskPassed(progress(before), ONE, { id: 'count' }).status).toBe(expected);
}

test('a pass is a pass', () => checkPassed({ status: 'started' }, 'passed'));
test('a pass after the solution was seen says so', () =>
	checkPassed({ status: 'started', sawSolution: true }, 'passed with solution'));
test('a pass is not taken back by looking at the solution later', () =>
	checkPassed({ status: 'passed', sawSolution: true }, 'passed'));
test('who passed with the solution has still seen it', () =>
	checkPassed({ status: 'passed with solution', sawSolution: true }, 'passed with solution'));

test('a lesson is passed when all its tasks are, each by itself', () => {
	const half = withTaskPassed(NO_PROGRESS, TWO, { id: 'edge' });
	expect([
		half.status,
		isTaskPassed(half, { id: 'edge' }),
		isTaskPassed(half, { id: 'share' })
	]).toEqual(['started', true, false]);
	expect(withTaskPassed(half, TWO, { id: 'share' }).status).toBe('passed');
});

test('one task that was passed with the solution makes the lesson so', () => {
	const seen = withSolutionSeen(withTaskPassed(NO_PROGRESS, TWO, { id: 'edge' }), TWO, {
		id: 'share'
	});
	const lesson = withTaskPassed(seen, TWO, { id: 'share' });
	expect([lesson.status, lesson.tasks?.edge?.passed]).toEqual(['passed with solution', 'passed']);
});

test('a variant makes up for a task that was passed with the solution, and is not asked of others', () => {
	expect(withTaskPassed(NO_PROGRESS, VARIED, { id: 'edge' }).status).toBe('passed');
	const seen = withTaskPassed(withSolutionSeen(NO_PROGRESS, VARIED, { id: 'edge' }), VARIED, {
		id: 'edge'
	});
	expect(seen.status).toBe('passed with solution');
	expect(withTaskPassed(seen, VARIED, OTHER).status).toBe('passed');
});

test('a variant alone passes nothing: its task is still to be done', () => {
	const seen = withSolutionSeen(NO_PROGRESS, VARIED, { id: 'edge' });
	expect(withTaskPassed(seen, VARIED, OTHER).status).toBe('started');
});

test('what was kept before tasks were told apart is about the task there was', () => {
	const old = progress({ status: 'passed with solution', sawSolution: true });
	expect(taskProgressOf(old, { id: 'count' })).toEqual({
		passed: 'passed with solution',
		sawSolution: true
	});
	expect(isTaskPassed(progress({ status: 'started' }), { id: 'count' })).toBe(false);
	expect(withTaskPassed(old, ONE, { id: 'count' }).status).toBe('passed with solution');
	expect(isTaskPassed(old, OTHER)).toBe(false);
	expect(withTaskPassed(old, [{ id: 'edge' }, OTHER], OTHER).status).toBe('passed');
});

test('the solution of a task that has been passed can be looked at', () => {
	const lesson = withSolutionSeen(withTaskPassed(NO_PROGRESS, ONE, { id: 'count' }), ONE, {
		id: 'count'
	});
	expect([lesson.status, lesson.tasks?.count?.passed]).toEqual(['passed', 'passed']);
});

test('drafts are kept by language for the code of the lesson, and by task for all else', () => {
	expect(draftKey({ id: 'count' }, 'python')).toBe('python');
	expect(draftKey({ id: 'slow', variantOf: 'count' }, 'python')).toBe('slow python');
	expect(draftKey({ id: 'p95' })).toBe('query p95');
});

test('an answer starts a lesson, and does not undo a pass', () => {
	expect(withAnswer(NO_PROGRESS, 'outage', 'flat')).toMatchObject({
		status: 'started',
		answers: { outage: 'flat' }
	});
	expect(withAnswer(progress({ status: 'passed' }), 'outage', 'flat').status).toBe('passed');
});

function checkDraft(lesson: LessonProgress, expected: ReturnType<typeof openDraft>) {
	expect(openDraft(lesson, 'typescript', STARTER)).toEqual(expected);
}

const draft = (starter: string, text: string, older?: string) =>
	withDraft(NO_PROGRESS, 'typescript', {
		starter: hashOf(starter),
		text,
		...(older !== undefined && { older })
	});

test('without a draft the editor opens the starter', () =>
	checkDraft(NO_PROGRESS, { text: STARTER }));
test('a draft of this starter is opened', () =>
	checkDraft(draft(STARTER, 'mine'), { text: 'mine' }));
test('a draft of another starter waits for a decision', () =>
	checkDraft(draft('older', 'mine'), { text: STARTER, stale: 'mine' }));
test('an undecided draft is kept beside what was written since', () =>
	checkDraft(draft(STARTER, 'new', 'old'), { text: 'new', stale: 'old' }));
test('a draft in one language says nothing about another', () => {
	expect(openDraft(draft(STARTER, 'mine'), 'python', STARTER)).toEqual({ text: STARTER });
});

test('what was exported can be imported', () => {
	const all = { 'counter-only-up': draft(STARTER, 'mine'), other: progress({ status: 'passed' }) };
	expect(importProgress(exportProgress(all))).toEqual({ ok: true, progress: all, memories: {} });
});

test('drafts and passes of several tasks are exported too', () => {
	const drafted = withDraft(NO_PROGRESS, 'query p95', { starter: 'x', text: 'up' });
	const all = { rate: withTaskPassed(drafted, TWO, { id: 'edge' }) };
	expect(importProgress(exportProgress(all))).toEqual({ ok: true, progress: all, memories: {} });
});

function checkRefused(text: string, message: RegExp) {
	const imported = importProgress(text);
	expect(imported.ok ? 'taken' : imported.message).toMatch(message);
}

test('what is no JSON is refused', () => checkRefused('lessons', /not a JSON file/));
test('JSON of something else is refused', () => checkRefused('{"a": 1}', /not an export/));
test('a lesson that cannot be understood is named', () =>
	checkRefused(
		JSON.stringify({ format: 'promenade progress 1', progress: { gauge: { status: 'best' } } }),
		/lesson gauge/
	));

for (const [what, changes] of [
	['a draft under a name that nobody knows', { drafts: { cobol: { starter: '', text: '' } } }],
	['a draft without a text', { drafts: { 'query p95': { starter: '' } } }],
	['a task that is passed in a strange way', { tasks: { edge: { sawSolution: true, passed: 1 } } }]
] as const) {
	test(`${what} is refused`, () =>
		checkRefused(
			JSON.stringify({
				format: 'promenade progress 1',
				progress: { rate: { ...NO_PROGRESS, ...changes } }
			}),
			/lesson rate/
		));
}

test('an import does not undo a pass', () => {
	const own = { a: progress({ status: 'passed' }), b: progress({ status: 'started' }) };
	const imported = { a: progress({ status: 'started' }), b: progress({ status: 'passed' }) };
	const merged = mergeProgress(own, imported);
	expect([merged.a?.status, merged.b?.status]).toEqual(['passed', 'passed']);
});

test('two starters have two hashes', () => {
	expect(hashOf('a')).not.toBe(hashOf('b'));
	expect(hashOf('')).toBe(hashOf(''));
});

test('a lesson is dated when it is passed first, and never again', () => {
	const before = progress({ status: 'started' });
	const first = dated(before, progress({ status: 'passed with solution' }), 1000);
	expect(first.passedAt).toBe(1000);
	expect(dated(first, { ...first, status: 'passed' }, 2000).passedAt).toBe(1000);
	expect(dated(before, before, 3000).passedAt).toBeUndefined();
});

test('what is remembered is exported with the rest; files without it are still read', () => {
	const memories = { rate: recalled(undefined, 'right', 1000) };
	const imported = importProgress(exportProgress({}, memories));
	expect(imported).toMatchObject({ ok: true, memories });
	const older = importProgress('{"format": "promenade progress 1", "progress": {}}');
	expect(older).toMatchObject({ ok: true, memories: {} });
	const broken = importProgress(
		'{"format": "promenade progress 1", "progress": {}, "memories": {"rate": 1}}'
	);
	expect(broken).toMatchObject({ ok: false });
});

test('of two memories of a concept the later one is kept', () => {
	const early = recalled(undefined, 'right', 1000);
	const late = recalled(early, 'wrong', 2000);
	expect(mergeMemories({ rate: late }, { rate: early, counter: early })).toEqual({
		rate: late,
		counter: early
	});
	expect(mergeMemories({ rate: early }, { rate: late })).toEqual({ rate: late });
});
