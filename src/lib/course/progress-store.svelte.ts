import { Persisted } from '$lib/state/persisted.svelte.ts';
import {
	importProgress,
	mergeProgress,
	progressOf,
	type LessonProgress,
	type Progress
} from './progress.ts';

const STORAGE_KEY = 'promenade.progress';

/** The learner's progress, kept in this browser and nowhere else. */
export class ProgressStore {
	#stored = $state.raw<Persisted<Progress>>();

	/** Takes over what earlier visits left. Browser only, after hydration: prerendered pages know nobody's progress. */
	restore(): void {
		this.#stored ??= new Persisted<Progress>(STORAGE_KEY, {});
	}

	get all(): Progress {
		return this.#stored?.current ?? {};
	}

	of(lesson: string): LessonProgress {
		return progressOf(this.all, lesson);
	}

	change(lesson: string, change: (progress: LessonProgress) => LessonProgress): void {
		if (!this.#stored) return;
		const before = this.of(lesson);
		const after = change(before);
		if (after !== before) this.#stored.current = { ...this.all, [lesson]: after };
	}

	/** Adds an exported file. What it says when it could not. */
	import(text: string): string {
		const imported = importProgress(text);
		if (!imported.ok) return imported.message;
		if (this.#stored) this.#stored.current = mergeProgress(this.all, imported.progress);
		return '';
	}
}

/** The page's one progress. */
export const progress = new ProgressStore();
