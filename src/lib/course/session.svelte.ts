import { createContext } from 'svelte';
import type { Duration, Problem } from '#engine/model';
import { CodeDocument } from '$lib/editor/code-document.svelte.ts';
import { LabGone, type LabState } from '$lib/state/lab.svelte.ts';
import type { ChoiceOption } from './blocks/choice.ts';
import type { ExpectedTurn } from './chart-data.ts';
import { HintLadder } from './hint-ladder.svelte.ts';
import { judge, type Judgement, type Tried } from './judge.ts';
import type { Language, Lesson, LessonCode, SourceFiles } from './lesson.ts';
import { LessonLab, type ChartSpec } from './lesson-lab.svelte.ts';
import type { Checks } from './modules.ts';
import { hashOf, openDraft, passed, withAnswer, withDraft } from './progress.ts';
import type { ProgressStore } from './progress-store.svelte.ts';

/** The parts of the page, of which a narrow screen shows one. */
export type View = 'text' | 'code' | 'chart' | 'check';

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

export interface SessionOptions {
	readonly lesson: Lesson;
	readonly checks: Checks;
	readonly progress: ProgressStore;
	/** Starts a lab in a thread of its own. */
	readonly openLab: () => LabState;
	/** Whether motion is unwanted. */
	readonly prefersStills: () => boolean;
}

/** How long code that was replaced can be had back, ms. */
const UNDO_FOR = 10_000;

/** One learner at one lesson: the code, the answers, the verdict, and the world that the charts show. */
export class LessonSession {
	readonly lesson: Lesson;
	readonly language: Language;
	readonly document: CodeDocument;
	readonly starter: string;
	/** In the order in which the prose names them. */
	readonly steps: Step[] = [];
	readonly charts: ChartSpec[] = [];
	readonly predictions: Prediction[] = [];
	readonly #choices = new Map<string, ChoiceOption>();
	view = $state<View>('text');
	/** What the instruments show beside the code. */
	instrument = $state<'chart' | 'check'>('chart');
	world = $state.raw<LessonLab>();
	judgement = $state.raw<Judgement>();
	isChecking = $state(false);
	/** Checks made since the page was opened. */
	attempts = $state(0);
	/** Code that was left in an older version of the starter. */
	stale = $state.raw<string>();
	/** What a reset or the solution replaced, as long as it can be had back. */
	thrownAway = $state.raw<string>();
	readonly hints = new HintLadder(
		() => this.attempts,
		() => this.sawSolution()
	);
	readonly #options: SessionOptions;
	readonly #code: LessonCode;
	/** Found by a check, until the code is run again. */
	#checked = $state.raw<readonly Problem[]>();
	#undoTimer: ReturnType<typeof setTimeout> | undefined;

	constructor(options: SessionOptions) {
		const { lesson } = options;
		const [entry] = Object.entries(lesson.code) as [Language, LessonCode][];
		if (!entry) throw new Error(`lesson without code: ${lesson.id}`);
		this.#options = options;
		this.lesson = lesson;
		[this.language, this.#code] = entry;
		const [[file, starter] = ['', '']] = Object.entries(this.#code.start);
		this.starter = starter;
		this.document = new CodeDocument(file, this.language, starter, (text) => this.#keep(text));
	}

	get answers(): Readonly<Record<string, string>> {
		return this.#options.progress.of(this.lesson.id).answers;
	}

	get status() {
		return this.#options.progress.of(this.lesson.id).status;
	}

	/** Why the world stopped, when it did. */
	get failure(): string {
		return this.world?.lab.failure ?? '';
	}

	/** Of the learner's code: found by the last check, or as they turn up while it runs. */
	get problems(): readonly Problem[] {
		if (this.#checked) return this.#checked;
		return this.world?.author === 'learner' ? this.world.lab.problems : [];
	}

	get solution(): string {
		return Object.values(this.#code.solution)[0] ?? '';
	}

	/** The first step that is not done, if any. */
	get nextStep(): Step | undefined {
		return this.steps.find((step) => !this.isDone(step));
	}

	isDone({ id, kind }: Step): boolean {
		return kind === 'task' ? this.status.startsWith('passed') : this.answers[id] !== undefined;
	}

	/** Takes over what an earlier visit left, and starts the world. Browser only. */
	async open(): Promise<void> {
		const { progress, openLab } = this.#options;
		progress.restore();
		const { text, stale } = openDraft(progress.of(this.lesson.id), this.language, this.starter);
		this.stale = stale;
		this.document.write(text);
		this.world = new LessonLab(openLab(), this.lesson, this.charts);
		await this.#guarded(() => this.#begin(this.#code.solution, 'solution'));
	}

	close(): void {
		clearTimeout(this.#undoTimer);
		this.hints.close();
		this.world?.close();
		this.world = undefined;
	}

	/** Throws the world away and starts another, after the thread has died. */
	async restart(): Promise<void> {
		this.close();
		await this.open();
	}

	/** Plays the world on with the code that is in it: the reference at first. */
	async play(): Promise<void> {
		this.#look('chart');
		await this.#guarded(async () => {
			const { world } = this;
			if (!world) return;
			if (world.isOver) {
				const files = world.author === 'learner' ? this.#files() : this.#code.solution;
				await this.#begin(files, world.author);
			}
			await world.play(this.#options.prefersStills());
		});
	}

	/** Starts the world afresh with the learner's code, and plays it. */
	async run(): Promise<void> {
		this.#look('chart');
		this.#checked = undefined;
		await this.#guarded(async () => {
			if (await this.#begin(this.#files(), 'learner')) {
				await this.world?.play(this.#options.prefersStills());
			}
		});
	}

	/** Tries the learner's code in worlds that are not on show, and judges what comes out. */
	async check(): Promise<void> {
		if (this.isChecking || !this.world) return;
		this.#look('check');
		this.isChecking = true;
		this.world.pause();
		await this.#guarded(async () => {
			const { checks, mistakes } = this.#options.checks;
			const trials = await this.#tryOut();
			const judgement = judge(trials, checks, mistakes);
			this.#checked = trials.flatMap((trial) =>
				trial.ok ? trial.evidence.problems : trial.problems
			);
			this.judgement = judgement;
			this.attempts++;
			if (judgement.passed) this.#options.progress.change(this.lesson.id, passed);
		});
		this.isChecking = false;
	}

	/** Keeps what was chosen at a step. */
	answer(step: string, answer: string): void {
		this.#options.progress.change(this.lesson.id, (lesson) => withAnswer(lesson, step, answer));
		this.rest();
	}

	/** Remembers where to go on. */
	rest(): void {
		const step = this.nextStep?.id;
		this.#options.progress.change(this.lesson.id, (lesson) =>
			lesson.step === step ? lesson : { ...lesson, step }
		);
	}

