import type { Language, Lesson, Scene, SourceFiles } from './lesson.ts';
import type { Author } from './lesson-lab.svelte.ts';

/** The finished shop runs in the language that needs no download; its charts are the same in any. */
const FINISHED: Language = 'typescript';

/** What the world on show was begun with. */
export interface Shown {
	readonly files: SourceFiles;
	readonly language: Language;
	readonly author: Author;
	/** The scene of a prediction, by its name. */
	readonly scene?: string;
	/** The learner's `prometheus.yml`. */
	readonly config?: string;
}

export const NOTHING_SHOWN: Shown = { files: {}, language: FINISHED, author: 'nobody' };

/** The shop when all tasks are done. */
export function finishedShop({ finished }: Pick<Lesson, 'finished'>): Shown {
	return { files: finished, language: FINISHED, author: 'solution' };
}

/** The shop that the charts show at first. */
export function openingShop({ opening, shows }: Pick<Lesson, 'opening' | 'shows'>): Shown {
	return { files: opening, language: FINISHED, author: shows };
}

/** What is played in place of the lesson's world, and of what that is scraped by. */
export function insteadOf(
	{ scenes }: Pick<Lesson, 'scenes'>,
	{ scene, config }: Shown
): Scene | undefined {
	if (scene !== undefined) return scenes[scene];
	return config === undefined ? undefined : { config };
}
