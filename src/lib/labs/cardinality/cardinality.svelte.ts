import { MINUTE, SECOND, type Timestamp } from '#engine/model';
import { CodeDocument } from '$lib/editor/code-document.svelte.ts';
import { language } from '$lib/state/language.svelte.ts';
import { openLab, unlessGone, type LabState } from '$lib/state/lab.svelte.ts';
import { ENTRIES, type CodeLanguage, type StoreStatus } from '#workers/protocol';
import { askAll, askGroups, askScrapes, type Askable, type Findings, type Wish } from './ask.ts';
import type { Choice, Defusal } from './choice.ts';
import { logLines } from './event-log.ts';
import type { First } from './first.ts';
import type { SeriesGroup } from './groups.ts';
import { ledger } from './ledger.ts';
import { configText, DEFAULT_LIMITS, type Limits } from './limits.ts';
import { withMoment, type Moment } from './moment.ts';
import { programText } from './program.ts';
import { answeredCount, score, type Answer } from './questions.ts';
import type { Scrape } from './scrapes.ts';
import { bills } from './story.ts';

/** What the tab holds before it stops: it never runs out. Phones have less. */
export const MOST_SERIES = { desktop: 100_000, phone: 20_000 } as const;
/** Heads and pages beyond these end the run as well, bytes. */
const MOST_HEAD_BYTES = 280 * 2 ** 20;
const MOST_PAGE_BYTES = 30_000_000;

export const DEFAULT_RATE = 50;
const SPEED = 60;
/** As long as Prometheus has samples in its head before it writes them to disk. */
const RETENTION = 120 * MINUTE;
/** The least wall time between two rounds of questions, ms: they take the lab's thread, and time stands still for them. */
const BREATH = 400;

/** Why a run ends by itself: the tab has as many series, as big a head, or as big a page as it can take. */
export type Stop = 'series' | 'memory' | 'page';

/** The cardinality lab: the running world, the program with one label more, and all that was measured of it. */
export class CardinalityLab {
	readonly lab: LabState = openLab();
	readonly code: Readonly<Record<CodeLanguage, CodeDocument>>;
	choice = $state.raw<Choice>({ label: 'user_id', kind: 'counter' });
	rate = $state(DEFAULT_RATE);
	limits = $state.raw<Limits>(DEFAULT_LIMITS);
	/** Of the server that is imagined, bytes. */
	memoryLimit = $state(512 * 2 ** 20);
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
	#errors = $state.raw<ReadonlyMap<Timestamp, string>>(new Map());
	/** An older count, to see what grows. */
	#before = $state.raw<{ readonly at: Timestamp; readonly status: StoreStatus }>();
	readonly #world: string;
	readonly #first: First;
	#configured = '';
	#isAsking = false;
	#askedAt: Timestamp = 0;
	#round = 0;

