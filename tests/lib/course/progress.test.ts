import { expect, test } from 'vitest';
import {
	exportProgress,
	hashOf,
	importProgress,
	mergeProgress,
	NO_PROGRESS,
	openDraft,
	passed,
	withAnswer,
	withDraft,
	type LessonProgress,
	type LessonStatus
} from '../../../src/lib/course/progress.ts';

const STARTER = 'export function handle() {}\n';

const progress = (changes: Partial<LessonProgress>): LessonProgress => ({
	...NO_PROGRESS,
	...changes
});

function checkPassed(before: Partial<LessonProgress>, expected: LessonStatus) {
	expect(passed(progress(before)).status).toBe(expected);
}

test('a pass is a pass', () => checkPassed({ status: 'started' }, 'passed'));
test('a pass after the solution was seen says so', () =>
	checkPassed({ status: 'started', sawSolution: true }, 'passed with solution'));
test('a pass is not taken back by looking at the solution later', () =>
	checkPassed({ status: 'passed', sawSolution: true }, 'passed'));
test('who passed with the solution has still seen it', () =>
	checkPassed({ status: 'passed with solution', sawSolution: true }, 'passed with solution'));

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
	expect(importProgress(exportProgress(all))).toEqual({ ok: true, progress: all });
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
