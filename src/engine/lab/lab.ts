import { createApi, type PrometheusApi } from '#engine/api';
import {
	HOUR,
	labelPairs,
	METRIC_NAME,
	MINUTE,
	type Appendable,
	type Duration,
	type Problem,
	type TargetStatus,
	type Timestamp
} from '#engine/model';
import { parse, type QueryOptions, type StepGrid } from '#engine/promql';
import { offsetSeed, readScrapeConfig, ScrapeManager, type ScrapePool } from '#engine/scrape';
import {
	addFault,
	createRandom,
	createTraffic,
	faultEnd,
	isDown,
	isScrapeLost,
	shiftFaults,
	slowdown,
	transitions,
	Truth,
	withFaults,
	type Fault,
	type FaultTimeline,
	type LoadResult,
	type RandomSource,
	type SimRequest,
	type SimRequestDraft,
	type SourceFiles,
	type Traffic
} from '#engine/sim';
import { Head } from '#engine/tsdb';
import { createDependency } from './dependency.ts';
import { describeFault } from './fault-words.ts';
import { hasErrors, Instance, type CreateRunner } from './instance.ts';
import { LabLog, type LogEntries } from './log.ts';
import { createNetwork, instanceAt } from './network.ts';
import { poolSource } from './pool-source.ts';
import { prometheusYml } from './prometheus-yml.ts';
import { Service } from './service.ts';
import { truthOf, type TruthSeries } from './truth-query.ts';
import { instanceName, type World } from './world.ts';

export interface LabOptions {
	readonly world: World;
	/** One seed, one history. */
	readonly seed: number;
	readonly createRunner: CreateRunner;
	/**
	 * How long samples and requests are kept, virtual time; 6 hours and a quarter when left out. Older samples go in batches, as from any
	 * head, and of older requests the truth keeps only the totals.
	 */
	readonly retention?: Duration;
	/** Asked as each query begins: its switches, limits, and a deadline from outside, for the lab knows only virtual time. */
	readonly queryOptions?: () => QueryOptions;
	/** Stands between the scrape loops and the head, for whoever has a clock and wants to know what storing a page takes. */
	readonly watchStore?: (head: Appendable) => Appendable;
}

/**
 * The longest chart of the sandbox, and the window that a rate at its left edge looks back on. At 50 requests a second
 * the truth takes 75 MB then.
 */
const DEFAULT_RETENTION = 6 * HOUR + 15 * MINUTE;

/**
 * The most bytes that a lab stores, so that a cardinality bomb does not take the tab with it: more than half a million young series. New
 * ones beyond it are refused, and the scrape says so; for those that go on the oldest samples make room.
 */
const MOST_STORED = 512 * 2 ** 20;

/** How often what is too old is let go of: seldom, because it walks over the whole head. */
const RETENTION_INTERVAL = 10 * MINUTE;

/** What spreads scrapes over their intervals: the same in all labs, as on one server. */
const OFFSET_SEED = offsetSeed('promenade', '{}');

/** What a target looks like from outside: up or down, and what the last scrape brought. */
export interface InstanceStatus {
	readonly name: string;
	readonly job: string;
	readonly isUp: boolean;
	readonly inFlight: number;
	readonly health: 'up' | 'down' | 'unknown';
	readonly lastError: string;
	readonly lastScrape?: Timestamp;
}

/** Share of a request's work that it spends waiting for the dependency it calls. */
const DEPENDENCY_SHARE = 0.7;

/**
 * The longest stretch that is simulated in one go. Calls that change the world get in between two of them, so nobody
 * waits long for a fault, new code or a pause.
 */
const LONGEST_SLICE = 5_000;

/**
 * One simulated world: the crowd, the services, the scrape loops, the store. Time moves only by `advance`.
 * Calls that change the world wait for each other, in the order in which they were made; none waits for more than a
 * slice of an `advance`.
 */
