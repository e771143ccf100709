import { createContext } from 'svelte';
import type { Problem } from '#engine/model';
import { LabGone, type LabState } from '$lib/state/lab.svelte.ts';
import type { PythonState } from '$lib/state/python.svelte.ts';
import { HintLadder } from './hint-ladder.svelte.ts';
import { judge, type Judgement, type Tried } from './judge.ts';
import type { Language, Lesson, PerLanguage, SourceFiles } from './lesson.ts';
import { LessonLab, type Author } from './lesson-lab.svelte.ts';
import type { Checks } from './modules.ts';
import { passed } from './progress.ts';
import type { ProgressStore } from './progress-store.svelte.ts';
import { Storyline } from './storyline.ts';
import { Workpiece } from './workpiece.svelte.ts';

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

/** The finished shop runs in the language that needs no download; its charts are the same in any. */
const FINISHED: Language = 'typescript';

/** What the world on show was begun with. */
interface Shown {
	readonly files: SourceFiles;
	readonly language: Language;
	readonly author: Author;
}

/** What was asked for and waits until Python is here. */
export type Waiting = 'run' | 'check';

/** One learner at one lesson: the code, the answers, the verdict, and the world that the charts show. */
export class LessonSession {
	readonly lesson: Lesson;
	readonly work: PerLanguage<Workpiece>;
	readonly story: Storyline;
	view = $state<View>('text');
	/** What the instruments show beside the code. */
	instrument = $state<'chart' | 'check'>('chart');
	world = $state.raw<LessonLab>();
	isChecking = $state(false);
	waitsFor = $state.raw<Waiting>();
	/** Checks made since the page was opened. */
	attempts = $state(0);
	readonly hints = new HintLadder(
		() => this.attempts,
		() => this.sawSolution()
	);
	readonly #options: SessionOptions;
	/** Languages that were chosen since the session was opened. */
	#used = $state.raw<readonly Language[]>([]);
	#shown = $state.raw<Shown>({ files: {}, language: FINISHED, author: 'nobody' });
	/** Waits are numbered: a later one, or another language, ends the one before. */
	#wait = 0;

	constructor(options: SessionOptions) {
		const { lesson, progress } = options;
		this.#options = options;
		this.lesson = lesson;
		this.work = {
			python: new Workpiece(lesson, 'python', progress),
			typescript: new Workpiece(lesson, 'typescript', progress)
		};
		this.story = new Storyline(lesson.id, progress);
	}

	get language(): Language {
		return this.#options.language.current;
	}

	/** The code in the language that is chosen. */
	get current(): Workpiece {
		return this.work[this.language];
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

	/** The verdict on the code on show. */
	get judgement(): Judgement | undefined {
		return this.current.judgement;
	}

	/** The language of the code that runs in the world on show. */
	get shownLanguage(): Language {
		return this.#shown.language;
	}

	get #finished(): Shown {
		const files = this.lesson.code[FINISHED].solution;
		return { files, language: FINISHED, author: 'solution' };
	}

	/** Whether there is an editor for this language, which keeps what can be undone in it while another one is on show. */
	hasEditor(language: Language): boolean {
		return language === this.language || this.#used.includes(language);
	}

	/** Takes over what an earlier visit left, and starts the world. Browser only. */
	async open(): Promise<void> {
		const { progress, language, openLab } = this.#options;
		progress.restore();
		language.restore();
		this.#use(language.current);
		for (const work of Object.values(this.work)) work.restore();
		this.world = new LessonLab(openLab(), this.lesson, this.story.charts);
		await this.#guarded(() => this.#begin(this.#finished));
	}

	close(): void {
		this.#stopWaiting();
		for (const work of Object.values(this.work)) work.close();
		this.hints.close();
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
		this.#stopWaiting();
		this.#options.language.choose(language);
		this.#use(language);
		void this.preparePython();
	}

	/** Has Python brought, when that is the language: the learner is about to need it. */
	async preparePython(): Promise<void> {
		const { language, world } = this;
		if (language !== 'python' || !world) return;
		await world.lab.preparePython();
		if (isReady(world.lab.python) && this.language === language) this.#options.wantPythonHelp();
	}

	/** Plays the world on with the code that is in it: the finished shop at first. */
	async play(): Promise<void> {
		this.#look('chart');
		await this.#guarded(async () => {
			const { world } = this;
			if (!world) return;
			if (world.isOver) await this.#begin(this.#shown);
			await world.play(this.#options.prefersStills());
		});
	}

	/** Starts the world afresh with the learner's code, and plays it. */
	async run(): Promise<void> {
		if (!(await this.#canRun('run'))) return;
		const { files, language } = this.current;
		this.#look('chart');
		this.current.checked = undefined;
		await this.#guarded(async () => {
			if (await this.#begin({ files, language, author: 'learner' })) {
				await this.world?.play(this.#options.prefersStills());
			}
		});
	}

	/** Tries the learner's code in worlds that are not on show, and judges what comes out. */
	async check(): Promise<void> {
		if (this.isChecking || !(await this.#canRun('check'))) return;
		const { current } = this;
		this.#look('check');
		this.isChecking = true;
		this.world?.pause();
		await this.#guarded(async () => {
			const { checks, mistakes } = this.#options.checks;
			const trials = await this.#tryOut(current.files);
			const judgement = judge(trials, checks, mistakes);
			current.checked = trials.flatMap((trial) =>
				trial.ok ? trial.evidence.problems : trial.problems
			);
			current.judgement = judgement;
			this.attempts++;
			if (judgement.passed) this.#options.progress.change(this.lesson.id, passed);
		});
		this.isChecking = false;
	}

	/** The learner has asked for the solution: a pass from now on is one with it. */
	sawSolution(): void {
		this.#options.progress.change(this.lesson.id, (lesson) => ({ ...lesson, sawSolution: true }));
	}

	takeSolution(): void {
		this.sawSolution();
		this.current.replace(this.current.solution);
	}

	async #begin(shown: Shown): Promise<boolean> {
		this.#shown = shown;
		return (await this.world?.begin(shown.files, shown.author)) ?? false;
	}

	async #tryOut(files: SourceFiles): Promise<Tried[]> {
		const { trial, hidden } = this.lesson;
		const tried: Tried[] = [];
		for (const { world, seed } of hidden) {
			const answer = await this.world?.lab.runTrial({ world, seed, files, duration: trial });
			if (answer) tried.push(answer);
		}
		return tried;
	}

	/** Waits for Python, when that is the language. False when it cannot be had, and when something else is wanted by then. */
	async #canRun(what: Waiting): Promise<boolean> {
		const { world, language } = this;
		if (!world) return false;
		this.#stopWaiting();
		const { python } = world.lab;
		if (language !== 'python' || isReady(python)) return true;
		const wait = this.#wait;
		this.waitsFor = what;
		await this.preparePython();
		if (wait !== this.#wait) return false;
		this.#stopWaiting();
		return isReady(python);
	}

	#use(language: Language): void {
		if (!this.#used.includes(language)) this.#used = [...this.#used, language];
	}

	#stopWaiting(): void {
		this.#wait++;
		this.waitsFor = undefined;
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

function isReady({ status }: PythonState): boolean {
	return status === 'ready';
}

export const [getSession, setSession] = createContext<LessonSession>();
