/** The text of a query. Inputs show it and write to it; it knows none of them. */
export class QueryDocument {
	#text = $state.raw('');
	readonly #onWrite: (text: string) => void;

	/** `onWrite` hears of every change of the text, typed or not. */
	constructor(text: string, onWrite: (text: string) => void) {
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
}
