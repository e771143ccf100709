import type { CodeLanguage } from '#workers/protocol';
import { Persisted } from './persisted.svelte.ts';

const STORAGE_KEY = 'promenade.language';

/** The language in which a reader writes programs: chosen once for all lessons and the sandbox, and kept across visits. */
class Language {
	#stored = $state.raw<Persisted<CodeLanguage>>();

	get current(): CodeLanguage {
		// What storage holds may be from another version, or from anybody.
		return this.#stored?.current === 'python' ? 'python' : 'typescript';
	}

	/** Takes over the choice of an earlier visit. Browser only, after hydration: prerendered pages say TypeScript. */
	restore(): void {
		this.#stored ??= new Persisted<CodeLanguage>(STORAGE_KEY, 'typescript');
	}

	choose(language: CodeLanguage): void {
		this.restore();
		if (this.#stored) this.#stored.current = language;
	}
}

/** The page's one language. */
export const language = new Language();
