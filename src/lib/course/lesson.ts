import type { Trial } from '#engine/lab';
import type { Duration } from '#engine/model';
import type { Unit } from '$lib/charts/numbers.ts';
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
	/** What the charts show before anybody runs anything: the finished shop, unless it is what the learner begins with. */
	readonly shows: 'start' | 'solution';
	/** Why each hunk of the solution is there, in their order. A lesson without code has none. */
	readonly why?: PerLanguage<readonly string[]>;
}

/** Texts of code by the names of their files. */
export type SourceFiles = Trial['files'];

/** The code of one language. */
export interface LessonCode {
	readonly start: SourceFiles;
	readonly solution: SourceFiles;
}

/** What every task has. */
interface TaskHead {
	/** Unique in its lesson: progress is kept under it. */
	readonly id: string;
	/** What it is called where one of several is chosen. */
	readonly title: string;
	/** The task that has to be passed before this one is checked. */
	readonly needs?: string;
	/**
	 * The task that this one resembles. It shows when the solution of that one has been seen, and to pass it is to have passed
	 * that one without the solution.
	 */
	readonly variantOf?: string;
}

/** Code is written, in either language. */
export interface CodeTask extends TaskHead {
	readonly kind: 'code';
	/** Where `start`, `solution` and `wrong` are, from the repository's root. */
	readonly folder: string;
	readonly code: PerLanguage<LessonCode>;
	/** Why each hunk of the solution is there, in their order. */
	readonly why: PerLanguage<readonly string[]>;
}

/** A query is written, and compared with another one by their answers. */
export interface QueryTask extends TaskHead {
	readonly kind: 'query';
	/** Where its .promql files are, from the repository's root. */
	readonly folder: string;
	/** May be empty. */
	readonly start: string;
	/** The reference. */
	readonly solution: string;
	/** Why the solution is as it is. */
	readonly why: string;
	/** Whether the answers of the whole run are compared, or those at its end alone. */
	readonly at: 'run' | 'end';
	readonly unit: Unit;
}

/** The world's `prometheus.yml` is written, and judged by what comes of it while the code runs that the charts show at first. */
export interface ConfigTask extends TaskHead {
	readonly kind: 'config';
	/** Where its .yml files are, from the repository's root. */
	readonly folder: string;
	readonly start: string;
	readonly solution: string;
	/** Why the solution is as it is: it differs from the start in one place. */
	readonly why: string;
}

export type Task = CodeTask | QueryTask | ConfigTask;

/** What a prediction plays in place of the world of the lesson: what is not here is as it is there. */
export interface Scene {
	/** What its world is called. */
	readonly title?: string;
	/** The text of its YAML. */
	readonly world?: string;
	/** The text of a `prometheus.yml`. */
	readonly config?: string;
}

/** A world in which code is checked, as the text of its YAML. */
export interface HiddenWorld {
	/** What a verdict calls it. */
	readonly title: string;
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
	/** By the names that predictions call them. */
	readonly scenes: Readonly<Record<string, Scene>>;
	/** In the order of the prose. */
	readonly tasks: readonly Task[];
	/** The finished shop, in the language that needs no download: its charts are the same in any. */
	readonly finished: SourceFiles;
	/** What the charts show at first, in the same language. */
	readonly opening: SourceFiles;
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
	/** What is practised, for later repetition. */
	readonly concepts: readonly string[];
	/** From the repository's root. */
	readonly folder: string;
}

export interface Chapter {
	readonly slug: string;
	readonly title: string;
	readonly summary: string;
	/** What one can do after it: the end of a sentence that begins "After it you can". */
	readonly lets: string;
	/** The chapters that it builds on, by slug. */
	readonly after: readonly string[];
	/** The lab in which its idea can be taken in the hand, by address. */
	readonly lab?: string;
	readonly lessons: readonly LessonEntry[];
}

/** Everything under lessons/, read and found to be right. */
export interface Course {
	readonly chapters: readonly Chapter[];
	/** By address. */
	readonly lessons: ReadonlyMap<string, Lesson>;
}
