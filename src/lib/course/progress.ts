import { LANGUAGES, type Language } from './lesson.ts';

/** How far a learner is with a lesson. */
export type LessonStatus = 'new' | 'started' | 'passed' | 'passed with solution';

/** Code as it was left, and which starter it was begun from. */
export interface Draft {
	/** Hash of the starter. */
	readonly starter: string;
	readonly text: string;
	/** What was written for an older starter, until its writer has decided about it. */
	readonly older?: string;
}

export interface LessonProgress {
	readonly status: LessonStatus;
	/** The step to go on with. */
	readonly step?: string;
	/** What was chosen at predictions, observations and questions, by the id of the step. */
	readonly answers: Readonly<Record<string, string>>;
	readonly drafts: Readonly<Partial<Record<Language, Draft>>>;
	readonly sawSolution: boolean;
}

/** By id of the lesson. */
export type Progress = Readonly<Record<string, LessonProgress>>;

export const NO_PROGRESS: LessonProgress = {
	status: 'new',
	answers: {},
	drafts: {},
	sawSolution: false
};

export function progressOf(progress: Progress, lesson: string): LessonProgress {
	return progress[lesson] ?? NO_PROGRESS;
}

/** The lesson has been begun; one that was passed stays so. */
export function started(lesson: LessonProgress): LessonProgress {
	return lesson.status === 'new' ? { ...lesson, status: 'started' } : lesson;
}

/** The lesson has been passed: with the solution, if it was looked at before. A better pass is never taken back. */
export function passed(lesson: LessonProgress): LessonProgress {
	if (lesson.status === 'passed') return lesson;
	return { ...lesson, status: lesson.sawSolution ? 'passed with solution' : 'passed' };
}

export function withAnswer(lesson: LessonProgress, step: string, answer: string): LessonProgress {
	return { ...started(lesson), answers: { ...lesson.answers, [step]: answer } };
}

export function withDraft(
	lesson: LessonProgress,
	language: Language,
	draft: Draft
): LessonProgress {
	return { ...started(lesson), drafts: { ...lesson.drafts, [language]: draft } };
}

/** What to put into the editor. `stale`: the draft was begun from a starter that has changed since. */
export function openDraft(
	lesson: LessonProgress,
	language: Language,
	starter: string
): { readonly text: string; readonly stale?: string } {
	const draft = lesson.drafts[language];
	if (!draft) return { text: starter };
	if (draft.starter !== hashOf(starter)) return { text: starter, stale: draft.text };
	return draft.older === undefined
		? { text: draft.text }
		: { text: draft.text, stale: draft.older };
}

/** Tells two starters apart: FNV-1a over the text, in base 36. It is no secret, only a name. */
export function hashOf(text: string): string {
	let hash = 0x811c9dc5;
	for (const character of text) {
		hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193);
	}
	return (hash >>> 0).toString(36);
}

const FORMAT = 'promenade progress 1';

/** Progress as a file that `importProgress` reads again. */
export function exportProgress(progress: Progress): string {
	return `${JSON.stringify({ format: FORMAT, progress }, null, '\t')}\n`;
}

export type Imported =
	| { readonly ok: true; readonly progress: Progress }
	| { readonly ok: false; readonly message: string };

/** Reads an exported file. Nothing of it is taken over when something in it cannot be understood. */
export function importProgress(text: string): Imported {
	let file: unknown;
	try {
		file = JSON.parse(text);
	} catch {
		return refuse('This is not a JSON file. Choose one that was exported here.');
	}
	if (!isRecord(file) || file.format !== FORMAT || !isRecord(file.progress)) {
		return refuse('This JSON file is not an export of progress.');
	}
	const broken = Object.entries(file.progress).find(([, lesson]) => !isLessonProgress(lesson));
	if (broken) return refuse(`The progress of the lesson ${broken[0]} cannot be understood.`);
	return { ok: true, progress: file.progress as Progress };
}

function refuse(message: string): Imported {
	return { ok: false, message };
}

/** Both kept; where a lesson is in both, the imported one, unless only the other was passed. */
export function mergeProgress(own: Progress, imported: Progress): Progress {
	const better = Object.entries(imported).filter(
		([id, lesson]) => isPassed(lesson) || !isPassed(progressOf(own, id))
	);
	return { ...own, ...Object.fromEntries(better) };
}

export function isPassed({ status }: LessonProgress): boolean {
	return status === 'passed' || status === 'passed with solution';
}

const STATUSES: readonly unknown[] = ['new', 'started', 'passed', 'passed with solution'];

function isLessonProgress(value: unknown): value is LessonProgress {
	return (
		isRecord(value) &&
		STATUSES.includes(value.status) &&
		typeof value.sawSolution === 'boolean' &&
		(value.step === undefined || typeof value.step === 'string') &&
		isRecord(value.answers) &&
		Object.values(value.answers).every((answer) => typeof answer === 'string') &&
		isRecord(value.drafts) &&
		Object.entries(value.drafts).every(([language, draft]) => isDraft(language, draft))
	);
}

function isDraft(language: string, draft: unknown): boolean {
	return (
		Object.hasOwn(LANGUAGES, language) &&
		isRecord(draft) &&
		typeof draft.starter === 'string' &&
		typeof draft.text === 'string' &&
		(draft.older === undefined || typeof draft.older === 'string')
	);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