	readonly isRunning = $derived(this.lab.status === 'running');
	readonly config = $derived(configText(this.limits, this.choice.kind));
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
			limits: this.limits,
			memoryLimit: this.memoryLimit
		})
	);

	constructor(world: string, first: First) {
		this.#world = world;
		this.#first = first;
		this.code = {
			typescript: this.#documentIn('typescript'),
			python: this.#documentIn('python')
		};
		this.history = first.history;
		this.#show(first);
		this.scrapes = first.scrapes;
		this.deployedAt = first.start;
	}

	/** Where the world began, and where it is. */
	get start(): Timestamp {
		return this.#first.start;
	}

	get now(): Timestamp {
		return this.lab.now || this.#first.now;
	}

	/** The program in the language that is chosen. */
	get document(): CodeDocument {
		return this.code[language.current];
	}

	/** Whether the program is another than the knobs would write. */
	get isEdited(): boolean {
		return this.document.text !== programText(this.choice, language.current);
	}

	#documentIn(one: CodeLanguage): CodeDocument {
		return new CodeDocument(ENTRIES[one], one, programText(this.choice, one));
	}

	#show({ status, moment, groups, answers }: Omit<Findings, 'scrapes'>): void {
		this.history = withMoment(this.history, moment);
		this.status = status;
		this.groups = groups;
		this.answers = answers;
	}

	/** Lives through the beginning in the tab, and goes on from there. */
	async begin(isMoving: boolean): Promise<void> {
		const { headStart, seed, start, history } = this.#first;
		this.stopped = undefined;
		this.deployedAt = start;
		this.#errors = new Map();
		this.#before = undefined;
		this.#askedAt = 0;
		this.#configured = this.config;
		await this.lab.begin({
			world: this.#world,
			config: this.config,
			seed,
			files: this.#files,
			retention: RETENTION,
			headStart,
			speed: isMoving ? SPEED : 0
		});
		this.history = this.#isFirst ? history : [];
		if (this.rate !== DEFAULT_RATE) await this.lab.setRate(this.rate);
		await this.refresh();
	}

	/** Whether what was lived through beforehand is the history of this program and crowd. */
	get #isFirst(): boolean {
		const { label, kind } = this.choice;
		const isSame = label === 'user_id' && kind === 'counter' && this.rate === DEFAULT_RATE;
		return isSame && !this.isEdited && language.current === 'typescript';
	}

	get #files(): Readonly<Record<string, string>> {
		return { [this.document.file]: this.document.text };
	}

	/** Takes what is written into service: a new process with an empty registry. A run that was stopped goes on. */
	async run(): Promise<void> {
		this.proposal = undefined;
		const isTaken = await unlessGone(() => this.lab.deploy(this.#files));
		if (!isTaken) return;
		this.deployedAt = this.lab.now;
		await this.#configure();
		// One scrape, so that the store knows of what has ended with the old process.
		await unlessGone(() => this.lab.skip(20 * SECOND));
		const wasStopped = this.stopped !== undefined;
		await unlessGone(() => this.#ask());
		this.stopped = undefined;
		this.looksAhead = false;
		if (wasStopped) await unlessGone(() => this.lab.resume());
	}

	/** Writes the program that goes with a choice, and runs it. */
	async choose(change: Partial<Choice>): Promise<void> {
		this.choice = { ...this.choice, ...change };
		for (const one of ['typescript', 'python'] as const) {
			this.code[one].write(programText(this.choice, one));
		}
		if (this.isRunning) await this.run();
	}

	async takeLanguage(chosen: CodeLanguage): Promise<void> {
		language.choose(chosen);
		if (this.isRunning) await this.run();
	}

	async setRate(rate: number): Promise<void> {
		this.rate = rate;
		if (this.isRunning) await unlessGone(() => this.lab.setRate(rate));
	}

	async setLimits(change: Partial<Limits>): Promise<void> {
		this.limits = { ...this.limits, ...change };
		if (this.isRunning) await this.#configure();
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

	/** Looks at a snapshot that has come: notes why a scrape failed, and stops before the tab is full. */
	watch(): void {
		const { lastScrape, lastError = '' } = this.lab.instances[0] ?? {};
		if (lastScrape !== undefined && lastError !== '' && !this.#errors.has(lastScrape)) {
			this.#errors = new Map([...this.#errors, [lastScrape, lastError]]);
		}
		// While code is deployed it is not known yet what has ended with the old process.
		if (this.lab.busy) return;
		const ended = this.status.numSeries - this.liveSeries;
		if (this.isUp && this.lab.series - ended >= this.mostSeries) void this.#stop('series');
	}

	async #stop(why: Stop): Promise<void> {
		if (this.stopped || !this.isRunning) return;
		this.stopped = why;
		this.looksAhead = why === 'series';
		await unlessGone(() => this.lab.stopSkipping());
		await unlessGone(() => this.#ask());
	}

	/** Asks everything again when time has moved. While an answer is under way nothing is asked. */
	async refresh(): Promise<void> {
		if (this.#isAsking || !this.isRunning || this.lab.now === this.#askedAt) return;
		this.#isAsking = true;
		try {
			const began = performance.now();
			await unlessGone(() => this.#ask());
			// At the most half of the time goes into asking, so that the world goes on.
			const took = performance.now() - began;
			await new Promise((resolve) => setTimeout(resolve, Math.max(BREATH, took)));
		} finally {
			this.#isAsking = false;
		}
	}

	/** Of several rounds of questions the latest one's answers are shown. */
	async #ask(): Promise<void> {
		const round = ++this.#round;
		this.#askedAt = this.lab.now;
		const scrapes = await askScrapes(this.#askable, this.#wish);
		if (round !== this.#round) return;
		const isOld = scrapes.at(-1)?.at === this.scrapes.at(-1)?.at && this.history.length > 0;
		this.scrapes = scrapes;
		if (isOld && !this.stopped) return;
		const before = { at: this.history.at(-1)?.at ?? 0, status: this.status };
		const found = await askAll(this.#askable, this.#wish);
		if (round !== this.#round) return;
		const isLongAgo = found.moment.at - (this.#before?.at ?? 0) >= 2 * MINUTE;
		if (before.at > 0 && isLongAgo) this.#before = before;
		this.#show(found);
		this.#stopIfFull(found);
	}

	#stopIfFull({ status, moment }: Omit<Findings, 'scrapes'>): void {
		if (status.bytes > MOST_HEAD_BYTES) void this.#stop('memory');
		else if (moment.pageBytes > MOST_PAGE_BYTES) void this.#stop('page');
		else if (moment.liveSeries >= this.mostSeries) void this.#stop('series');
	}

	get #askable(): Askable {
		const { lab } = this;
		return {
			query: lab.api.query,
			storeStatus: () => lab.storeStatus(),
			bills: (queries, window) => lab.bills(queries, window),
			truth: (query, grid) => lab.truth(query, grid)
		};
	}

	get #wish(): Wish {
		const { start, now, output } = this.lab;
		const log = output.filter(({ at }) => at >= this.deployedAt).map(({ text }) => text);
		return { start, now, groupedBy: this.groupedBy, log };
	}

	async groupBy(label: string): Promise<void> {
		this.groupedBy = label;
		if (!this.isRunning) return;
		const groups = await unlessGone(() => askGroups(this.#askable, label));
		if (groups && this.groupedBy === label) this.groups = groups;
	}
}
