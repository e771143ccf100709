import { createRandom } from '#engine/sim';
import type { LessonEntry } from '../lesson.ts';
import type { ProgressStore } from '../progress-store.svelte.ts';
import { dueAt, repetitions, sitting, type Repetition } from './due.ts';
import { freshItem, type ReviewItem, type ReviewOption, type ReviewTemplate } from './item.ts';
import type { Memory, Recall } from './memory.ts';
import { recalled } from './schedule.ts';

/** How much somebody trusts an answer before it is known to be right. */
export type Trust = 'guess' | 'think' | 'sure';

const RECALLS: Readonly<Record<Trust, Recall>> = { guess: 'guessed', think: 'right', sure: 'sure' };

/** A question of a sitting, and what became of it. */
export interface Asked extends Repetition {
	readonly item: ReviewItem;
	readonly about: string;
	readonly answer?: ReviewOption;
	/** When it comes again; undefined before the answer, and where nothing is kept. */
	readonly next?: number;
}

export interface ReviewOptions {
	readonly lessons: readonly LessonEntry[];
	readonly progress: ProgressStore;
	/** The templates of a lesson: about each concept that no earlier one practises. */
	readonly load: (lesson: LessonEntry) => Promise<readonly ReviewTemplate[]>;
	/** A seed for fresh numbers, and the time, ms since 1970. */
	readonly seed: () => number;
	readonly now: () => number;
}

/** A sitting of repetition: a few questions about what was learned some time ago. */
export class ReviewSession {
	asked = $state.raw<readonly Asked[]>([]);
	/** Which question it is; as many as there are when all are answered. */
	at = $state(0);
	/** Whether answers count: they do not where nothing was due. */
	counts = $state(true);
	isReady = $state(false);
	readonly #options: ReviewOptions;

	constructor(options: ReviewOptions) {
		this.#options = options;
	}

	get current(): Asked | undefined {
		return this.asked[this.at];
	}

	get rightCount(): number {
		return this.asked.filter(({ answer }) => answer?.correct).length;
	}

	/** Whatever is due, the most overdue first. */
	async begin(): Promise<void> {
		const { lessons, progress, now } = this.#options;
		const all = repetitions(lessons, progress.all, progress.memories);
		await this.#ask(sitting(dueAt(all, now()).due), true);
	}

	/** Some of what has been learned, or of everything where nothing has, though it is not due. */
	async practise(): Promise<void> {
		const { lessons, progress, seed } = this.#options;
		const learned = repetitions(lessons, progress.all, progress.memories);
		const concepts = new Set(lessons.flatMap((lesson) => lesson.concepts));
		const everything = [...concepts].map((concept) => ({
			concept,
			lesson: this.#firstAbout(concept),
			due: 0
		}));
		const random = createRandom(seed());
		const drawn = (learned.length > 0 ? learned : everything)
			.map((one) => ({ one, place: random() }))
			.sort((a, b) => a.place - b.place)
			.map(({ one }) => one);
		await this.#ask(sitting(drawn), false);
	}

	/** Answers the question at hand. A second answer is not taken. */
	answer(option: ReviewOption, trust: Trust): void {
		const { current } = this;
		if (!current || current.answer) return;
		const answered = { ...current, answer: option, ...this.#keep(current, option, trust) };
		this.asked = this.asked.with(this.at, answered);
	}

	next(): void {
		if (this.current?.answer) this.at++;
	}

	#firstAbout(concept: string): LessonEntry {
		const found = this.#options.lessons.find(({ concepts }) => concepts.includes(concept));
		if (!found) throw new Error(`no lesson practises ${concept}`);
		return found;
	}

	#keep({ concept }: Asked, { correct }: ReviewOption, trust: Trust): Pick<Asked, 'next'> {
		if (!this.counts) return {};
		const { progress, now } = this.#options;
		const before: Memory | undefined = progress.memories[concept];
		const after = recalled(before, correct ? RECALLS[trust] : 'wrong', now());
		progress.remember(concept, after);
		return { next: after.due };
	}

	async #ask(chosen: readonly Repetition[], counts: boolean): Promise<void> {
		const { load, seed } = this.#options;
		const asked = await Promise.all(
			chosen.map(async (one) => {
				// It was passed in one lesson, and is asked about by the first that practises it.
				const templates = (await load(this.#firstAbout(one.concept))).filter(
					({ concept }) => concept === one.concept
				);
				const random = createRandom(seed());
				const template = templates[Math.floor(random() * templates.length)];
				return template && { ...one, about: template.about, item: freshItem(template, random) };
			})
		);
		this.asked = asked.filter((one) => one !== undefined);
		this.at = 0;
		this.counts = counts;
		this.isReady = true;
	}
}
