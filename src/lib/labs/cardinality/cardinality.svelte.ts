import { MINUTE, SECOND, type Timestamp } from '#engine/model';
import type { CodeDocument } from '$lib/editor/code-document.svelte.ts';
import { language } from '$lib/state/language.svelte.ts';
import { openLab, unlessGone, type LabState } from '$lib/state/lab.svelte.ts';
import type { CodeLanguage, StoreStatus } from '#workers/protocol';
import { askableOf, askAll, askGroups, askScrapes, type Findings, type Wish } from './ask.ts';
import { BestScore, isOnePicture, type Result } from './best-score.svelte.ts';
import type { Defusal } from './choice.ts';
import { logLines } from './event-log.ts';
import type { First } from './first.ts';
import type { SeriesGroup } from './groups.ts';
import { consequence, START, turned, type Knobs } from './knobs.ts';
import { ledger } from './ledger.ts';
import { configText } from './limits.ts';
import { withMoment, type Moment } from './moment.ts';
import { LimitGuess } from './limit-guess.svelte.ts';
import type { Belief } from './predict.ts';
import { isSameProgram, Programs } from './programs.svelte.ts';
import { answeredCount, score, type Answer } from './questions.ts';
import type { Scrape } from './scrapes.ts';
import { paceFor, stopFor, MOST_SERIES, type Stop } from './stops.ts';
import { bills } from './story.ts';
import { worldText } from './world-text.ts';

const SPEED = 60;
/** As long as Prometheus has samples in its head before it writes them to disk. */
const RETENTION = 120 * MINUTE;
/** What a world lives through before it is shown, when it is not the one that everybody begins with. */
const SHORT_START = 30 * SECOND;
/** The least wall time between two rounds of questions, ms: they take the lab's thread, and time stands still for them. */
const BREATH = 400;

/** The cardinality lab: the running world, the program with one label more, and all that was measured of it. */
export class CardinalityLab {
	readonly lab: LabState = openLab();
	readonly programs = new Programs(START);
	readonly best = new BestScore();
	readonly guess = new LimitGuess();
	knobs = $state.raw<Knobs>(START);
	groupedBy = $state('endpoint');
	/** Whether the charts go on into what the tab cannot hold. */
	looksAhead = $state(false);
	mostSeries = $state<number>(MOST_SERIES.desktop);
	/** The edit that is being looked at before it is deployed. */
	proposal = $state.raw<Defusal>();
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
	#errors = $state.raw<ReadonlyMap<Timestamp, string>>(new Map());
	/** An older count, to see what grows. */
	#before = $state.raw<{ readonly at: Timestamp; readonly status: StoreStatus }>();
	readonly start: Timestamp;
	readonly #world: string;
	readonly #first: First;
	#configured = '';
	#askedAt: Timestamp = 0;
	#round = 0;
	#seen = 0;

