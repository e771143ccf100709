import type { PrometheusApi } from '#engine/api';
import {
	Lab,
	parseWorld,
	runTrial,
	type TruthSeries,
	type CreateRunner,
	type World
} from '#engine/lab';
import type { Duration, Problem, Timestamp } from '#engine/model';
import {
	explain,
	NO_FEATURES,
	type ExplainOutcome,
	type Features,
	type QueryOptions,
	type QueryRange,
	type StepGrid
} from '#engine/promql';
import type { Fault, LoadResult, SourceFiles } from '#engine/sim';
import { checked, configured } from './config-file.ts';
import type {
	Bills,
	ExplainWish,
	LabApi,
	LabStart,
	QueryBill,
	RefusedTarget,
	Snapshot,
	StoreStatus,
	TrialAnswer,
	TrialRequest
} from './protocol.ts';
import { ScrapeMeter } from './scrape-meter.ts';
import { seenInstances } from './seen-instances.ts';
import { StoreCount } from './store-count.ts';

/** What a session needs from the thread it lives in. Tests pass a clock of their own. */
export interface SessionHost {
	readonly createRunner: (world: World) => CreateRunner;
	/** Wall clock, ms. */
	readonly now: () => number;
	readonly setTimer: (run: () => void, wait: number) => void;
	readonly onSnapshot: (snapshot: Snapshot) => void;
}

/** How long a query may take, ms: the world stands still meanwhile, so much less than the two minutes of a server. */
const QUERY_TIMEOUT = 10_000;
/** Into how many steps a panel cuts the time that it shows. */
const PANEL_STEPS = 60;
/** Wall time between two moves of the world, ms. */
const TICK = 50;
/** Virtual time that is lived through before anybody looks whether the pace is still the same, ms. */
const STRETCH = 5_000;
const SNAPSHOT_EVERY = 100;
/** A tab that was asleep does not catch up: time simply stood still. */
const LONGEST_TICK = 250;

/** One world and its pace, as the page commands it. Everything the page may ask of the lab's thread is a method here. */
export class LabSession implements LabApi {
	readonly #host: SessionHost;
	#lab: Lab | undefined;
	/** Of the lab. */
	#meter: ScrapeMeter;
	#speed = 0;
	#lastTick = 0;
	/** The part of a virtual millisecond that the world has not moved by yet. */
	#rest = 0;
	#lastSnapshot = -Infinity;
	#isTicking = false;
	/** How many skips were stopped; one that sees it change ends. */
	#stops = 0;
	#features: Features = NO_FEATURES;
	readonly #count: StoreCount;

	readonly query: PrometheusApi['query'] = (params) => this.#api.query(params);
	readonly queryRange: PrometheusApi['queryRange'] = (params) => this.#api.queryRange(params);
	readonly labels: PrometheusApi['labels'] = (params) => this.#api.labels(params);
	readonly labelValues: PrometheusApi['labelValues'] = (name, params) =>
		this.#api.labelValues(name, params);
	readonly series: PrometheusApi['series'] = (params) => this.#api.series(params);
	readonly metadata: PrometheusApi['metadata'] = (params) => this.#api.metadata(params);
	readonly targets: PrometheusApi['targets'] = (params) => this.#api.targets(params);
	readonly targetMetadata: PrometheusApi['targetMetadata'] = (params) =>
		this.#api.targetMetadata(params);
	readonly relabelSteps: PrometheusApi['relabelSteps'] = (params) => this.#api.relabelSteps(params);
	readonly scrapePools: PrometheusApi['scrapePools'] = () => this.#api.scrapePools();

	constructor(host: SessionHost) {
		this.#host = host;
		this.#count = new StoreCount(host.now);
		this.#meter = new ScrapeMeter(host.now);
	}

