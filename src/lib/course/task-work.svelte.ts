import type { Problem } from '#engine/model';
import { unlessGone } from '$lib/state/lab-gone.ts';
import type { QueryPanel } from '$lib/state/query-panel.svelte.ts';
import { HintLadder } from './hint-ladder.svelte.ts';
import type { Judgement } from './judge.ts';
import type { CodeTask, ConfigTask, Lesson, PerLanguage, QueryTask, Task } from './lesson.ts';
import { taskProgressOf, withSolutionSeen, withTaskPassed, type TaskProgress } from './progress.ts';
import type { ProgressStore } from './progress-store.svelte.ts';
import {
	CodePiece,
	configPiece,
	queryPiece,
	type ConfigPiece,
	type QueryPiece
} from './workpiece.svelte.ts';

/** How long nothing has to be typed before a query is asked, or a configuration is read, ms. */
const PAUSE = 500;

/** What a lesson's tasks share: whose they are, and where their progress is kept. */
interface Shared {
	readonly lesson: Pick<Lesson, 'id' | 'tasks'>;
	readonly progress: ProgressStore;
}

/** How a learner stands with one task: attempts, hints, a pass. */
class AnyWork {
	/** Checks made since the page was opened. */
	attempts = $state(0);
	readonly hints = new HintLadder(
		() => this.attempts,
		() => this.sawSolution()
	);
	readonly #task: Task;
	readonly #shared: Shared;

	constructor(task: Task, shared: Shared) {
		this.#task = task;
		this.#shared = shared;
	}

	get progress(): TaskProgress {
		const { lesson, progress } = this.#shared;
		return taskProgressOf(progress.of(lesson.id), this.#task);
	}

	get isPassed(): boolean {
		return this.progress.passed !== undefined;
	}

	/** The learner has asked for the solution: a pass from now on is one with it. */
	sawSolution(): void {
		const { lesson, progress } = this.#shared;
		progress.change(lesson.id, (one) => withSolutionSeen(one, lesson.tasks, this.#task));
	}

	/** A check has been made. */
	attempted({ passed }: Judgement): void {
		const { lesson, progress } = this.#shared;
		this.attempts++;
		if (!passed) return;
		progress.change(lesson.id, (one) => withTaskPassed(one, lesson.tasks, this.#task));
	}
}

/** A learner at a task of code. */
export class CodeWork extends AnyWork {
	readonly kind = 'code';
	readonly task: CodeTask;
	readonly pieces: PerLanguage<CodePiece>;

	constructor(task: CodeTask, shared: Shared) {
		super(task, shared);
		const { lesson, progress } = shared;
		this.task = task;
		this.pieces = {
			python: new CodePiece(lesson.id, task, 'python', progress),
			typescript: new CodePiece(lesson.id, task, 'typescript', progress)
		};
	}

	restore(): void {
		for (const piece of Object.values(this.pieces)) piece.restore();
	}

	close(): void {
		this.hints.close();
		for (const piece of Object.values(this.pieces)) piece.close();
	}
}

/** A learner at a query, which is asked of the world on show whenever the typing pauses. */
export class QueryWork extends AnyWork {
	readonly kind = 'query';
	readonly task: QueryTask;
	readonly piece: QueryPiece;
	/** The answer on show; there is none before a world is. */
	panel = $state.raw<QueryPanel>();
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(task: QueryTask, shared: Shared) {
		super(task, shared);
		this.task = task;
		this.piece = queryPiece(shared.lesson.id, task, shared.progress, () => this.#askSoon());
	}

	restore(): void {
		this.piece.restore();
	}

	close(): void {
		this.hints.close();
		this.piece.close();
		clearTimeout(this.#timer);
		this.panel = undefined;
	}

	/** Asks what is written by now. */
	async ask(): Promise<void> {
		clearTimeout(this.#timer);
		if (!this.panel) return;
		this.panel.text = this.piece.document.text;
		await this.panel.run();
	}

	#askSoon(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.ask(), PAUSE);
	}
}

/** A learner at a `prometheus.yml`, which Prometheus reads whenever the typing pauses. */
export class ConfigWork extends AnyWork {
	readonly kind = 'config';
	readonly task: ConfigTask;
	readonly piece: ConfigPiece;
	/** Says what is wrong with a configuration; there is none before a world is. */
	reader: ((config: string) => Promise<readonly Problem[]>) | undefined;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(task: ConfigTask, shared: Shared) {
		super(task, shared);
		this.task = task;
		this.piece = configPiece(shared.lesson.id, task, shared.progress, () => this.#readSoon());
	}

	restore(): void {
		this.piece.restore();
	}

	close(): void {
		this.hints.close();
		this.piece.close();
		clearTimeout(this.#timer);
		this.reader = undefined;
	}

	/** Has what is written by now read. False when it cannot be used; the piece has the reasons. */
	async read(): Promise<boolean> {
		clearTimeout(this.#timer);
		const { text } = this.piece.document;
		const problems = (await this.reader?.(text)) ?? [];
		if (text === this.piece.document.text) this.piece.checked = problems;
		return !problems.some(({ severity }) => severity === 'error');
	}

	#readSoon(): void {
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void unlessGone(() => this.read()), PAUSE);
	}
}

export type TaskWork = CodeWork | QueryWork | ConfigWork;

/** The work on a task, not begun yet. */
export function workOn(task: Task, shared: Shared): TaskWork {
	switch (task.kind) {
		case 'code':
			return new CodeWork(task, shared);
		case 'query':
			return new QueryWork(task, shared);
		case 'config':
			return new ConfigWork(task, shared);
	}
}
