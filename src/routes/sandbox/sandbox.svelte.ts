import { browser } from '$app/environment';
import { MINUTE, type Duration, type Problem } from '#engine/model';
import { featuresOf } from '#engine/promql';
import { CONFIG_FILE } from '#workers/protocol';
import { openLab, unlessGone } from '$lib/state/lab.svelte.ts';
import { Persisted } from '$lib/state/persisted.svelte.ts';
import { QueryPanel, type PanelView } from '$lib/state/query-panel.svelte.ts';
import { TargetList } from '$lib/state/target-list.svelte.ts';
import ORIGINAL from '$lessons/worlds/shop/app.ts?raw';
import WORLD from '$lessons/worlds/shop/world.yaml?raw';
import { EditedFile } from './edited-file.svelte.ts';
import { jobPlace } from './job-place.ts';
import { byPlace, refusalProblems } from './problems.ts';
import CONFIG from './prometheus.yml?raw';
import { FIRST_QUERIES } from './seed-queries.ts';

const CODE_FILE = 'app.ts';
/** What a world lives through before anybody looks: the 15 minutes that are shown, and the 5 that their first windows reach back. */
const HEAD_START: Duration = 20 * MINUTE;
/** Virtual seconds per second: a scrape every second and a half. */
const FIRST_PACE = 10;
const REFRESH_EVERY = 500;
const RATE_SETTLES_AFTER = 250;