	async start(options: LabStart): Promise<LoadResult> {
		const { world, config, seed, files, speed, headStart = 0, retention } = options;
		const parsed = parseWorld(world);
		if (!parsed.ok) return { problems: parsed.problems, output: [] };
		// Made before the old one is given up, so that a world that cannot be made leaves that one running.
		const meter = new ScrapeMeter(this.#host.now);
		const lab = new Lab({
			world: parsed.world,
			seed,
			retention,
			createRunner: meter.runners(this.#host.createRunner(parsed.world)),
			watchStore: (head) => meter.store(head),
			queryOptions: () => this.#queryOptions()
		});
		this.#lab?.dispose();
		this.#lab = lab;
		this.#meter = meter;
		// Time stands still until the head start is over: a pace set for the old world is none for this one.
		this.#speed = 0;
		const misread = config === undefined ? [] : await configured(lab, config);
		// A world that begins by a configuration has not been reloaded, and nothing else has happened in it yet.
		lab.takeLog();
		const { problems, output } = await lab.deploy(files);
		await lab.advance(lab.now + headStart);
		if (this.#lab === lab) await this.setSpeed(speed);
		return { problems: [...problems, ...misread], output };
	}

	/** For a query that begins now, which is ended when it has taken too long. */
	#queryOptions(): QueryOptions {
		const latest = this.#host.now() + QUERY_TIMEOUT;
		return {
			features: this.#features,
			interrupt: () => (this.#host.now() > latest ? 'timeout' : undefined)
		};
	}

	async deploy(files: SourceFiles): Promise<LoadResult> {
		const loaded = await this.#running.deploy(files);
		this.#tellNow();
		return loaded;
	}

	async configure(config: string): Promise<readonly Problem[]> {
		const problems = await configured(this.#running, config);
		this.#tellNow();
		return problems;
	}

	async checkConfig(config: string): Promise<readonly Problem[]> {
		return checked(config);
	}

	async refusedTargets(): Promise<readonly RefusedTarget[]> {
		return [...this.#running.pools].flatMap(({ config, invalid }) =>
			invalid.map((one) => ({ ...one, scrapePool: config.jobName }))
		);
	}

	async setSpeed(speed: number): Promise<void> {
		this.#speed = Math.max(0, speed);
		this.#lastTick = this.#host.now();
		this.#tellNow();
		if (!this.#isTicking) this.#tick();
	}

	async step(): Promise<void> {
		await this.#running.step();
		this.#tellNow();
	}

	async skip(duration: number): Promise<boolean> {
		const lab = this.#running;
		const stops = this.#stops;
		const until = lab.now + duration;
		const goesOn = () => lab === this.#lab && stops === this.#stops;
		let listened = this.#host.now();
		while (goesOn() && lab.now < until) {
			await lab.advance(Math.min(until, lab.now + STRETCH));
			this.#tell();
			// Learner code in this thread would let no message in between, and a stop is one.
			if (this.#host.now() - listened < TICK) continue;
			await new Promise<void>((resolve) => this.#host.setTimer(resolve, 0));
			listened = this.#host.now();
		}
		this.#lastTick = this.#host.now();
		this.#tellNow();
		return goesOn();
	}

	async stopSkipping(): Promise<void> {
		this.#stops++;
		await this.setSpeed(0);
	}

	async setRate(rate: number): Promise<void> {
		await this.#running.setRate(rate);
		this.#tellNow();
	}

	async addFault(fault: Fault): Promise<void> {
		await this.#running.addFault(fault);
		this.#tellNow();
	}

	async storeStatus(): Promise<StoreStatus> {
		return this.#running.head.stats();
	}

	async bills(queries: readonly string[], window: Duration): Promise<Bills> {
		const { now: at } = this.#running;
		const { render, bytes: pageBytes, store } = this.#meter.costs;
		const answered: QueryBill[] = [];
		for (const query of queries) answered.push(await this.#timeQuery(query, at, window));
		const gzip = await this.#meter.gzipped();
		return { at, render, pageBytes, gzip, store, queries: answered };
	}

	/** What a chart of so much time takes, with as many steps as a panel has. Its series are made and thrown away. */
	async #timeQuery(query: string, end: Timestamp, window: Duration): Promise<QueryBill> {
		const seconds = (ms: number) => String(ms / 1000);
		const began = this.#host.now();
		const answer = await this.#api.queryRange({
			query,
			start: seconds(end - window),
			end: seconds(end),
			step: seconds(window / PANEL_STEPS)
		});
		const took = this.#host.now() - began;
		return answer.status === 'error' ? { query, took, error: answer.error } : { query, took };
	}

	async metricsPage(instance: string): Promise<string | undefined> {
		const body = this.#lab?.metricsPage(instance);
		return body && new TextDecoder().decode(body);
	}

	async setFeatures(features: Features): Promise<void> {
		this.#features = features;
	}

	async explain(
		query: string,
		at: Timestamp | QueryRange,
		{ limits, ...focus }: ExplainWish
	): Promise<ExplainOutcome> {
		const { now } = this.#host;
		return explain(this.#running.head, query, at, {
			...this.#queryOptions(),
			now,
			focus,
			limits
		});
	}

	async truth(query: string, grid: StepGrid): Promise<readonly TruthSeries[] | undefined> {
		return this.#running.truthOf(query, grid);
	}

	async runTrial({ world, ...trial }: TrialRequest): Promise<TrialAnswer> {
		const parsed = parseWorld(world);
		if (!parsed.ok) return parsed;
		return runTrial({ ...trial, world: parsed.world }, this.#host.createRunner(parsed.world));
	}

	get #running(): Lab {
		if (!this.#lab) throw new Error('the lab has not been started');
		return this.#lab;
	}

	get #api(): PrometheusApi {
		return this.#running.api;
	}

	/** Moves the world by the wall time that has passed, and comes back for more until the pace is 0. */
	async #tick(): Promise<void> {
		this.#isTicking = true;
		try {
			while (this.#lab && this.#speed > 0) {
				const began = this.#host.now();
				const elapsed = Math.min(LONGEST_TICK, began - this.#lastTick);
				this.#lastTick = began;
				await this.#move(this.#lab, elapsed);
				const took = this.#host.now() - began;
				await new Promise<void>((resolve) => {
					this.#host.setTimer(resolve, Math.max(0, TICK - took));
				});
			}
		} finally {
			this.#isTicking = false;
		}
	}

	/** Lets the world live at its pace for so much wall time, unless another pace or another world comes in between. */
	async #move(lab: Lab, elapsed: number): Promise<void> {
		const speed = this.#speed;
		const wanted = lab.now + elapsed * speed + this.#rest;
		// A Prometheus knows whole milliseconds; what is left over comes on top next time.
		const until = Math.floor(wanted);
		this.#rest = wanted - until;
		const goesOn = () => lab === this.#lab && speed === this.#speed;
		try {
			while (goesOn() && lab.now < until) await lab.advance(Math.min(until, lab.now + STRETCH));
		} catch (error) {
			lab.report({ message: `The simulation stopped: ${messageOf(error)}`, severity: 'error' });
			if (goesOn()) await this.setSpeed(0);
		}
		if (goesOn()) this.#tell();
	}

	#tell(): void {
		if (this.#host.now() - this.#lastSnapshot >= SNAPSHOT_EVERY) this.#tellNow();
	}

	#tellNow(): void {
		const lab = this.#lab;
		if (!lab) return;
		this.#lastSnapshot = this.#host.now();
		const { numSeries, samples } = this.#count.of(lab);
		this.#host.onSnapshot({
			start: lab.world.start,
			now: lab.now,
			speed: this.#speed,
			rate: lab.rate,
			instances: seenInstances(lab),
			faults: lab.faults,
			...lab.takeLog(),
			series: numSeries,
			samples
		});
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
