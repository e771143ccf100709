import type { Problem } from '#engine/model';
import type { TextLanguage } from './highlight.ts';

/** A place to go to in a text, and how to get back to where one came from. */
export interface Jump {
	/** 1-based. */
	readonly line: number;
	/** 1-based, in UTF-16 code units. */
	readonly column: number;
	/** Escape in the editor calls it. */
	readonly comeBack: () => void;
}

/** The text of one file, and where in it the reader was sent. Editors show it and write to it; it knows none of them. */
export class CodeDocument {
	readonly file: string;
	readonly language: TextLanguage;
	/** Where the reader was last sent; an editor goes there when it changes. */
	jump = $state.raw<Jump | undefined>();
	#text = $state.raw('');
	readonly #onWrite: (text: string) => void;

	/** `onWrite` hears of every change of the text, typed or not. */
	constructor(
		file: string,
		language: TextLanguage,
		text: string,
		onWrite: (text: string) => void = () => {}
	) {
		this.file = file;
		this.language = language;
		this.#text = text;
		this.#onWrite = onWrite;
	}

	get text(): string {
		return this.#text;
	}

	write(text: string): void {
		if (text === this.#text) return;
		this.#text = text;
		this.#onWrite(text);
	}

	/** Sends the reader to a place, such as that of a problem. Without one it is the beginning. */
	goTo({ line = 1, column = 1 }: Pick<Problem, 'line' | 'column'>, comeBack: () => void): void {
		this.jump = { line, column, comeBack };
	}
}