	readonly isRunning = $derived(this.lab.status === 'running');
	readonly config = $derived(configText(this.knobs, this.knobs));
	readonly log = $derived(logLines(this.scrapes, this.#errors, this.lab.events));
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
			errors: this.#errors,
			history: this.history,
			knobs: this.knobs,
			language: language.current
		})
	);

	constructor(world: string, first: First) {
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
		const { headStart, start, history } = this.#first;
		const world = worldText(this.#world, this.knobs);
		const isFirst = this.#isFirst(world);
		// What slowed down before the tab was full need not be slow again.
		const pace = this.stopped || this.lab.pace === 1 ? SPEED : this.lab.pace;
		this.stopped = undefined;
		this.guess.clear();
		this.deployedAt = start;
		this.#errors = new Map();
		this.#before = undefined;
		this.#askedAt = 0;
		this.#configured = this.config;
		await this.lab.begin({
			world,
			config: this.config,
			seed: this.knobs.seed,
			files: this.programs.files,
			retention: RETENTION,
			headStart: isFirst ? headStart : SHORT_START,
			speed: isMoving ? pace : 0
		});
		this.history = isFirst ? history : [];
		await this.refresh();
	}

	/** Whether what was lived through beforehand is the history of this world, program and configuration. */
	#isFirst(world: string): boolean {
		const isProgram = language.current === 'typescript' && this.programs.isOf(START);
		const isConfig = this.config === configText(START, START);
		return isProgram && isConfig && world === this.#world && this.knobs.seed === START.seed;
	}

	/** Takes what is written into service: a new process with an empty registry. A run that was stopped goes on. */
	async run(): Promise<void> {
		this.proposal = undefined;
		const isTaken = await unlessGone(() => this.lab.deploy(this.programs.files));
		if (!isTaken) return;
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
		const what = consequence(before, this.knobs);
		if (!isSameProgram(before, this.knobs)) this.programs.write(this.knobs);
		if (!this.isRunning) return;
		if (what === 'begin') return unlessGone(() => this.begin(!this.lab.isPaused));
		if (this.knobs.rate !== before.rate) {
			await unlessGone(() => this.lab.setRate(this.knobs.rate));
		}
		if (what === 'deploy') await this.run();
		else await this.#configure();
	}

	/** Throws away what was edited by hand. */
	async reset(): Promise<void> {
		this.programs.write(this.knobs);
		if (this.isRunning) await this.run();
	}

	async takeLanguage(chosen: CodeLanguage): Promise<void> {
		language.choose(chosen);
		if (this.isRunning) await this.run();
	}

	/** Sets the limit that was wanted, and keeps what was said of it before. */
	async commit(belief: Belief | undefined): Promise<void> {
		const sampleLimit = this.guess.commit(belief, this.liveSeries);
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

	/** Looks at a snapshot that has come: notes why a scrape failed, goes slower near the end, and stops before the tab is full. */
	watch(): void {
		for (const { lastScrape, lastError } of this.lab.instances) {
			if (lastScrape === undefined || lastError === '' || this.#errors.has(lastScrape)) continue;
			this.#errors = new Map([...this.#errors, [lastScrape, lastError]]);
		}
		// While code is deployed it is not known yet what has ended with the old process.
		if (this.lab.busy || !this.isRunning) return;
		const ended = this.status.numSeries - this.liveSeries;
		const live = this.isUp ? this.lab.series - ended : 0;
		const why = stopFor({ live, most: this.mostSeries, moment: this.history.at(-1) });
		if (why) void this.#stop(why);
		const pace = paceFor(this.lab.pace, this.mostSeries - live, this.lab.series - this.#seen);
		this.#seen = this.lab.series;
		if (pace !== this.lab.pace) void unlessGone(() => this.lab.setPace(pace));
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
		const [last, seen] = [scrapes.at(-1), this.scrapes.at(-1)];
		const isOld = last?.at === seen?.at && last?.asked === seen?.asked && this.history.length > 0;
		this.scrapes = scrapes;
		if (isOld && !this.stopped) return;
		const before = { at: this.history.at(-1)?.at ?? 0, status: this.status };
		const found = await askAll(lab, this.#wish);
		if (round !== this.#round) return;
		const isLongAgo = found.moment.at - (this.#before?.at ?? 0) >= 2 * MINUTE;
		if (before.at > 0 && isLongAgo) this.#before = before;
		this.#show(found);
		this.#keepScore();
	}

	#keepScore(): void {
		const { score, answered, liveSeries: series, knobs } = this;
		const own = this.groups.reduce((sum, { count }) => sum + count, 0);
		if (score === undefined || !isOnePicture(series, own, knobs.instances)) return;
		const label: Result['label'] = this.isEdited ? 'own code' : knobs.label;
		const result = { score, answered, series, label, kind: knobs.kind };
		this.best.offer(result, this.lab.now - this.deployedAt);
	}

	get #wish(): Wish {
		const { start, now, output } = this.lab;
		const log = output.filter(({ at }) => at >= this.deployedAt).map(({ text }) => text);
		return { start, now, groupedBy: this.groupedBy, log };
	}

	async groupBy(label: string): Promise<void> {
		this.groupedBy = label;
		if (!this.isRunning) return;
		const groups = await unlessGone(() => askGroups(askableOf(this.lab), label));
		if (groups && this.groupedBy === label) this.groups = groups;
	}
}
