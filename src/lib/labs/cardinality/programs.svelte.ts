import { CodeDocument } from '$lib/editor/code-document.svelte.ts';
import { language } from '$lib/state/language.svelte.ts';
import { ENTRIES, type CodeLanguage } from '#workers/protocol';
import type { Choice } from './choice.ts';
import { programText } from './program.ts';

const LANGUAGES = ['typescript', 'python'] as const;

/** The program in both languages, as the knobs write it and as somebody may have changed it. */
export class Programs {
	readonly documents: Readonly<Record<CodeLanguage, CodeDocument>>;

	constructor(choice: Choice) {
		const inOne = (one: CodeLanguage) =>
			new CodeDocument(ENTRIES[one], one, programText(choice, one));
		this.documents = { typescript: inOne('typescript'), python: inOne('python') };
	}

	/** The one in the language that is chosen. */
	get current(): CodeDocument {
		return this.documents[language.current];
	}

	get files(): Readonly<Record<string, string>> {
		return { [this.current.file]: this.current.text };
	}

	/** Whether it says what these knobs would write. */
	isOf(choice: Choice): boolean {
		return this.current.text === programText(choice, language.current);
	}

	/** Writes what the knobs stand for: what was edited by hand is gone. */
	write(choice: Choice): void {
		for (const one of LANGUAGES) this.documents[one].write(programText(choice, one));
	}
}

/** Whether two settings of the knobs stand for the same program. */
export function isSameProgram(one: Choice, other: Choice): boolean {
	return LANGUAGES.every((each) => programText(one, each) === programText(other, each));
}
