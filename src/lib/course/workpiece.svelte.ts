import type { Problem } from '#engine/model';
import { CONFIG_FILE } from '#workers/protocol';
import { CodeDocument } from '$lib/editor/code-document.svelte.ts';
import type { Judgement } from './judge.ts';
import type { CodeTask, ConfigTask, Language, QueryTask, SourceFiles } from './lesson.ts';
import { draftKey, hashOf, openDraft, withDraft } from './progress.ts';
import type { ProgressStore } from './progress-store.svelte.ts';
import { QueryDocument } from './query-document.svelte.ts';

/** How long a text that was replaced can be had back, ms. */
const UNDO_FOR = 10_000;

/** A text that somebody writes. */
interface TextDocument {
	readonly text: string;
	write(text: string): void;
}

/** Where drafts are kept, and what they are begun from and compared with. */
interface Origin {
	readonly progress: ProgressStore;
	/** Id of the lesson. */
	readonly lesson: string;
	/** Of the draft in the progress of the lesson. */
	readonly key: string;
	readonly starter: string;
	readonly solution: string;
}

/** A text that a learner works on: kept as it is written, and what the last check said of it. */
export class Workpiece<Document extends TextDocument = TextDocument> {
	readonly document: Document;
	readonly starter: string;
	readonly solution: string;
	judgement = $state.raw<Judgement>();
	/** Found by a check, until the code is run again. */
	checked = $state.raw<readonly Problem[]>();
	/** What was left in an older version of the starter. */
	stale = $state.raw<string>();
	/** What a reset or the solution replaced, as long as it can be had back. */
	thrownAway = $state.raw<string>();
	readonly #origin: Origin;
	#undoTimer: ReturnType<typeof setTimeout> | undefined;

	/** `open` makes the document, which tells the function that it is given of every change. */
	constructor(origin: Origin, open: (onWrite: (text: string) => void) => Document) {
		this.#origin = origin;
		this.starter = origin.starter;
		this.solution = origin.solution;
		this.document = open((text) => this.#keep(text));
	}

	/** Takes over what an earlier visit left. */
	restore(): void {
		const { progress, lesson, key } = this.#origin;
		const { text, stale } = openDraft(progress.of(lesson), key, this.starter);
		this.stale = stale;
		this.document.write(text);
	}

	close(): void {
		clearTimeout(this.#undoTimer);
	}

	/** Puts another text in the place of this one, which can be had back for a while. */
	replace(text: string): void {
		this.thrownAway = this.document.text;
		this.document.write(text);
		clearTimeout(this.#undoTimer);
		this.#undoTimer = setTimeout(() => (this.thrownAway = undefined), UNDO_FOR);
	}

	undoReplace(): void {
		if (this.thrownAway !== undefined) this.document.write(this.thrownAway);
		this.thrownAway = undefined;
	}

	/** Goes on with what was written for an older starter. */
	openStale(): void {
		const { stale = '' } = this;
		this.stale = undefined;
		this.document.write(stale);
		this.#keep(stale);
	}

	startFresh(): void {
		this.stale = undefined;
		this.#keep(this.document.text);
	}

	#keep(text: string): void {
		const { starter, stale } = this;
		const { progress, lesson, key } = this.#origin;
		// An untouched starter is no draft: nobody has to decide about it when the starter changes.
		if (text === starter && !progress.of(lesson).drafts[key]) return;
		const draft = {
			starter: hashOf(starter),
			text,
			...(stale !== undefined && { older: stale })
		};
		progress.change(lesson, (one) => withDraft(one, key, draft));
	}
}

/** The code of a task in one language. */
export class CodePiece extends Workpiece<CodeDocument> {
	readonly language: Language;
	readonly #start: SourceFiles;

	constructor(lesson: string, task: CodeTask, language: Language, progress: ProgressStore) {
		const { start, solution } = task.code[language];
		const [[file, starter] = ['', '']] = Object.entries(start);
		const key = draftKey(task, language);
		super(
			{ progress, lesson, key, starter, solution: solution[file] ?? '' },
			(onWrite) => new CodeDocument(file, language, starter, onWrite)
		);
		this.language = language;
		this.#start = start;
	}

	/** What is run: the document in its place among the files of the starter. */
	get files(): SourceFiles {
		return { ...this.#start, [this.document.file]: this.document.text };
	}
}

/** The query of a task. */
export type QueryPiece = Workpiece<QueryDocument>;

/** Opens the query of a task. `onWrite` hears of every change of it, as it is typed. */
export function queryPiece(
	lesson: string,
	task: QueryTask,
	progress: ProgressStore,
	onWrite: (text: string) => void
): QueryPiece {
	const { start: starter, solution } = task;
	return new Workpiece({ progress, lesson, key: draftKey(task), starter, solution }, (keep) => {
		return new QueryDocument(starter, (text) => {
			keep(text);
			onWrite(text);
		});
	});
}

/** The `prometheus.yml` of a task. */
export type ConfigPiece = Workpiece<CodeDocument>;

/** Opens the configuration of a task. `onWrite` hears of every change of it. */
export function configPiece(
	lesson: string,
	task: ConfigTask,
	progress: ProgressStore,
	onWrite: () => void
): ConfigPiece {
	const { start: starter, solution } = task;
	return new Workpiece({ progress, lesson, key: draftKey(task), starter, solution }, (keep) => {
		return new CodeDocument(CONFIG_FILE, 'yaml', starter, (text) => {
			keep(text);
			onWrite();
		});
	});
}
