import { CodeDocument } from '$lib/editor/code-document.svelte.ts';
import type { TextLanguage } from '$lib/editor/highlight.ts';
import { Persisted } from '$lib/state/persisted.svelte.ts';

const UNDO_FOR = 10_000;

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
	/** Puts a text in force. False when it cannot be; then what was in force stays so. */
	readonly apply: (text: string) => Promise<boolean>;
}

/** A file that is written here and takes effect elsewhere: its draft, what is in force, and what came of the last try. */
export class EditedFile {
	readonly document: CodeDocument;
	/** What is in force. */
	inForce = $state.raw('');
	outcome = $state<ApplyOutcome>('none');
	isApplying = $state(false);
	/** What Reset replaced, for as long as that can be undone. */
	replaced = $state.raw<string | undefined>();

	readonly #options: EditedFileOptions;
	#draft: Persisted<string> | undefined;
	#undoTimer: ReturnType<typeof setTimeout> | undefined;

	readonly isEdited = $derived.by(() => this.document.text !== this.inForce);
	readonly isOriginal = $derived.by(() => this.document.text === this.#options.original);

	constructor(options: EditedFileOptions) {
		const { file, language, original } = options;
		this.#options = options;
		this.document = new CodeDocument(file, language, original, (text) => this.#saveDraft(text));
		this.inForce = original;
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

	/** Puts what is written in force. False when that was refused, or is still going on. */
	async apply(): Promise<boolean> {
		if (this.isApplying) return false;
		const { text } = this.document;
		this.isApplying = true;
		this.outcome = 'none';
		try {
			const isTaken = await this.#options.apply(text);
			this.outcome = isTaken ? 'taken' : 'refused';
			if (isTaken) this.inForce = text;
			return isTaken;
		} finally {
			this.isApplying = false;
		}
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

	#saveDraft(text: string): void {
		if (this.#draft) this.#draft.current = text;
	}
}
