import { LANGUAGES, type Language, type Task } from './lesson.ts';
import { isMemories, type Memories } from './review/memory.ts';

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

/** Worst first. */
const STATUSES: readonly LessonStatus[] = ['new', 'started', 'passed with solution', 'passed'];

export interface LessonProgress {
	readonly status: LessonStatus;
	/** When it was passed first, ms since 1970. Versions that repeated nothing did not write it down. */
	readonly passedAt?: number;
	/** The step to go on with. */
	readonly step?: string;
	/** What was chosen at predictions, observations and questions, by the id of the step. */
	readonly answers: Readonly<Record<string, string>>;
	/** By language, for the code of the lesson; otherwise by `draftKey`. */
	readonly drafts: Readonly<Record<string, Draft>>;
	/** Of any task. */
	readonly sawSolution: boolean;
	/** By id of the task. Left out by versions that knew lessons of one task only. */
	readonly tasks?: Readonly<Record<string, TaskProgress>>;
}

/** How far a learner is with a task. */
export interface TaskProgress {
	readonly passed?: 'passed' | 'passed with solution';
	readonly sawSolution: boolean;
}

/** What progress asks of the tasks of a lesson. */
export type TaskName = Pick<Task, 'id' | 'variantOf'>;

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

const NO_TASK_PROGRESS: TaskProgress = { sawSolution: false };

/** What was kept before tasks were told apart was about the only one that the lesson had. */
export function taskProgressOf(lesson: LessonProgress, { id, variantOf }: TaskName): TaskProgress {
	if (lesson.tasks || variantOf !== undefined) return lesson.tasks?.[id] ?? NO_TASK_PROGRESS;
	const { status, sawSolution } = lesson;
	return status === 'passed' || status === 'passed with solution'
		? { passed: status, sawSolution }
		: { sawSolution };
}

export function isTaskPassed(lesson: LessonProgress, task: TaskName): boolean {
	return taskProgressOf(lesson, task).passed !== undefined;
}

/**
 * A task has been passed: with the solution, if it was looked at before. The lesson is passed when all its tasks are; of a task
 * that was passed with the solution a variant makes up for it. A better pass is never taken back.
 */
export function withTaskPassed(
	lesson: LessonProgress,
	tasks: readonly TaskName[],
	task: TaskName
): LessonProgress {
	const before = taskProgressOf(lesson, task);
	if (before.passed === 'passed') return lesson;
	const now = before.sawSolution ? 'passed with solution' : 'passed';
	return withTask(lesson, tasks, task, { ...before, passed: now });
}

/** The learner has asked for the solution of a task. */
export function withSolutionSeen(
	lesson: LessonProgress,
	tasks: readonly TaskName[],
	task: TaskName
): LessonProgress {
	const before = taskProgressOf(lesson, task);
	const seen = withTask(lesson, tasks, task, { ...before, sawSolution: true });
	return { ...seen, sawSolution: true };
}

function withTask(
	lesson: LessonProgress,
	tasks: readonly TaskName[],
	task: TaskName,
	now: TaskProgress
): LessonProgress {
	const known = tasks.map((one) => [one.id, taskProgressOf(lesson, one)] as const);
	const changed = started({ ...lesson, tasks: { ...Object.fromEntries(known), [task.id]: now } });
	return { ...changed, status: better(changed.status, statusOf(changed, tasks)) };
}

function statusOf(lesson: LessonProgress, tasks: readonly TaskName[]): LessonStatus {
	const passes = tasks
		.filter(({ variantOf }) => variantOf === undefined)
		.map((task) => {
			const { passed } = taskProgressOf(lesson, task);
			const variants = tasks.filter(({ variantOf }) => variantOf === task.id);
			const isMadeUpFor = variants.some((one) => taskProgressOf(lesson, one).passed === 'passed');
			return passed && isMadeUpFor ? 'passed' : passed;
		});
	if (passes.includes(undefined)) return 'started';
	return passes.includes('passed with solution') ? 'passed with solution' : 'passed';
}

function better(a: LessonStatus, b: LessonStatus): LessonStatus {
	return STATUSES.indexOf(a) > STATUSES.indexOf(b) ? a : b;
}

/** A lesson that has been passed by this change is dated. */
export function dated(before: LessonProgress, after: LessonProgress, now: number): LessonProgress {
	return isPassed(after) && !isPassed(before) ? { ...after, passedAt: now } : after;
}

export function withAnswer(lesson: LessonProgress, step: string, answer: string): LessonProgress {
	return { ...started(lesson), answers: { ...lesson.answers, [step]: answer } };
}

/** Where the draft of a task is kept: of the lesson's own code under the language, as it always was. */
export function draftKey({ id, variantOf }: TaskName, language?: Language): string {
	if (language && variantOf === undefined) return language;
	return language ? `${id} ${language}` : `query ${id}`;
}

export function withDraft(lesson: LessonProgress, key: string, draft: Draft): LessonProgress {
	return { ...started(lesson), drafts: { ...lesson.drafts, [key]: draft } };
}

/** What to put into the editor. `stale`: the draft was begun from a starter that has changed since. */
export function openDraft(
	lesson: LessonProgress,
	key: string,
	starter: string
): { readonly text: string; readonly stale?: string } {
	const draft = lesson.drafts[key];
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
export function exportProgress(progress: Progress, memories: Memories = {}): string {
	return `${JSON.stringify({ format: FORMAT, progress, memories }, null, '\t')}\n`;
}

export type Imported =
	| { readonly ok: true; readonly progress: Progress; readonly memories: Memories }
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
	// Files of versions that repeated nothing have no memories.
	const { memories = {} } = file;
	if (!isMemories(memories)) {
		return refuse('What the file says of things to repeat cannot be understood.');
	}
	return { ok: true, progress: file.progress as Progress, memories };
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

/** Both kept; of a concept that is in both, what was asked for later. */
export function mergeMemories(own: Memories, imported: Memories): Memories {
	const later = Object.entries(imported).filter(
		([concept, { last }]) => last >= (own[concept]?.last ?? 0)
	);
	return { ...own, ...Object.fromEntries(later) };
}

export function isPassed({ status }: LessonProgress): boolean {
	return status === 'passed' || status === 'passed with solution';
}

function isLessonProgress(value: unknown): value is LessonProgress {
	return (
		isRecord(value) &&
		STATUSES.some((status) => status === value.status) &&
		typeof value.sawSolution === 'boolean' &&
		(value.passedAt === undefined || Number.isFinite(value.passedAt)) &&
		(value.step === undefined || typeof value.step === 'string') &&
		isRecord(value.answers) &&
		Object.values(value.answers).every((answer) => typeof answer === 'string') &&
		isRecord(value.drafts) &&
		Object.entries(value.drafts).every(([key, draft]) => isDraftKey(key) && isDraft(draft)) &&
		(value.tasks === undefined || isTasks(value.tasks))
	);
}

function isDraftKey(key: string): boolean {
	const [first = '', second = ''] = key.split(' ');
	return Object.hasOwn(LANGUAGES, second || first) || (first === 'query' && second !== '');
}

function isDraft(draft: unknown): boolean {
	return (
		isRecord(draft) &&
		typeof draft.starter === 'string' &&
		typeof draft.text === 'string' &&
		(draft.older === undefined || typeof draft.older === 'string')
	);
}

function isTasks(tasks: unknown): boolean {
	return (
		isRecord(tasks) &&
		Object.values(tasks).every(
			(task) =>
				isRecord(task) &&
				typeof task.sawSolution === 'boolean' &&
				[undefined, 'passed', 'passed with solution'].some((passed) => passed === task.passed)
		)
	);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
