import { createContext } from 'svelte';
import type { Problem } from '#engine/model';
import { unlessGone } from '$lib/state/lab-gone.ts';
import { checkWork } from './check-work.ts';
import type { Judgement } from './judge.ts';
import type { Language, Lesson } from './lesson.ts';
import { LessonLab, type Begun } from './lesson-lab.svelte.ts';
import { PythonWait, type Waiting } from './python-wait.svelte.ts';
import type { SessionOptions, View } from './session-options.ts';
import { finishedShop, insteadOf, NOTHING_SHOWN, openingShop, type Shown } from './shown.ts';
import { Storyline } from './storyline.ts';
import { workOn, type ConfigWork, type QueryWork, type TaskWork } from './task-work.svelte.ts';
import type { RunTrial } from './trials.ts';
import type { CodePiece, ConfigPiece, QueryPiece } from './workpiece.svelte.ts';

/** One learner at one lesson: the tasks, the answers, the verdicts, and the world that the charts show. */
export class LessonSession {
	readonly lesson: Lesson;
	/** In the order of the prose. */
	readonly tasks: readonly TaskWork[];
	readonly story: Storyline;
	view = $state<View>('text');
	/** What the instruments show beside the task. */
	instrument = $state<'chart' | 'check'>('chart');
	world = $state.raw<LessonLab>();
	isChecking = $state(false);
	readonly #options: SessionOptions;
	readonly #wait = new PythonWait(
		() => this.world?.lab.python,
		() => this.preparePython()
	);
	/** Languages that were chosen since the session was opened. */
	#used = $state.raw<readonly Language[]>([]);
	#shown = $state.raw(NOTHING_SHOWN);
	/** The task in the instruments. */
	#chosen = $state.raw('');

	constructor(options: SessionOptions) {
		const { lesson, progress } = options;
		this.#options = options;
		this.lesson = lesson;
		this.tasks = lesson.tasks.map((task) => workOn(task, { lesson, progress }));
		this.story = new Storyline(lesson, progress);
		this.#chosen = lesson.tasks[0]?.id ?? '';
	}

	get language(): Language {
		return this.#options.language.current;
	}

	/** The task in the instruments. */
	get work(): TaskWork {
		const found = this.tasks.find(({ task }) => task.id === this.#chosen) ?? this.tasks[0];
		if (!found) throw new Error(`the lesson ${this.lesson.id} has no task`);
		return found;
	}

	/** What is written for it: a query, a configuration, or code in the language that is chosen. */
	get current(): CodePiece | QueryPiece | ConfigPiece {
		return this.work.kind === 'code' ? this.work.pieces[this.language] : this.work.piece;
	}

	/** The tasks that can be chosen: a variant shows once the solution of its task was seen. */
	get offered(): readonly TaskWork[] {
		return this.tasks.filter(({ task }) => this.story.isOffered(task));
	}

	/** The task that has to be passed before the one in the instruments, if it has not been. */
	get missing(): TaskWork | undefined {
		const { needs } = this.work.task;
		return this.tasks.find(({ task, isPassed }) => task.id === needs && !isPassed);
	}

	/** Checks of the task in the instruments. */
	get attempts(): number {
		return this.work.attempts;
	}

	get waitsFor(): Waiting | undefined {
		return this.#wait.for;
	}

	get status() {
		return this.story.progress.status;
	}

	/** Why the world stopped, when it did. */
	get failure(): string {
		return this.world?.lab.failure ?? '';
	}

	/** Of the code on show: found by its last check, or as they turn up while it runs. */
	get problems(): readonly Problem[] {
		if (this.current.checked) return this.current.checked;
		const isRunning = this.world?.author === 'learner' && this.#shown.language === this.language;
		return isRunning ? (this.world?.lab.problems ?? []) : [];
	}

	/** The verdict on what is on show. */
	get judgement(): Judgement | undefined {
		return this.current.judgement;
	}

	/** The language of the code that runs in the world on show. */
	get shownLanguage(): Language {
		return this.#shown.language;
	}

	/** The scene that is on show in place of the lesson's world, by its name. */
	get scene(): string | undefined {
		return this.#shown.scene;
	}

	/** Whether there is an editor for this language, which keeps what can be undone in it while another one is on show. */
	hasEditor(language: Language): boolean {
		return language === this.language || this.#used.includes(language);
	}

	/** The work on a task of this lesson. */
	workOn(id: string): TaskWork {
		const found = this.tasks.find(({ task }) => task.id === id);
		if (!found) throw new Error(`the lesson ${this.lesson.id} has no task ${id}`);
		return found;
	}

	/** What a prediction of a number was about, as it came out; undefined until the shop of the beginning has been played to its end. */
	numberAt(step: string): number | undefined {
		const prediction = this.story.prediction(step);
		const isMeant = this.world?.author === this.lesson.shows && this.scene === prediction?.plays;
		return prediction && isMeant ? this.world?.read(prediction) : undefined;
	}

	/** Puts a task into the instruments. */
	turnTo(id: string): void {
		this.#chosen = this.workOn(id).task.id;
	}

	/** Takes over what an earlier visit left, and starts the world. Browser only. */
	async open(): Promise<void> {
		const { progress, language, openLab } = this.#options;
		progress.restore();
		language.restore();
		this.#use(language.current);
		for (const work of this.tasks) work.restore();
		this.#chosen = (this.offered.find(({ isPassed }) => !isPassed) ?? this.work).task.id;
		const world = new LessonLab(openLab(), this.lesson, this.story.charts);
		for (const work of this.tasks) {
			if (work.kind === 'query') work.panel = world.addQuery(work.piece.document.text);
			if (work.kind === 'config') work.reader = (config) => world.lab.checkConfig(config);
		}
		this.world = world;
		await unlessGone(() => this.#begin(openingShop(this.lesson)));
	}

	close(): void {
		this.#wait.end();
		for (const work of this.tasks) work.close();
		this.world?.close();
		this.world = undefined;
	}

	/** Throws the world away and starts another, after the thread has died. */
	async restart(): Promise<void> {
		this.close();
		await this.open();
	}

	/** Goes on in another language. The code, the answers and the world on show stay as they are. */
	choose(language: Language): void {
		if (language === this.language) return;
		this.#wait.end();
		this.#options.language.choose(language);
		this.#use(language);
		void this.preparePython();
	}

	/** Has Python brought, when that is the language: the learner is about to need it. */
	async preparePython(): Promise<void> {
		const { language, world } = this;
		if (language !== 'python' || !world) return;
		const isReady = await world.lab.preparePython();
		if (isReady && this.language === language) this.#options.wantPythonHelp();
	}

	/** Plays the world on with the code that is in it. */
	async play(): Promise<void> {
		this.#look('chart');
		await unlessGone(async () => {
			const { world } = this;
			if (!world) return;
			if (world.isOver && (await this.#begin(this.#shown)) === 'overtaken') return;
			await world.play(this.#options.prefersStills());
		});
	}

	/** Plays what a prediction is about: a scene, which begins afresh, or the world as the lesson opens with it. */
	async playScene(scene: string | undefined): Promise<void> {
		const isOpening = this.scene === undefined && this.world?.author === this.lesson.shows;
		if (scene === undefined && isOpening) return this.play();
		this.#look('chart');
		await unlessGone(async () => {
			await this.#beginAndPlay({
				...openingShop(this.lesson),
				...(scene !== undefined && { scene })
			});
		});
	}

	/**
	 * Runs what is in the instruments: code or a configuration in a world that begins afresh, a query in that of the finished shop.
	 */
	async run(): Promise<void> {
		const { work, current, language } = this;
		if (work.kind === 'query') return this.#runQuery(work);
		if (work.kind === 'config') return this.#runConfig(work);
		const { files } = work.pieces[language];
		if (!(await this.#wait.until('run', language))) return;
		this.#look('chart');
		current.checked = undefined;
		await unlessGone(async () => {
			await this.#beginAndPlay({ files, language, author: 'learner' });
		});
	}

	/** Tries what is in the instruments in worlds that are not on show, and judges what comes out. */
	async check(): Promise<void> {
		if (this.isChecking || this.missing) return;
		const { work, language } = this;
		if (work.kind === 'code' && !(await this.#wait.until('check', language))) return;
		const { world } = this;
		if (!world) return;
		this.#look('check');
		this.isChecking = true;
		world.pause();
		try {
			await unlessGone(async () => {
				const run: RunTrial = (trial) => world.lab.runTrial(trial);
				const { lesson } = this;
				const { checks } = this.#options;
				work.attempted(await checkWork(work, { run, lesson, checks, language }));
			});
		} finally {
			this.isChecking = false;
		}
	}

	/** Puts the solution of the task in the instruments into its editor. */
	takeSolution(): void {
		this.work.sawSolution();
		this.current.replace(this.current.solution);
	}

	/** Asks the query, and plays on what is left of the finished shop's run. */
	async #runQuery(work: QueryWork): Promise<void> {
		this.#look('chart');
		await unlessGone(async () => {
			const { world } = this;
			if (!world) return;
			const isFinished = world.author === 'solution' && this.scene === undefined;
			if (!isFinished && (await this.#begin(finishedShop(this.lesson))) === 'overtaken') return;
			await work.ask();
			if (!world.isOver) await world.play(this.#options.prefersStills());
		});
	}

	/** Begins the world that is scraped by this configuration; nothing happens by one that cannot be used. */
	async #runConfig(work: ConfigWork): Promise<void> {
		await unlessGone(async () => {
			if (!(await work.read())) return;
			this.#look('chart');
			const config = work.piece.document.text;
			await this.#beginAndPlay({ ...openingShop(this.lesson), author: 'learner config', config });
		});
	}

	async #beginAndPlay(shown: Shown): Promise<void> {
		if ((await this.#begin(shown)) !== 'loaded') return;
		await this.world?.play(this.#options.prefersStills());
	}

	async #begin(shown: Shown): Promise<Begun> {
		this.#shown = shown;
		const instead = insteadOf(this.lesson, shown);
		return (await this.world?.begin(shown.files, shown.author, instead)) ?? 'overtaken';
	}

	#use(language: Language): void {
		if (!this.#used.includes(language)) this.#used = [...this.#used, language];
	}

	#look(at: 'chart' | 'check'): void {
		this.instrument = at;
		this.view = at;
	}
}

export const [getSession, setSession] = createContext<LessonSession>();
