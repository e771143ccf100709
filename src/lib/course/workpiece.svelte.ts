import type { Problem } from '#engine/model';
import { CodeDocument } from '$lib/editor/code-document.svelte.ts';
import type { Judgement } from './judge.ts';
import type { Language, Lesson, SourceFiles } from './lesson.ts';
import { hashOf, openDraft, withDraft } from './progress.ts';
import type { ProgressStore } from './progress-store.svelte.ts';

/** How long code that was replaced can be had back, ms. */
const UNDO_FOR = 10_000;

/** What a learner works on in one language: the code, kept as it is written, and what the last check said of it. */
export class Workpiece {
	readonly language: Language;
	readonly document: CodeDocument;
	readonly starter: string;
	readonly solution: string;
	judgement = $state.raw<Judgement>();
	/** Found by a check, until the code is run again. */
	checked = $state.raw<readonly Problem[]>();
	/** Code that was left in an older version of the starter. */
	stale = $state.raw<string>();
	/** What a reset or the solution replaced, as long as it can be had back. */
	thrownAway = $state.raw<string>();
	readonly #lesson: string;
	readonly #progress: ProgressStore;
	readonly #start: SourceFiles;
	#undoTimer: ReturnType<typeof setTimeout> | undefined;

	constructor({ id, code }: Lesson, language: Language, progress: ProgressStore) {
		const { start, solution } = code[language];
		const [[file, starter] = ['', '']] = Object.entries(start);
		this.#lesson = id;
		this.#progress = progress;
		this.#start = start;
		this.language = language;
		this.starter = starter;
		this.solution = solution[file] ?? '';
		this.document = new CodeDocument(file, language, starter, (text) => this.#keep(text));
	}

	/** What is run: the document in its place among the files of the starter. */
	get files(): SourceFiles {
		return { ...this.#start, [this.document.file]: this.document.text };
	}

	/** Takes over what an earlier visit left. */
	restore(): void {
		const { text, stale } = openDraft(this.#progress.of(this.#lesson), this.language, this.starter);
		this.stale = stale;
		this.document.write(text);
	}

	close(): void {
		clearTimeout(this.#undoTimer);
	}

	/** Puts another text in the place of the code, which can be had back for a while. */
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
		const { language, starter, stale } = this;
		// An untouched starter is no draft: nobody has to decide about it when the starter changes.
		if (text === starter && !this.#progress.of(this.#lesson).drafts[language]) return;
		const draft = {
			starter: hashOf(starter),
			text,
			...(stale !== undefined && { older: stale })
		};
		this.#progress.change(this.#lesson, (lesson) => withDraft(lesson, language, draft));
	}
}
