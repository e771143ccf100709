import { MINUTE, SECOND, type Timestamp } from '#engine/model';
import type { CodeDocument } from '$lib/editor/code-document.svelte.ts';
import { language } from '$lib/state/language.svelte.ts';
import { openLab, unlessGone, type LabState } from '$lib/state/lab.svelte.ts';
import type { CodeLanguage, StoreStatus } from '#workers/protocol';
import { askableOf, askAll, askGroups, askScrapes, type Findings, type Wish } from './ask.ts';
import { beginningOf, SPEED } from './beginning.ts';
import { BestScore } from './best-score.svelte.ts';
import type { Defusal } from './choice.ts';
import { logLines, withErrors, type ScrapeErrors } from './event-log.ts';
import type { First } from './first.ts';
import type { SeriesGroup } from './groups.ts';
import { consequence, START, turned, type Knobs } from './knobs.ts';
import { ledger } from './ledger.ts';
import { configText } from './limits.ts';
import { withMoment, type Moment } from './moment.ts';
import { LimitGuess } from './limit-guess.svelte.ts';
import { PickedCell } from './picked-cell.svelte.ts';
import type { Belief } from './predict.ts';
import { isSameProgram, Programs } from './programs.svelte.ts';
import { answeredCount, score, type Answer } from './questions.ts';
import type { Scrape } from './scrapes.ts';
import { paceFor, stopFor, MOST_SERIES, type Stop } from './stops.ts';
import { bills } from './story.ts';

/** The least wall time between two rounds of questions, ms: they take the lab's thread, and time stands still for them. */
const BREATH = 400;

/** The cardinality lab: the running world, the program with one label more, and all that was measured of it. */
export class CardinalityLab {
	readonly lab: LabState;
	readonly programs = new Programs(START);
	readonly best = new BestScore();
	readonly guess = new LimitGuess();
	readonly picked = new PickedCell();
	knobs = $state.raw<Knobs>(START);
	groupedBy = $state('endpoint');
	/** Whether the charts go on into what the tab cannot hold. */
	looksAhead = $state(false);
	mostSeries = $state<number>(MOST_SERIES.desktop);
	/** The edit that is being looked at before it is deployed. */
	proposal = $state.raw<Defusal>();
	/** Virtual seconds a second, also while the world is paused or there is none yet. */
	pace = $state.raw(SPEED);
	/** How often a world was begun: what was said of one means nothing of the next. */
	begun = $state.raw(0);
	/** Why the run was stopped; undefined while it may go on. */
	stopped = $state.raw<Stop>();

	status = $state.raw<StoreStatus>() as StoreStatus;
	history = $state.raw<readonly Moment[]>([]);
	scrapes = $state.raw<readonly Scrape[]>([]);
	groups = $state.raw<readonly SeriesGroup[]>([]);
	answers = $state.raw<readonly Answer[]>([]);
	/** When the program that runs was deployed. */
	deployedAt = $state.raw<Timestamp>(0);
	/** Whether the panels are being asked just now. */
	isAsking = $state.raw(false);
	/** Why scrapes failed, as far as it was seen. */
	errors = $state.raw<ScrapeErrors>(new Map());
	/** An older count, to see what grows. */
	#before = $state.raw<{ readonly at: Timestamp; readonly status: StoreStatus }>();
	readonly start: Timestamp;
	readonly #world: string;
	readonly #first: First;
	#configured = '';
	#askedAt: Timestamp = 0;
	#round = 0;
	#seen = 0;
	/** Whether code was to be deployed while there was no world to deploy it to. */
	#runsLater = false;