	addStep(step: Step): void {
		this.steps.push(step);
	}

	addChart(chart: ChartSpec): void {
		this.charts.push(chart);
	}

	addPrediction(prediction: Prediction): void {
		this.predictions.push(prediction);
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
		const prediction = this.predictions.find((one) => one.chart === chart);
		const option = prediction && this.chosen(prediction.step);
		return option && { from: prediction.from, to: prediction.to, slope: option.slope };
	}

	/** Back to the starter. What was there can be had back for a while. */
	reset(): void {
		this.#replace(this.starter);
	}

	undoReset(): void {
		if (this.thrownAway !== undefined) this.document.write(this.thrownAway);
		this.thrownAway = undefined;
	}

	/** Goes on with what was written for an older starter. */
	openStale(): void {
		const { stale = '' } = this;
		this.stale = undefined;
		this.document.write(stale);
		this.#keep(stale);
	}

	startFresh(): void {
		this.stale = undefined;
		this.#keep(this.document.text);
	}

	/** The learner has asked for the solution: a pass from now on is one with it. */
	sawSolution(): void {
		this.#options.progress.change(this.lesson.id, (lesson) => ({ ...lesson, sawSolution: true }));
	}

	takeSolution(): void {
		this.sawSolution();
		this.#replace(this.solution);
	}

	#replace(text: string): void {
		this.thrownAway = this.document.text;
		this.document.write(text);
		clearTimeout(this.#undoTimer);
		this.#undoTimer = setTimeout(() => (this.thrownAway = undefined), UNDO_FOR);
	}

	async #begin(files: SourceFiles, author: 'solution' | 'learner' | 'nobody'): Promise<boolean> {
		return (await this.world?.begin(files, author)) ?? false;
	}

	async #tryOut(): Promise<Tried[]> {
		const { trial, hidden } = this.lesson;
		const files = this.#files();
		const tried: Tried[] = [];
		for (const { world, seed } of hidden) {
			const answer = await this.world?.lab.runTrial({ world, seed, files, duration: trial });
			if (answer) tried.push(answer);
		}
		return tried;
	}

	#files(): SourceFiles {
		return { ...this.#code.start, [this.document.file]: this.document.text };
	}

	#keep(text: string): void {
		const { progress } = this.#options;
		// An untouched starter is no draft: nobody has to decide about it when the starter changes.
		if (text === this.starter && !progress.of(this.lesson.id).drafts[this.language]) return;
		const draft = {
			starter: hashOf(this.starter),
			text,
			...(this.stale !== undefined && { older: this.stale })
		};
		progress.change(this.lesson.id, (lesson) => withDraft(lesson, this.language, draft));
	}

	#look(at: 'chart' | 'check'): void {
		this.instrument = at;
		this.view = at;
	}

	/** A lab that is gone says so itself, and the page offers another. */
	async #guarded(run: () => Promise<unknown>): Promise<void> {
		try {
			await run();
		} catch (error) {
			if (!(error instanceof LabGone)) throw error;
		}
	}
}

export const [getSession, setSession] = createContext<LessonSession>();
