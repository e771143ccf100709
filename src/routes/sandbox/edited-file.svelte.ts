import type { Problem } from '#engine/model';
import { CodeDocument } from '$lib/editor/code-document.svelte.ts';
import type { TextLanguage } from '$lib/editor/highlight.ts';
import { Persisted } from '$lib/state/persisted.svelte.ts';

const UNDO_FOR = 10_000;
/** How long nobody writes before a draft is checked, ms. */
const CHECK_AFTER = 300;

/** How the last try to put a file in force went. */
export type ApplyOutcome = 'none' | 'taken' | 'refused';

export interface EditedFileOptions {
	/** `app.ts` */
	readonly file: string;
	readonly language: TextLanguage;
	/** What it says before anybody changes it, and after a reset. */
	readonly original: string;
	/** The key that its draft is kept under in the browser. */
	readonly storeAs: string;
	/** What is wrong with a text that is only written so far; undefined when that cannot be told now. */
	readonly check?: (text: string) => Promise<readonly Problem[] | undefined>;
}

/** A file that is written here and takes effect elsewhere: its draft, what is in force, and what came of the last try. */
export class EditedFile {
	readonly document: CodeDocument;
	/** What is in force. */
	inForce = $state.raw('');
	outcome = $state<ApplyOutcome>('none');
	isApplying = $state(false);
	/** What is wrong with what is written; undefined until it is checked, and where a try to put just that in force has said so. */
	draftProblems = $state.raw<readonly Problem[] | undefined>();
	/** What Reset replaced, for as long as that can be undone. */
	replaced = $state.raw<string | undefined>();

	readonly #options: EditedFileOptions;
	/** The text that was last put in force, or tried to be. */
	#tried = $state.raw('');
	#draft: Persisted<string> | undefined;
	#undoTimer: ReturnType<typeof setTimeout> | undefined;
	#checkTimer: ReturnType<typeof setTimeout> | undefined;

	/** Whether what is written is what was last put in force, or tried to be. */
	readonly isAsTried = $derived.by(() => this.document.text === this.#tried);
	readonly isEdited = $derived.by(() => this.document.text !== this.inForce);
	readonly isOriginal = $derived.by(() => this.document.text === this.#options.original);

	constructor(options: EditedFileOptions) {
		const { file, language, original } = options;
		this.#options = options;
		this.document = new CodeDocument(file, language, original, (text) => this.#written(text));
		this.inForce = original;
		this.#tried = original;
	}

	get name(): string {
		return this.document.file;
	}

	/** Takes up the draft that an earlier visit left; what is in force does not change by it. */
	restore(): void {
		const { storeAs, original } = this.#options;
		this.#draft = new Persisted(storeAs, original);
		this.document.write(this.#draft.current);
	}

	/**
	 * Puts what is written in files that go together in force. `put` gets their texts by name. It gives false when they are refused, and
	 * undefined when they could not even be tried; then what was in force stays so. Gives what `put` gave, or false while that is going on.
	 */
	static async apply(
		files: readonly EditedFile[],
		put: (texts: Readonly<Record<string, string>>) => Promise<boolean | undefined>
	): Promise<boolean | undefined> {
		if (files.some(({ isApplying }) => isApplying)) return false;
		const texts = Object.fromEntries(files.map((file) => [file.name, file.#try()]));
		try {
			const isTaken = await put(texts);
			if (isTaken !== undefined) {
				for (const file of files) file.#applied(texts[file.name] ?? '', isTaken);
			}
			return isTaken;
		} finally {
			for (const file of files) file.isApplying = false;
		}
	}

	#try(): string {
		this.isApplying = true;
		this.outcome = 'none';
		this.#tried = this.document.text;
		return this.#tried;
	}

	#applied(text: string, isTaken: boolean): void {
		this.outcome = isTaken ? 'taken' : 'refused';
		this.#tried = text;
		if (isTaken) this.inForce = text;
		void this.check();
	}

	/** Looks for what is wrong with what is written, unless it has just been tried. */
	async check(): Promise<void> {
		clearTimeout(this.#checkTimer);
		const { text } = this.document;
		const isTried = () => text === this.#tried;
		const problems = isTried() ? undefined : await this.#options.check?.(text);
		if (isTried()) this.draftProblems = undefined;
		else if (problems && this.document.text === text) this.draftProblems = problems;
	}

	/** A world begins by what is in force. */
	begin(): void {
		this.outcome = 'none';
		this.#tried = this.inForce;
	}

	/** The original is in force again. What is written stays written. */
	giveUp(): void {
		this.inForce = this.#options.original;
		this.outcome = 'none';
	}

	/** Writes the original; `undoReset` takes that back for ten seconds. */
	reset(): void {
		if (this.isOriginal) return;
		this.replaced = this.document.text;
		this.document.write(this.#options.original);
		clearTimeout(this.#undoTimer);
		this.#undoTimer = setTimeout(() => (this.replaced = undefined), UNDO_FOR);
	}

	undoReset(): void {
		if (this.replaced === undefined) return;
		this.document.write(this.replaced);
		this.replaced = undefined;
	}

	#written(text: string): void {
		if (this.#draft) this.#draft.current = text;
		if (!this.#options.check) return;
		clearTimeout(this.#checkTimer);
		this.#checkTimer = setTimeout(() => void this.check(), CHECK_AFTER);
	}
}
