import { Persisted } from '$lib/state/persisted.svelte.ts';
import {
	dated,
	exportProgress,
	importProgress,
	mergeMemories,
	mergeProgress,
	progressOf,
	type LessonProgress,
	type Progress
} from './progress.ts';
import { isMemories, type Memories, type Memory } from './review/memory.ts';

const STORAGE_KEY = 'promenade.progress';
const MEMORIES_KEY = 'promenade.memories';

/** The learner's progress, kept in this browser and nowhere else. */
export class ProgressStore {
	#stored = $state.raw<Persisted<Progress>>();
	#memories = $state.raw<Persisted<Memories>>();

	/** Takes over what earlier visits left. Browser only, after hydration: prerendered pages know nobody's progress. */
	restore(): void {
		this.#stored ??= new Persisted<Progress>(STORAGE_KEY, {});
		this.#memories ??= new Persisted<Memories>(MEMORIES_KEY, {});
	}

	get all(): Progress {
		return this.#stored?.current ?? {};
	}

	/** How well concepts are remembered. What a browser has kept and nobody can read any more is as good as nothing. */
	get memories(): Memories {
		const kept = this.#memories?.current;
		return isMemories(kept) ? kept : {};
	}

	/** A concept was asked for again. */
	remember(concept: string, memory: Memory): void {
		if (this.#memories) this.#memories.current = { ...this.memories, [concept]: memory };
	}

	of(lesson: string): LessonProgress {
		return progressOf(this.all, lesson);
	}

	change(lesson: string, change: (progress: LessonProgress) => LessonProgress): void {
		if (!this.#stored) return;
		const before = this.of(lesson);
		const after = dated(before, change(before), Date.now());
		if (after !== before) this.#stored.current = { ...this.all, [lesson]: after };
	}

	/** Everything, as a file that `import` takes. */
	export(): string {
		return exportProgress(this.all, this.memories);
	}

	/** Adds an exported file. What it says when it could not. */
	import(text: string): string {
		const imported = importProgress(text);
		if (!imported.ok) return imported.message;
		if (this.#stored) this.#stored.current = mergeProgress(this.all, imported.progress);
		if (this.#memories) {
			this.#memories.current = mergeMemories(this.memories, imported.memories);
		}
		return '';
	}
}

/** The page's one progress. */
export const progress = new ProgressStore();
