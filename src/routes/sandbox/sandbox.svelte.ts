import { SvelteSet } from 'svelte/reactivity';
import { browser } from '$app/environment';
import { MINUTE, type Duration, type Problem } from '#engine/model';
import { CONFIG_FILE, type CodeLanguage } from '#workers/protocol';
import { wantPythonHelp } from '$lib/editor/python-help.ts';
import { openLab, unlessGone, type LabState } from '$lib/state/lab.svelte.ts';
import { language } from '$lib/state/language.svelte.ts';
import { TargetList } from '$lib/state/target-list.svelte.ts';
import WORLD from '$lessons/worlds/shop/world.yaml?raw';
import { EditedFile } from './edited-file.svelte.ts';
import { jobPlace } from './job-place.ts';
import { byPlace, refusalProblems } from './problems.ts';
import { Programs } from './programs.svelte.ts';
import CONFIG from './prometheus.yml?raw';
import { QueryPanels } from './query-panels.svelte.ts';
import { FIRST_QUERIES } from './seed-queries.ts';

/** What a world lives through before anybody looks: the 15 minutes that are shown, and the 5 that their first windows reach back. */
const HEAD_START: Duration = 20 * MINUTE;
/** Virtual seconds per second: a scrape every second and a half. */
const FIRST_PACE = 10;
const REFRESH_EVERY = 500;
const RATE_SETTLES_AFTER = 250;

/** A stretch of time that is being skipped. */
export interface Passage {
	readonly from: number;
	readonly to: number;
	readonly what: string;
}

/** The sandbox that was left for another page of this tab: its world stands still until somebody comes back. */
let left: Sandbox | undefined;

/** The sandbox that was left, or a new one, for a page that is about to show it. */
export function enterSandbox(): Sandbox {
	const found = left;
	left = undefined;
	if (found) return found;
	if (!browser) return new Sandbox();
	// It outlives the page that made it, and so must what it derives.
	let made: Sandbox | undefined;
	$effect.root(() => {
		made = new Sandbox();
	});
	return made as Sandbox;
}

/** Keeps a sandbox as it is for when somebody comes back to it. */
export function leaveSandbox(sandbox: Sandbox): void {
	sandbox.leave();
	left = sandbox;
}

/** A world, the code that runs in it, how it is scraped, the queries asked of it, and what outlives a visit. */
export class Sandbox {
	readonly lab: LabState;
	readonly programs = new Programs();
	readonly config = new EditedFile({
		file: CONFIG_FILE,
		language: 'yaml',
		original: CONFIG,
		storeAs: 'promenade.sandbox.config',
		check: (text) => unlessGone(() => this.lab.checkConfig(text))
	});
	/** The files of the chosen language, and the configuration. */
	readonly files = $derived([...this.programs.chosen.files, this.config]);
	/** Those of every language too. */
	readonly allFiles: readonly EditedFile[] = [...this.programs.files, this.config];
	/** The one that the reader has put in front last. */
	#front = $state.raw<EditedFile>();
	/** The file that is in front; Run is for it. One of another language gives way to its counterpart. */
	readonly front = $derived(
		this.#front && this.files.includes(this.#front) ? this.#front : this.programs.chosen.code
	);
	/** The files that have been in front: their editors stay as they were left. */
	readonly #opened = new SvelteSet<EditedFile>();
	readonly targets: TargetList;
	seed = $state(1);
	readonly queries: QueryPanels;
	/** What the console shows. A refused file turns to its problems. */
	console = $state<'problems' | 'output'>('problems');
	passage = $state.raw<Passage | undefined>();
	/** The requests per second that were asked for last, until the world has taken them over. */
	#wantedRate = $state.raw<number | undefined>();

