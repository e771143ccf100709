import type { Duration } from '#engine/model';
import type { ChoiceOption } from './blocks/choice.ts';
import type { ExpectedTurn } from './chart-data.ts';
import type { ChartSpec } from './lesson-lab.svelte.ts';
import { withAnswer, type LessonProgress } from './progress.ts';
import type { ProgressStore } from './progress-store.svelte.ts';

/** A step of the lesson, in the order of the prose. */
export interface Step {
	readonly id: string;
	readonly kind: 'predict' | 'observe' | 'task' | 'quiz';
}

/** Where a prediction is drawn, and the stretch that it is about, counted from the world's start. */
export interface Prediction {
	readonly step: string;
	readonly chart: string;
	readonly from: Duration;
	readonly to: Duration;
}

/** What the prose of a lesson is made of, in its order, and how far the learner has come in it. */
export class Storyline {
	readonly steps: Step[] = [];
	readonly charts: ChartSpec[] = [];
	readonly #predictions: Prediction[] = [];
	readonly #choices = new Map<string, ChoiceOption>();
	readonly #lesson: string;
	readonly #progress: ProgressStore;

	/** `lesson`: the id that progress is kept under. */
	constructor(lesson: string, progress: ProgressStore) {
		this.#lesson = lesson;
		this.#progress = progress;
	}

	get progress(): LessonProgress {
		return this.#progress.of(this.#lesson);
	}

	get answers(): Readonly<Record<string, string>> {
		return this.progress.answers;
	}

	/** The first step that is not done, if any. */
	get nextStep(): Step | undefined {
		return this.steps.find((step) => !this.isDone(step));
	}

	isDone({ id, kind }: Step): boolean {
		if (kind === 'task') return this.progress.status.startsWith('passed');
		return this.answers[id] !== undefined;
	}

	/** Keeps what was chosen at a step, and remembers where to go on. */
	answer(step: string, answer: string): void {
		this.#progress.change(this.#lesson, (lesson) => withAnswer(lesson, step, answer));
		const next = this.nextStep?.id;
		this.#progress.change(this.#lesson, (lesson) =>
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

	addOption(step: string, option: ChoiceOption): void {
		this.#choices.set(`${step} ${option.id}`, option);
	}

	/** What was chosen at a step, as far as it is kept. */
	chosen(step: string): ChoiceOption | undefined {
		return this.#choices.get(`${step} ${this.answers[step]}`);
	}

	/** What the learner expects of a chart, counted from the world's start. */
	expected(chart: string): ExpectedTurn | undefined {
		const prediction = this.#predictions.find((one) => one.chart === chart);
		const option = prediction && this.chosen(prediction.step);
		return option && { from: prediction.from, to: prediction.to, slope: option.slope };
	}
}