export class Lab {
	readonly world: World;
	readonly head = new Head({ maxBytes: MOST_STORED });
	readonly truth = new Truth();
	readonly api: PrometheusApi;
	readonly #service: Service;
	readonly #dependencies: readonly Instance[];
	readonly #scrapes: ScrapeManager;
	readonly #traffic: Traffic;
	readonly #random: RandomSource;
	/** What faults draw from: one stream, so that it does not matter how time is cut into slices. */
	readonly #chance: RandomSource;
	readonly #log = new LabLog();
	readonly #retention: Duration;
	#nextForgetting: Timestamp;
	#isDisposed = false;
	#scrapesStored = 0;
	#config: string;
	#faults: FaultTimeline;
	#now: Timestamp;
	#lastCallId = 0;
	#busy: Promise<unknown> = Promise.resolve();

	constructor(options: LabOptions) {
		const { world, seed, createRunner, retention = DEFAULT_RETENTION } = options;
		this.world = world;
		this.#now = world.start;
		this.#retention = retention;
		this.#nextForgetting = world.start + retention + RETENTION_INTERVAL;
		this.#random = createRandom(seed);
		this.#chance = this.#random.fork('faults');
		this.#faults = shiftFaults(world.faults, world.start);
		this.#traffic = createTraffic(world.traffic, this.#random.fork('traffic'), world.start);
		this.#service = new Service({
			spec: world.service,
			random: this.#random.fork('service'),
			truth: this.truth,
			log: this.#log,
			createRunner,
			isDown: (instance, at) => isDown(this.#faults, instance, at)
		});
		this.#dependencies = world.dependencies.map((spec) => this.#createDependency(spec));
		for (const instance of this.instances) {
			instance.isScrapeLost = () => isScrapeLost(this.#faults, instance.name, this.#now);
		}
		this.#scrapes = new ScrapeManager({
			store: options.watchStore?.(this.head) ?? this.head,
			fetch: createNetwork(() => this.instances),
			offsetSeed: OFFSET_SEED
		});
		this.#config = prometheusYml(world);
		this.#applyConfig(this.#config);
		this.api = createApi({
			querier: this.head,
			now: () => this.#now,
			queryOptions: options.queryOptions,
			metadata: () => this.#scrapes.metadata(),
			pools: () => Array.from(this.#scrapes.pools, poolSource)
		});
	}

	get now(): Timestamp {
		return this.#now;
	}

	/** Every instance of every service: the learner's first, then those of the services it depends on. */
	get instances(): readonly Instance[] {
		return [...this.#service.instances, ...this.#dependencies];
	}

	get faults(): FaultTimeline {
		return this.#faults;
	}

	/** Requests per second that the crowd means to send now. */
	get rate(): number {
		return this.#traffic.rate(this.#now);
	}

	/** Takes learner code into service now. With an error among the problems nothing has changed. */
	deploy(files: SourceFiles): Promise<LoadResult> {
		return this.#exclusively(async () => {
			const isFirst = this.#dependencies.some((instance) => !instance.isUp);
			if (isFirst) await this.#startDependencies();
			const loaded = await this.#service.deploy(files, this.#now);
			this.#log.output('', loaded.output);
			if (!hasErrors(loaded.problems) && !isFirst) {
				this.#log.event(this.#now, 'deploy', 'new code is deployed');
			}
			return loaded;
		});
	}

	/** The `prometheus.yml` by which targets are scraped, as it was written. */
	get config(): string {
		return this.#config;
	}

	/** Scrapes by this `prometheus.yml` from now on. With an error among the problems nothing has changed. */
	configure(text: string): Promise<readonly Problem[]> {
		return this.#exclusively(async () => {
			const problems = this.#applyConfig(text);
			if (!hasErrors(problems)) this.#log.event(this.#now, 'reload', 'prometheus.yml is reloaded');
			return problems;
		});
	}

	/** Lets the world live until the given moment; not so far when it is disposed of on the way. */
	async advance(until: Timestamp): Promise<void> {
		while (!this.#isDisposed && this.#now < until) {
			await this.#exclusively(() => this.#slice(until));
		}
	}

	/** When some target is asked for its page next, or targets are looked for; Infinity when there is none. */
	nextScrape(): Timestamp {
		return this.#scrapes.nextScrape();
	}

	/** Lets the world live until one more scrape is stored; not at all when there is nothing to scrape. */
	async step(): Promise<void> {
		const before = this.#scrapesStored;
		while (!this.#isDisposed && this.#scrapesStored === before) {
			const next = await this.#exclusively(async () => this.#scrapes.next());
			if (next === Infinity) return;
			await this.advance(Math.max(Math.ceil(next), this.#now + 1));
		}
	}

	/** From now on the crowd sends this many requests a second. */
	setRate(rate: number): Promise<void> {
		return this.#exclusively(async () => {
			if (!(rate >= 0 && rate < Infinity)) {
				throw new Error(`rate must be a number that is not negative: ${rate}`);
			}
			this.#traffic.setRate({ kind: 'constant', rate });
			this.#log.event(this.#now, 'rate', `traffic is ${rate} requests a second`);
		});
	}

	/** Adds a fault; its moment counts as now when it has passed already. */
	addFault(fault: Fault): Promise<void> {
		return this.#exclusively(async () => {
			// A crash is a transition of its instance, and transitions at the present moment are over.
			const at = Math.max(fault.at, this.#now + 1);
			this.#faults = addFault(this.#faults, { ...fault, at });
		});
	}

	/** Puts a problem among those that the next `takeLog` brings. */
	report(problem: Problem): void {
		this.#log.problems([problem]);
	}

	/** What has happened since the last call. */
	takeLog(): LogEntries {
		return this.#log.take();
	}

	/** What the /metrics page of an instance said when it was last scraped; undefined before that and while it is down. */
	metricsPage(name: string): Uint8Array | undefined {
		return this.instances.find((instance) => instance.name === name)?.page?.body;
	}

	/** The jobs of the `prometheus.yml`, with what has become of their targets. */
	get pools(): Iterable<ScrapePool> {
		return this.#scrapes.pools;
	}

	/** The targets that are scraped, job by job. */
	targets(): TargetStatus[] {
		return [...this.#scrapes.pools].flatMap((pool) => pool.status());
	}

	/** The instances, each with what the scrapes of it say: those of the first target that ends at it. */
	status(): InstanceStatus[] {
		const { instances } = this;
		const targets = this.targets();
		return instances.map((instance) => {
			const found = targets.find(({ scrapeUrl }) => instanceAt(instances, scrapeUrl) === instance);
			const { health = 'unknown', lastError = '', lastScrape } = found ?? {};
			const { name, job, isUp, inFlight } = instance;
			return { name, job, isUp, inFlight, health, lastError, lastScrape };
		});
	}

	/** The truth behind a query at each step, in the units of the query; undefined when it has none or cannot be parsed. */
	truthOf(query: string, grid: StepGrid): readonly TruthSeries[] | undefined {
		const parsed = parse(query);
		if (!parsed.ok) return undefined;
		return truthOf(parsed.expr, grid, {
			truth: this.truth,
			names: this.world.truth,
			job: this.world.service.job,
			start: this.world.start,
			labelNamesOf: (metric) => this.#labelNamesOf(metric)
		});
	}

	#labelNamesOf(metric: string): readonly string[] {
		const matchers = [{ name: METRIC_NAME, type: '=', value: metric }] as const;
		const names = this.head
			.series(matchers, -Infinity, Infinity)
			.flatMap((set) => [...labelPairs(set)].map(([name]) => name));
		return [...new Set(names)];
	}

	/** Ends the threads of learner code, and the life of this world. What it has stored can still be asked for. */
	dispose(): void {
		this.#isDisposed = true;
		for (const instance of this.instances) instance.dispose();
	}

	/** One stretch of time in which nothing but traffic happens, and then what happens at its end. */
	async #slice(until: Timestamp): Promise<void> {
		const from = this.#now;
		// While this slice waited for its turn, another call may have lived through it, or ended the world.
		if (this.#isDisposed || from >= until) return;
		const end = Math.min(
			until,
			from + LONGEST_SLICE,
			Math.max(from, Math.ceil(this.nextScrape())),
			this.#service.nextRestart(),
			this.#nextForgetting,
			...this.#faults.flatMap((fault) => [fault.at, faultEnd(fault)].filter((at) => at > from))
		);
		try {
			await this.#live(from, end);
		} finally {
			// The crowd has moved on even if something broke, so that the next slice begins where this one ends.
			this.#now = end;
		}
		if (this.#isDisposed) return;
		await this.#changeInstances(from, end);
		await this.#scrapeDue(end);
		if (this.#nextForgetting <= end) this.#forget();
	}

	async #scrapeDue(now: Timestamp): Promise<void> {
		this.#scrapesStored += (await this.#scrapes.runDue(now)).length;
		this.#service.endFailed(now);
	}

	/** Retention. It takes place at moments of its own, so that it does not matter how time is cut into slices. */
	#forget(): void {
		this.head.truncate(this.#now - this.#retention);
		this.head.shrink(MOST_STORED);
		this.truth.forget(this.#now - this.#retention);
		this.#nextForgetting += RETENTION_INTERVAL;
	}

	async #live(from: Timestamp, until: Timestamp): Promise<void> {
		const drafts = this.#traffic
			.arrivals(from, until)
			.map((draft) => withFaults(draft, this.#faults, this.#chance, DEPENDENCY_SHARE));
		const taken = await this.#service.live(drafts, until);
		for (const instance of this.#dependencies) {
			const calls = taken.filter((draft) => draft.dependency === instance.job);
			await instance.handle(
				calls.map((draft) => this.#callOf(draft)),
				until
			);
		}
	}

	#callOf(draft: SimRequestDraft): SimRequest {
		const { at, user, outcome } = draft;
		return {
			id: ++this.#lastCallId,
			at,
			method: 'POST',
			path: '/charge',
			endpoint: '/charge',
			user,
			work: this.#waitOf(draft),
			outcome
		};
	}

	/** The part of a request's work that it waits for its dependency, which is all that a slow dependency makes longer. */
	#waitOf({ work, dependency, at }: SimRequestDraft): Duration {
		const factor = slowdown(this.#faults, dependency, at);
		const wait = DEPENDENCY_SHARE * factor;
		return (work * wait) / (wait + 1 - DEPENDENCY_SHARE);
	}

	async #changeInstances(from: Timestamp, until: Timestamp): Promise<void> {
		for (const fault of this.#faults) {
			if (from < fault.at && fault.at <= until) {
				this.#log.event(fault.at, 'fault', describeFault(fault));
			}
			const end = faultEnd(fault);
			if (from < end && end <= until && fault.kind !== 'crash') {
				this.#log.event(end, 'fault over', `over: ${describeFault(fault)}`);
			}
		}
		for (const { at, instance, up } of transitions(this.#faults, from, until)) {
			if (up) await this.#service.restart(instance, at);
			else this.#service.crash(instance, at);
		}
		await this.#service.restartDue(until);
	}

	#createDependency(spec: { job: string; port: number }): Instance {
		const name = instanceName(spec, 1);
		return new Instance({
			name,
			job: spec.job,
			random: this.#random.fork(name),
			pageRate: this.world.service.pageRate,
			createRunner: () => createDependency(spec.job)
		});
	}

	async #startDependencies(): Promise<void> {
		for (const instance of this.#dependencies) {
			const { runner } = await instance.prepare({}, this.#now);
			if (runner) instance.start(runner);
		}
	}

	#applyConfig(text: string): readonly Problem[] {
		const { config, problems } = readScrapeConfig(text);
		if (config) {
			this.#scrapes.apply(config, this.#now);
			this.#config = text;
		}
		return problems;
	}

	/** Runs calls that change the world one after the other. */
	#exclusively<Result>(run: () => Promise<Result>): Promise<Result> {
		const result = this.#busy.then(run);
		this.#busy = result.catch(() => {});
		return result;
	}
}