	/** Of all files, as they were last put in force or tried to be, and of what makes no target; by place. */
	readonly problems = $derived.by(() =>
		byPlace([
			...this.lab.problems,
			...this.lab.configProblems,
			...refusalProblems(this.targets.jobs ?? [], CONFIG_FILE, (job) =>
				jobPlace(this.config.document.text, job)
			)
		])
	);
	readonly isReady = $derived.by(() => this.lab.status === 'running');
	readonly rate = $derived.by(() => this.#wantedRate ?? Math.round(this.lab.rate));

	/** Whether nobody watches, and whether the world goes on when somebody does again. */
	#isAway = false;
	#goesOn = false;
	/** How many times code was to be deployed: one that waits gives way to a later one. */
	#runs = 0;
	#hasBegun = false;
	#rateTimer: ReturnType<typeof setTimeout> | undefined;

	constructor(lab: LabState = openLab()) {
		this.lab = lab;
		this.targets = new TargetList(lab);
		this.queries = new QueryPanels(
			lab,
			FIRST_QUERIES.map(({ text }) => text)
		);
	}

	/** Takes up what an earlier visit left. Browser only, after hydration: the prerendered page is a first visit. */
	restore(): void {
		language.restore();
		this.programs.inService = language.current;
		for (const file of this.allFiles) file.restore();
		this.queries.restore();
	}

	/**
	 * Begins the world anew with the code and the configuration that are in force, never with a draft: that waits for Run or Reload.
	 * It ends up running, or paused for people who asked for less motion. Code that goes wrong gets no head start: a loop
	 * without end would be waited for again and again.
	 */
	async begin({ isPaused = false }: { isPaused?: boolean } = {}): Promise<void> {
		const { lab } = this;
		this.#hasBegun = true;
		const isSound = !lab.problems.some(({ severity }) => severity === 'error');
		for (const file of this.allFiles) file.begin();
		await unlessGone(async () => {
			if (!(await this.#bringPython())) return;
			await lab.begin({
				world: WORLD,
				seed: this.seed,
				config: this.config.inForce,
				files: this.programs.inForce,
				speed: 0
			});
			void this.config.check();
			const isStopped = isSound && !(await this.#pass(HEAD_START, 'The first 20 minutes'));
			await lab.setPace(lab.pace > 1 ? lab.pace : FIRST_PACE);
			this.#goesOn = !isPaused && !isStopped;
			if (this.#goesOn && !this.#isAway) await lab.resume();
			await Promise.all([this.queries.refresh(), this.targets.reload()]);
		});
	}

	/** Ends the thread and begins again with the shop's own code and configuration. What is written stays written. */
	async restart(): Promise<void> {
		this.lab.close();
		for (const file of this.allFiles) file.giveUp();
		await this.begin();
	}

	/** Puts the file in front of the others. */
	show(file: EditedFile): void {
		const program = this.programs.of(file);
		if (program && program.language !== language.current) this.choose(program.language);
		this.#front = file;
		this.#opened.add(file);
	}

	/** The file of that name; the chosen program's code for a problem that names none. */
	fileOf(name: string | undefined): EditedFile {
		return this.allFiles.find((file) => file.name === name) ?? this.programs.chosen.code;
	}

	/** Whether the file has been in front. */
	wasOpened(file: EditedFile): boolean {
		return file === this.front || this.#opened.has(file);
	}

	/** Shows the program in another language, and brings what it needs. What is in service stays so until Run. */
	choose(wanted: CodeLanguage): void {
		this.#opened.add(this.front);
		language.choose(wanted);
		this.#front = undefined;
		if (wanted === 'python') void this.preparePython();
	}

	/** Downloads Python while the reader reads, and after it what helps to write it. True when it is ready. */
	async preparePython(): Promise<boolean> {
		const isReady = await this.lab.preparePython();
		if (isReady) wantPythonHelp();
		return isReady;
	}

	/** Deploys the code, or scrapes by the configuration: whichever is in front. */
	async run(): Promise<void> {
		const { front } = this;
		if (!this.isReady || front.isApplying) return;
		const isTaken = await unlessGone(() =>
			front === this.config ? this.#reload() : this.#deploy()
		);
		if (isTaken === false) this.console = 'problems';
	}

	/** Undefined when there is no Python for it, which the page says in a place of its own, or another run came after it. */
	#deploy(): Promise<boolean | undefined> {
		const mine = ++this.#runs;
		return this.programs.run(async (files, wanted) => {
			if (wanted === 'python' && !(await this.preparePython())) return undefined;
			return mine === this.#runs ? this.lab.deploy(files) : undefined;
		});
	}

	async #reload(): Promise<boolean | undefined> {
		const { config, lab } = this;
		const isTaken = await EditedFile.apply([config], (texts) =>
			lab.configure(texts[config.name] ?? '')
		);
		if (isTaken) await this.targets.reload();
		return isTaken;
	}

	/** Writes the original of a file; why what was written was refused matters no longer. */
	reset(file: EditedFile): void {
		file.reset();
		if (this.programs.of(file)) this.lab.dismissRefusal();
	}

	/** The problems of one of the files. */
	problemsOf({ name }: EditedFile): readonly Problem[] {
		return this.problems.filter(({ file }) => file === name);
	}

	/** The problems of the file and of those that are put in force with it. */
	problemsWith(file: EditedFile): readonly Problem[] {
		const together = this.programs.of(file)?.files ?? [file];
		return together.flatMap((one) => this.problemsOf(one));
	}

	/** Sends the reader to a place in one of the files, such as that of a problem. */
	goTo(place: Pick<Problem, 'file' | 'line' | 'column'>, comeBack: () => void): void {
		const file = this.fileOf(place.file);
		this.show(file);
		file.document.goTo(place, comeBack);
	}

	async playOrPause(): Promise<void> {
		if (!this.isReady) return;
		if (this.passage) return this.stopPassage();
		await unlessGone(() => (this.lab.isPaused ? this.lab.resume() : this.lab.pause()));
	}

	async step(): Promise<void> {
		if (!this.isReady || this.lab.busy) return;
		await unlessGone(() => this.lab.step());
		await Promise.all([this.queries.refresh(), this.targets.refresh()]);
	}

	async skip(duration: Duration, what: string): Promise<void> {
		if (!this.isReady || this.lab.busy) return;
		await unlessGone(() => this.#pass(duration, what));
	}

	/** Ends what is being skipped: the world is paused where it has got to. */
	async stopPassage(): Promise<void> {
		if (this.passage) await unlessGone(() => this.lab.stopSkipping());
	}

	/** Asks for so many requests a second; while a slider moves, only where it comes to rest counts. */
	askForRate(rate: number): void {
		this.#wantedRate = rate;
		clearTimeout(this.#rateTimer);
		this.#rateTimer = setTimeout(async () => {
			await unlessGone(() => this.lab.setRate(rate));
			if (this.#wantedRate === rate) this.#wantedRate = undefined;
		}, RATE_SETTLES_AFTER);
	}

	/** Keeps the answers up to date with a world that moves; the returned function stops that. */
	follow(): () => void {
		let last = this.lab.now;
		const timer = setInterval(() => {
			const { now } = this.lab;
			// A panel that still waits gets its turn next time, so that a slow answer is not overtaken for ever.
			if (!this.isReady || now === last || this.queries.isLoading) return;
			last = now;
			void this.queries.refresh();
			if (this.targets.isWatched) void this.targets.refresh();
		}, REFRESH_EVERY);
		return () => clearInterval(timer);
	}

	/** Lets the world stand still until the page is shown again. */
	leave(): void {
		this.#isAway = true;
		if (!this.isReady) return;
		this.#goesOn = !this.lab.isPaused;
		if (this.#goesOn) void unlessGone(() => this.lab.pause());
	}

	/** Takes up what was left on this page of the tab. False when there is nothing yet. */
	resume(): boolean {
		this.#isAway = false;
		if (!this.#hasBegun) return false;
		// The language may have been chosen elsewhere meanwhile.
		if (language.current === 'python') void this.preparePython();
		if (this.isReady && this.#goesOn) void unlessGone(() => this.lab.resume());
		return true;
	}

	/**
	 * A world that was to begin in Python begins in TypeScript where there is none: the page says why. False when the lab is gone
	 * meanwhile, and nothing begins.
	 */
	async #bringPython(): Promise<boolean> {
		if (this.programs.inService !== 'python' || (await this.preparePython())) return true;
		if (this.lab.python.status !== 'failed') return false;
		this.programs.inService = 'typescript';
		return true;
	}

	/** False when it was stopped on the way. */
	async #pass(duration: Duration, what: string): Promise<boolean> {
		const from = this.lab.now;
		this.passage = { from, to: from + duration, what };
		try {
			return await this.lab.skip(duration);
		} finally {
			this.passage = undefined;
		}
	}
}
