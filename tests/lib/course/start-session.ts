import { expose } from 'comlink';
import { afterEach } from 'vitest';
import type { Runner } from '#engine/sim';
import { createPythonRunner, type Interpreter } from '#runners/python';
import { createTypeScriptRunner } from '#runners/typescript';
import { createLanguageRunner } from '../../../src/workers/language-runner.ts';
import { LabSession } from '../../../src/workers/lab-session.ts';
import type { Language, Lesson } from '../../../src/lib/course/lesson.ts';
import { loadChecks, type Checks } from '../../../src/lib/course/modules.ts';
import { ProgressStore } from '../../../src/lib/course/progress-store.svelte.ts';
import { readCourse, sources } from '../../../src/lib/course/read-course.ts';
import { LessonSession } from '../../../src/lib/course/session.svelte.ts';
import type { LanguageChoice } from '../../../src/lib/course/session-options.ts';
import { LabState } from '../../../src/lib/state/lab.svelte.ts';
import type { Snapshot } from '../../../src/workers/protocol.ts';
import { codeTasks, lessonFiles } from '../../lessons/support.ts';
import { bootPython } from '../../python/interpreter.ts';

const files = lessonFiles();
const { lessons } = readCourse(files);
export const lesson = lessons.get('types/counter-only-up')!;
/** The lesson with queries alone. */
export const rateLesson = lessons.get('rates/rate')!;

/** The examples of mistakes in a language, by the names of their files. */
export function wrongIn(language: Language) {
	return sources(files, `${lesson.folder}/wrong`, language);
}

/** What the code of the lesson is begun from in a language. */
export function starterIn(language: Language): string {
	const [task] = codeTasks(lesson);
	return Object.values(task?.code[language].start ?? {})[0] ?? '';
}

const open: LessonSession[] = [];

/** How a session comes by Python. */
export interface Python {
	/** Brings it. */
	readonly prepare: () => Promise<void>;
	readonly createRunner: (options: { seed: number; workers: number }) => Runner | Promise<Runner>;
}

let interpreter: Promise<Interpreter> | undefined;

/** Here from the beginning; booted when a program needs it. */
export const here: Python = {
	prepare: async () => {},
	createRunner: async (options) =>
		createPythonRunner({ interpreter: await (interpreter ??= bootPython()), ...options })
};
/** A lab in this thread, behind one end of a channel as behind a worker. */
function labHere(python: Python): LabState {
	return new LabState(() => {
		const { port1, port2 } = new MessageChannel();
		let onSnapshot: (snapshot: Snapshot) => void = () => {};
		const session = new LabSession({
			createRunner:
				(world) =>
				({ seed }) => {
					const options = { seed, workers: world.service.workers };
					return createLanguageRunner({
						'app.py': () => python.createRunner(options),
						'app.ts': () => createTypeScriptRunner(options)
					});
				},
			now: () => 0,
			setTimer: () => {},
			onSnapshot: (snapshot) => onSnapshot(snapshot)
		});
		const subscribe = (listener: typeof onSnapshot) => {
			onSnapshot = listener;
		};
		const subscribeToDownload = () => {};
		const preparePython = () => python.prepare();
		expose(Object.assign(session, { subscribe, subscribeToDownload, preparePython }), port1);
		port1.start();
		port2.start();
		const close = () => {
			port1.close();
			port2.close();
		};
		return { port: port2 as unknown as Worker, close };
	});
}

/** The choice of a page that forgets it. */
function choiceOf(language: Language): LanguageChoice {
	return {
		current: language,
		restore: () => {},
		choose(chosen) {
			Object.assign(this, { current: chosen });
		}
	};
}

export interface Visit {
	/** How much of the lesson is played, and tried. */
	readonly times?: Pick<Lesson, 'run' | 'trial'>;
	readonly lesson?: Lesson;
	/** Those of the lesson, unless others are given. */
	readonly checks?: Checks;
	readonly progress?: ProgressStore;
	readonly language?: Language;
	readonly python?: Python;
	readonly wantPythonHelp?: () => void;
}

/** Opens a session, of the lesson with counters unless another is given; it is closed after the test. */
export async function startSession({
	lesson: shown = lesson,
	times = shown,
	checks,
	progress = new ProgressStore(),
	language = 'typescript',
	python = here,
	wantPythonHelp = () => {}
}: Visit = {}): Promise<LessonSession> {
	const session = new LessonSession({
		lesson: { ...shown, run: times.run, trial: times.trial },
		checks: checks ?? (await loadChecks(shown)),
		progress,
		language: choiceOf(language),
		openLab: () => labHere(python),
		wantPythonHelp,
		prefersStills: () => true
	});
	const { story } = session;
	story.addStep({ id: 'outage', kind: 'predict' });
	for (const { id } of shown.tasks) story.addStep({ id, kind: 'task' });
	story.addChart({ id: 'raw', title: 'Raw', query: 'sum(http_requests_total)', unit: 'number' });
	open.push(session);
	await session.open();
	return session;
}

afterEach(() => {
	for (const session of open.splice(0)) session.close();
});