interface SavedPanel {
	readonly text: string;
	readonly view: PanelView;
	readonly range: Duration;
	readonly showsTruth: boolean;
}

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
	readonly lab = openLab();
	readonly code = new EditedFile({
		file: CODE_FILE,
		language: 'typescript',
		original: ORIGINAL,
		storeAs: 'promenade.sandbox.code',
		apply: (text) => this.lab.deploy({ [CODE_FILE]: text })
	});
	readonly config = new EditedFile({
		file: CONFIG_FILE,
		language: 'yaml',
		original: CONFIG,
		storeAs: 'promenade.sandbox.config',
		apply: (text) => this.lab.configure(text),
		check: (text) => unlessGone(() => this.lab.checkConfig(text))
	});
	readonly files = [this.code, this.config];
	/** The file that is in front; Run is for it. */
	front = $state.raw(this.code);
	/** The files that have been in front: their editors stay as they were left. */
	opened = $state.raw<readonly EditedFile[]>([this.code]);
	readonly targets = new TargetList(this.lab);
	seed = $state(1);
	panels = $state.raw<readonly QueryPanel[]>([]);
	/** What the console shows. A refused file turns to its problems. */
	console = $state<'problems' | 'output'>('problems');
	passage = $state.raw<Passage | undefined>();
	/** The requests per second that were asked for last, until the world has taken them over. */
	#wantedRate = $state.raw<number | undefined>();

	/** Experimental parts of PromQL that are switched on, by the names that Prometheus has for them. */
	flags = $state.raw<readonly string[]>([]);

	/** Of both files, as they were last put in force or tried to be, and of what makes no target; by place. */
	readonly problems = $derived(
		byPlace([
			...this.lab.problems,
			...this.lab.configProblems,
			...refusalProblems(this.targets.jobs ?? [], CONFIG_FILE, (job) =>
				jobPlace(this.config.document.text, job)
			)
		])
	);
	readonly isReady = $derived(this.lab.status === 'running');
	readonly rate = $derived(this.#wantedRate ?? Math.round(this.lab.rate));

	#saved: Persisted<readonly SavedPanel[]> | undefined;
	#savedFlags: Persisted<readonly string[]> | undefined;
	#lastPanel = 0;
	/** Whether nobody watches, and whether the world goes on when somebody does again. */
	#isAway = false;
	#goesOn = false;
	#rateTimer: ReturnType<typeof setTimeout> | undefined;

	constructor() {
		this.panels = FIRST_QUERIES.map(({ text }) => this.#panelOf(text));
	}

	/** Takes up what an earlier visit left. Browser only, after hydration: the prerendered page is a first visit. */
	restore(): void {
		for (const file of this.files) file.restore();
		this.#saved = new Persisted('promenade.sandbox.queries', []);
		const saved = this.#saved.current;
		if (saved.length > 0) this.panels = saved.map((panel) => this.#restored(panel));
		this.#savedFlags = new Persisted('promenade.sandbox.features', []);
		this.flags = this.#savedFlags.current;
		void this.lab.setFeatures(featuresOf(this.flags));
	}

	/**
	 * Begins the world anew with the code and the configuration that are in force, never with a draft: that waits for Run or Reload.
	 * It ends up running, or paused for people who asked for less motion. Code that goes wrong gets no head start: a loop
	 * without end would be waited for again and again.
	 */
	async begin({ isPaused = false }: { isPaused?: boolean } = {}): Promise<void> {
		const { lab } = this;
		const isSound = !lab.problems.some(({ severity }) => severity === 'error');
		for (const file of this.files) file.begin();
		await unlessGone(async () => {
			await lab.begin({
				world: WORLD,
				seed: this.seed,
				config: this.config.inForce,
				files: { [CODE_FILE]: this.code.inForce },
				speed: 0
			});
			void this.config.check();
			const isStopped = isSound && !(await this.#pass(HEAD_START, 'The first 20 minutes'));
			await lab.setPace(lab.pace > 1 ? lab.pace : FIRST_PACE);
			this.#goesOn = !isPaused && !isStopped;
			if (this.#goesOn && !this.#isAway) await lab.resume();
			await Promise.all([this.refresh(), this.targets.reload()]);
		});
	}

	/** Ends the thread and begins again with the shop's own code and configuration. What is written stays written. */
	async restart(): Promise<void> {
		this.lab.close();
		for (const file of this.files) file.giveUp();
		await this.begin();
	}

	/** Puts the file in front of the others. */
	show(file: EditedFile): void {
		this.front = file;
		if (!this.opened.includes(file)) this.opened = [...this.opened, file];
	}

	/** Deploys the code, or scrapes by the configuration: whichever is in front. */
	async run(): Promise<void> {
		const { front } = this;
		if (!this.isReady || front.isApplying) return;
		await unlessGone(async () => {
			if (!(await front.apply())) this.console = 'problems';
			else if (front === this.config) await this.targets.reload();
		});
	}

	/** The problems of one of the files. */
	problemsOf({ name }: EditedFile): readonly Problem[] {
		return this.problems.filter(({ file }) => file === name);
	}

	/** Sends the reader to a place in one of the files, such as that of a problem. */
	goTo(place: Pick<Problem, 'file' | 'line' | 'column'>, comeBack: () => void): void {
		const file = this.files.find(({ name }) => name === place.file) ?? this.code;
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
		await Promise.all([this.refresh(), this.targets.refresh()]);
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

	addPanel(text: string): QueryPanel {
		const panel = this.#panelOf(text);
		this.panels = [...this.panels, panel];
		this.savePanels();
		if (this.isReady) void panel.refresh();
		return panel;
	}

	/** A copy of a panel, right after it. */
	duplicatePanel(panel: QueryPanel): void {
		const at = this.panels.indexOf(panel) + 1;
		const copy = this.#restored(panel);
		this.panels = [...this.panels.slice(0, at), copy, ...this.panels.slice(at)];
		this.savePanels();
		if (this.isReady) void copy.refresh();
	}

	removePanel(panel: QueryPanel): void {
		this.panels = this.panels.filter((one) => one !== panel);
		this.savePanels();
	}

	savePanels(): void {
		if (!this.#saved) return;
		this.#saved.current = this.panels.map(({ text, view, range, showsTruth }) => ({
			text,
			view,
			range,
			showsTruth
		}));
	}

	/** Switches an experimental part of PromQL on or off, and asks every query again. */
	async switchFeature(flag: string, isOn: boolean): Promise<void> {
		const others = this.flags.filter((one) => one !== flag);
		this.flags = isOn ? [...others, flag] : others;
		if (this.#savedFlags) this.#savedFlags.current = this.flags;
		await unlessGone(() => this.lab.setFeatures(featuresOf(this.flags)));
		if (this.isReady) await this.refresh();
	}

	/** Asks every query again. */
	async refresh(): Promise<void> {
		await Promise.all(this.panels.map((panel) => panel.refresh()));
	}

	/** Keeps the answers up to date with a world that moves; the returned function stops that. */
	follow(): () => void {
		let last = this.lab.now;
		const timer = setInterval(() => {
			const { now } = this.lab;
			// A panel that still waits gets its turn next time, so that a slow answer is not overtaken for ever.
			if (!this.isReady || now === last || this.panels.some(({ isLoading }) => isLoading)) return;
			last = now;
			void this.refresh();
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
		if (this.lab.status === 'idle') return false;
		if (this.isReady && this.#goesOn) void unlessGone(() => this.lab.resume());
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

	#panelOf(text: string): QueryPanel {
		return new QueryPanel(this.lab, ++this.#lastPanel, text);
	}

	#restored({ text, view, range, showsTruth }: SavedPanel): QueryPanel {
		const panel = this.#panelOf(text);
		panel.view = view;
		panel.range = range;
		panel.showsTruth = showsTruth;
		return panel;
	}
}