	readonly isRunning = $derived.by(() => this.lab.status === 'running');
	readonly config = $derived(configText(this.knobs, this.knobs));
	readonly log = $derived.by(() => logLines(this.scrapes, this.errors, this.lab.events));
	readonly isUp = $derived(this.scrapes.at(-1)?.isUp ?? false);
	readonly answered = $derived(answeredCount(this.answers));
	readonly liveSeries = $derived(this.history.at(-1)?.liveSeries ?? 0);
	/** None while the shop is not seen: what is left of the answers then is only what fades. */
	readonly score = $derived(this.isUp ? score(this.answers, this.liveSeries) : undefined);
	readonly ledger = $derived.by(() => {
		const minutes = ((this.history.at(-1)?.at ?? 0) - (this.#before?.at ?? 0)) / MINUTE;
		return ledger(this.status, this.#before?.status, minutes);
	});
	readonly bills = $derived(
		bills({
			scrapes: this.scrapes,
			errors: this.errors,
			history: this.history,
			knobs: this.knobs,
			language: language.current
		})
	);

	constructor(world: string, first: First, lab = openLab()) {
		this.lab = lab;
		this.#world = world;
		this.#first = first;
		this.start = first.start;
		this.history = first.history;
		this.#show(first);
		this.scrapes = first.scrapes;
		this.deployedAt = first.start;
	}

	get now(): Timestamp {
		return this.lab.now || this.#first.now;
	}

	/** The program in the language that is chosen. */
	get document(): CodeDocument {
		return this.programs.current;
	}

	/** Whether the program is another than the knobs would write. */
	get isEdited(): boolean {
		return !this.programs.isOf(this.knobs);
	}

	#show({ status, moment, groups, answers }: Omit<Findings, 'scrapes'>): void {
		this.history = withMoment(this.history, moment);
		this.status = status;
		this.groups = groups;
		this.answers = answers;
	}

	/** Lives through the beginning in the tab, and goes on from there. */
	async begin(isMoving: boolean): Promise<void> {
		const { headStart, start: began, history } = this.#first;
		// What slowed down before the tab was full need not be slow again.
		if (this.stopped) this.pace = SPEED;
		const { knobs, pace } = this;
		const { start, isFirst } = beginningOf({
			...{ world: this.#world, knobs, language: language.current, program: this.document },
			...{ headStart, speed: isMoving ? pace : 0 }
		});
		this.begun++;
		this.stopped = undefined;
		this.guess.clear();
		this.picked.clear();
		this.deployedAt = began;
		this.errors = new Map();
		this.#before = undefined;
		this.#askedAt = 0;
		this.#configured = this.config;
		this.#runsLater = false;
		await this.lab.begin(start);
		this.history = isFirst ? history : [];
		// While a world starts, or Python is brought for it, the thread hears of nothing that is turned.
		await unlessGone(() => this.lab.setPace(this.pace));
		if (isMoving && this.pace !== pace) await unlessGone(() => this.lab.resume());
		await this.#follow(knobs, isMoving);
		await this.refresh();
	}

	/** Takes what is written into service: a new process with an empty registry. A run that was stopped goes on. */
	async run(): Promise<void> {
		this.proposal = undefined;
		if ((this.#runsLater = !this.isRunning)) return;
		this.picked.clear();
		if (!(await unlessGone(() => this.lab.deploy(this.programs.files)))) return;
		this.deployedAt = this.lab.now;
		await this.#configure();
		// One scrape, so that the store knows of what has ended with the old process.
		await unlessGone(() => this.lab.skip((this.knobs.interval + 5) * SECOND));
		const wasStopped = this.stopped !== undefined;
		await unlessGone(() => this.#ask());
		this.stopped = undefined;
		this.looksAhead = false;
		if (wasStopped) await unlessGone(() => this.lab.resume());
	}

	/** Turns knobs, and does what follows: writes and deploys the program, reloads prometheus.yml, or begins the world anew. */
	async set(change: Partial<Knobs>): Promise<void> {
		const before = this.knobs;
		this.knobs = turned(before, change);
		if (!isSameProgram(before, this.knobs)) this.programs.write(this.knobs);
		await this.#follow(before, !this.lab.isPaused);
	}

	/** Does to the running world what follows from knobs that were others before, and deploys what could not be deployed earlier. */
	async #follow(before: Knobs, isMoving: boolean): Promise<void> {
		if (!this.isRunning) return;
		const what = consequence(before, this.knobs);
		if (what === 'begin') return unlessGone(() => this.begin(isMoving));
		const { rate } = this.knobs;
		if (rate !== before.rate) await unlessGone(() => this.lab.setRate(rate));
		if (what === 'deploy' || this.#runsLater) await this.run();
		else await this.#configure();
	}

	/** Throws away what was edited by hand. */
	async reset(): Promise<void> {
		this.programs.write(this.knobs);
		await this.run();
	}

	async takeLanguage(chosen: CodeLanguage): Promise<void> {
		language.choose(chosen);
		await this.run();
	}

	/** Sets the limit that was wanted, and keeps what was said of it before. */
	async commit(belief: Belief | undefined): Promise<void> {
		const sampleLimit = this.guess.commit(belief, this.liveSeries, this.now);
		if (sampleLimit === undefined) return;
		// A page that comes too late is never counted.
		const { timeout, interval } = this.knobs;
		await this.set({ sampleLimit, timeout: this.isUp ? timeout : interval });
	}

	async #configure(): Promise<void> {
		if (this.#configured === this.config) return;
		this.#configured = this.config;
		await unlessGone(() => this.lab.configure(this.config));
	}

	/** A run that was stopped stays so until something is changed. */
	async toggle(): Promise<void> {
		await unlessGone(() => (this.lab.isPaused ? this.lab.resume() : this.lab.pause()));
	}

	async setPace(pace: number): Promise<void> {
		this.pace = pace;
		if (this.isRunning) await unlessGone(() => this.lab.setPace(pace));
	}

	/** Looks at a snapshot that has come: notes why a scrape failed, goes slower near the end, and stops before the tab is full. */
	watch(): void {
		this.errors = withErrors(this.errors, this.lab.instances);
		// While code is deployed it is not known yet what has ended with the old process.
		if (this.lab.busy || !this.isRunning) return;
		const ended = this.status.numSeries - this.liveSeries;
		const live = this.isUp ? this.lab.series - ended : 0;
		const why = stopFor({ live, most: this.mostSeries, moment: this.history.at(-1) });
		if (why) void this.#stop(why);
		const pace = paceFor(this.pace, this.mostSeries - live, this.lab.series - this.#seen);
		this.#seen = this.lab.series;
		if (pace !== this.pace) void this.setPace(pace);
	}

	async #stop(why: Stop): Promise<void> {
		if (this.stopped) return;
		this.stopped = why;
		this.looksAhead = why === 'series';
		await unlessGone(() => this.lab.stopSkipping());
		await unlessGone(() => this.#ask());
	}

	/** Asks everything again when time has moved. While an answer is under way nothing is asked. */
	async refresh(): Promise<void> {
		if (this.isAsking || !this.isRunning || this.lab.now === this.#askedAt) return;
		this.isAsking = true;
		try {
			const began = performance.now();
			await unlessGone(() => this.#ask());
			// At the most half of the time goes into asking, so that the world goes on.
			const took = performance.now() - began;
			await new Promise((resolve) => setTimeout(resolve, Math.max(BREATH, took)));
		} finally {
			this.isAsking = false;
		}
	}

	/** Of several rounds of questions the latest one's answers are shown. */
	async #ask(): Promise<void> {
		const round = ++this.#round;
		this.#askedAt = this.lab.now;
		const lab = askableOf(this.lab);
		const scrapes = await askScrapes(lab, this.#wish);
		if (round !== this.#round) return;
		const isOld = scrapes.at(-1)?.at === this.scrapes.at(-1)?.at && this.history.length > 0;
		this.scrapes = scrapes;
		if (isOld && !this.stopped) return;
		const before = { at: this.history.at(-1)?.at ?? 0, status: this.status };
		const found = await askAll(lab, this.#wish);
		if (round !== this.#round) return;
		const isLongAgo = found.moment.at - (this.#before?.at ?? 0) >= 2 * MINUTE;
		if (before.at > 0 && isLongAgo) this.#before = before;
		this.#show(found);
		this.guess.readBack(this);
		this.best.look(this, this.lab.now - this.deployedAt);
	}

	get #wish(): Wish {
		const { start, now, output, instances: targets } = this.lab;
		const { groupedBy, deployedAt, scrapes } = this;
		const log = output.filter(({ at }) => at >= deployedAt).map(({ text }) => text);
		return { start, now, at: scrapes.at(-1)?.last, instances: targets.length, groupedBy, log };
	}

	async groupBy(label: string): Promise<void> {
		this.groupedBy = label;
		this.picked.clear();
		if (!this.isRunning) return;
		const groups = await unlessGone(() => askGroups(askableOf(this.lab), this.#wish));
		if (groups && this.groupedBy === label) this.groups = groups;
	}
}
