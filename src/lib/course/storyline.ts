import { SvelteMap } from 'svelte/reactivity';
import type { Duration } from '#engine/model';
import type { Unit } from '$lib/charts/numbers.ts';
import type { ChoiceOption } from './blocks/choice.ts';
import type { Expected } from './chart-data.ts';
import type { Lesson } from './lesson.ts';
import type { ChartSpec } from './lesson-lab.svelte.ts';
import {
	isTaskPassed,
	taskProgressOf,
	withAnswer,
	type LessonProgress,
	type TaskName
} from './progress.ts';
import type { ProgressStore } from './progress-store.svelte.ts';
import type { Reading } from './reading.ts';

/** A step of the lesson, in the order of the prose. */
export interface Step {
	readonly id: string;
	readonly kind: 'predict' | 'observe' | 'task' | 'quiz' | 'explain';
}

/** Where a prediction is drawn, and the stretch that it is about, counted from the world's start. */
export interface Prediction {
	readonly step: string;
	readonly chart: string;
	readonly from: Duration;
	readonly to: Duration;
	/** Of a number: what of the chart's line in that stretch it is about. */
	readonly reads?: Reading;
	/** The scene that is played in place of the lesson's world. */
	readonly plays?: string;
}

/** What the prose of a lesson is made of, in its order, and how far the learner has come in it. */
export class Storyline {
	readonly steps: Step[] = [];
	readonly charts: ChartSpec[] = [];
	readonly #predictions: Prediction[] = [];
	/** What playing a figure does, by its id. */
	readonly #figures = new Map<string, () => Promise<void>>();
	readonly #choices = new Map<string, ChoiceOption>();
	/** What is being foretold and has not been committed, by step. */
	readonly #picked = new SvelteMap<string, number>();
	readonly #lesson: Pick<Lesson, 'id' | 'tasks'>;
	readonly #progress: ProgressStore;

	constructor(lesson: Pick<Lesson, 'id' | 'tasks'>, progress: ProgressStore) {
		this.#lesson = lesson;
		this.#progress = progress;
	}

	get progress(): LessonProgress {
		return this.#progress.of(this.#lesson.id);
	}

	get answers(): Readonly<Record<string, string>> {
		return this.progress.answers;
	}

	/** The first step that is not done, if any. */
	get nextStep(): Step | undefined {
		return this.steps.find((step) => !this.isDone(step));
	}

	isDone({ id, kind }: Step): boolean {
		const task = kind === 'task' && this.#lesson.tasks.find((one) => one.id === id);
		if (task) return isTaskPassed(this.progress, task) || !this.isOffered(task);
		return this.answers[id] !== undefined;
	}

	/** Whether a task is there to be done: a variant is, once the solution of its task was seen. */
	isOffered({ variantOf }: TaskName): boolean {
		return variantOf === undefined || taskProgressOf(this.progress, { id: variantOf }).sawSolution;
	}

	/** Keeps what was chosen at a step, and remembers where to go on. */
	answer(step: string, answer: string): void {
		this.#progress.change(this.#lesson.id, (lesson) => withAnswer(lesson, step, answer));
		const next = this.nextStep?.id;
		this.#progress.change(this.#lesson.id, (lesson) =>
			lesson.step === next ? lesson : { ...lesson, step: next }
		);
	}

	addStep(step: Step): void {
		this.steps.push(step);
	}

	addChart(chart: ChartSpec): void {
		this.charts.push(chart);
	}

	addPrediction(prediction: Prediction): void {
		this.#predictions.push(prediction);
	}

	/** A figure in the prose that predictions may be about. `play` shows what they foretell, from its beginning. */
	addFigure(id: string, play: () => Promise<void>): void {
		this.#figures.set(id, play);
	}

	async playFigure(id: string): Promise<void> {
		await this.#figures.get(id)?.();
	}

	addOption(step: string, option: ChoiceOption): void {
		this.#choices.set(`${step} ${option.id}`, option);
	}

	/** What was chosen at a step, as far as it is kept. */
	chosen(step: string): ChoiceOption | undefined {
		return this.#choices.get(`${step} ${this.answers[step]}`);
	}

	/** What a learner means to foretell: it is drawn, and not kept yet. */
	pick(step: string, value: number): void {
		this.#picked.set(step, value);
	}

	/** The number that was foretold at a step, or is about to be. */
	number(step: string): number | undefined {
		const kept = this.answers[step];
		return kept === undefined ? this.#picked.get(step) : Number(kept);
	}

	/** The unit of the chart that a prediction is drawn into. */
	unitOf(step: string): Unit | undefined {
		const prediction = this.prediction(step);
		return this.charts.find(({ id }) => id === prediction?.chart)?.unit;
	}

	prediction(step: string): Prediction | undefined {
		return this.#predictions.find((one) => one.step === step);
	}

	/** What the learner expects of a chart in a scene, or in the lesson's world; counted from the world's start. */
	expected(chart: string, scene?: string): Expected | undefined {
		const prediction = this.#predictions.find((one) => one.chart === chart && one.plays === scene);
		if (!prediction) return undefined;
		const { step, from, to, reads } = prediction;
		if (reads) {
			const level = this.number(step);
			return level === undefined ? undefined : { kind: 'level', from, to, level };
		}
		const option = this.chosen(step);
		return option && { kind: 'turn', from, to, slope: option.slope };
	}
}
