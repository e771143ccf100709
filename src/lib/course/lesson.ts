import type { Trial } from '#engine/lab';
import type { Duration } from '#engine/model';
import type { CodeLanguage } from '$lib/editor/highlight.ts';

/** The languages that a lesson's code comes in, in the order in which pages offer them, the ending of their files, and the name of their blocks in prose. */
export const LANGUAGES = {
	python: { name: 'Python', ending: '.py', fence: 'py' },
	typescript: { name: 'TypeScript', ending: '.ts', fence: 'ts' }
} as const satisfies Record<CodeLanguage, unknown>;
export type Language = CodeLanguage;
export type PerLanguage<Value> = Readonly<Record<Language, Value>>;

export const LANGUAGE_NAMES = Object.keys(LANGUAGES) as readonly Language[];

/** What the head of a lesson.md says. */
export interface LessonHead {
	/** Stable: progress is kept under it. */
	readonly id: string;
	readonly title: string;
	/** The chapter's slug: its folder without the number. */
	readonly chapter: string;
	/** About how long it takes. */
	readonly minutes: number;
	/** What the learner can do afterwards. */
	readonly objective: string;
	/** What is practised, for later repetition. */
	readonly concepts: readonly string[];
	/** Ids of the misconceptions that the lesson is aimed at. */
	readonly attacks: readonly string[];
	/** The sentence of the seed document that the lesson is about. */
	readonly seed: string;
	/** The stretch of the world that is played when code is run, counted from the world's start. */
	readonly run: { readonly from: Duration; readonly to: Duration };
	/** How long each trial of a check lasts. */
	readonly trial: Duration;
	/** Why each hunk of the solution is there, in their order. */
	readonly why: PerLanguage<readonly string[]>;
}

/** Texts of code by the names of their files. */
export type SourceFiles = Trial['files'];

/** The code of one language. */
export interface LessonCode {
	readonly start: SourceFiles;
	readonly solution: SourceFiles;
}

/** A world in which code is checked, as the text of its YAML. */
export interface HiddenWorld {
	readonly world: string;
	readonly seed: number;
}

/** A lesson as the page needs it. Plain data. */
export interface Lesson extends LessonHead {
	/** The folder's name without its number: the last part of the address. */
	readonly slug: string;
	/** From the repository's root: `lessons/02-types/01-counter-only-up`. */
	readonly folder: string;
	readonly world: string;
	readonly hidden: readonly HiddenWorld[];
	readonly code: PerLanguage<LessonCode>;
	readonly next?: LessonLink;
	readonly previous?: LessonLink;
}

export interface LessonLink {
	readonly title: string;
	/** `types/counter-only-up` */
	readonly address: string;
}

/** What a list of lessons shows. */
export interface LessonEntry extends LessonLink {
	readonly id: string;
	readonly minutes: number;
	readonly objective: string;
}

export interface Chapter {
	readonly slug: string;
	readonly title: string;
	readonly summary: string;
	readonly lessons: readonly LessonEntry[];
}

/** Everything under lessons/, read and found to be right. */
export interface Course {
	readonly chapters: readonly Chapter[];
	/** By address. */
	readonly lessons: ReadonlyMap<string, Lesson>;
}
