import type { PythonState } from '$lib/state/python.svelte.ts';
import type { Language } from './lesson.ts';

/** What was asked for and waits until Python is here. */
export type Waiting = 'run' | 'check';

/** Waits for Python, one at a time: a later one, or an end, makes the one before give up. */
export class PythonWait {
	for = $state.raw<Waiting>();
	readonly #python: () => PythonState | undefined;
	readonly #bring: () => Promise<void>;
	#number = 0;

	/** `python` is undefined while there is no world. `bring` ends when Python is here, or cannot be had. */
	constructor(python: () => PythonState | undefined, bring: () => Promise<void>) {
		this.#python = python;
		this.#bring = bring;
	}

	/**
	 * Waits until code in this language can run. False when there is no world, when Python cannot be had, and when something else is
	 * wanted by then.
	 */
	async until(what: Waiting, language: Language): Promise<boolean> {
		this.end();
		const python = this.#python();
		if (!python) return false;
		if (language !== 'python' || isReady(python)) return true;
		const number = this.#number;
		this.for = what;
		await this.#bring();
		if (number !== this.#number) return false;
		this.end();
		return isReady(python);
	}

	end(): void {
		this.#number++;
		this.for = undefined;
	}
}

function isReady({ status }: PythonState): boolean {
	return status === 'ready';
}
