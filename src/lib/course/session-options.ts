import type { LabState } from '$lib/state/lab.svelte.ts';
import type { Language, Lesson } from './lesson.ts';
import type { Checks } from './modules.ts';
import type { ProgressStore } from './progress-store.svelte.ts';

/** The parts of the page, of which a narrow screen shows one. */
export type View = 'text' | 'code' | 'chart' | 'check';

/** The language that the learner has chosen, here or on another page. */
export interface LanguageChoice {
	readonly current: Language;
	/** Takes over the choice of an earlier visit. */
	restore(): void;
	choose(language: Language): void;
}

export interface SessionOptions {
	readonly lesson: Lesson;
	readonly checks: Checks;
	readonly progress: ProgressStore;
	readonly language: LanguageChoice;
	/** Starts a lab in a thread of its own. */
	readonly openLab: () => LabState;
	/** Called when Python is here and code in it is on show: now the editor can explain it. */
	readonly wantPythonHelp: () => void;
	/** Whether motion is unwanted. */
	readonly prefersStills: () => boolean;
}
