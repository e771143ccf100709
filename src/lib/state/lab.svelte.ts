import { proxy, releaseProxy, wrap } from 'comlink';
import type { PrometheusApi } from '#engine/api';
import type { InstanceOutput, LabEvent, RequestLine, TruthSeries } from '#engine/lab';
import type { Duration, Problem, Timestamp } from '#engine/model';
import type { ExplainOutcome, Features, QueryRange, StepGrid } from '#engine/promql';
import type { Fault, SourceFiles } from '#engine/sim';
import {
	CONFIG_FILE,
	ENTRIES,
	type Bills,
	type ExplainWish,
	type LabApi,
	type LabStart,
	type PythonDownload,
	type RefusedTarget,
	type SeenInstance,
	type Snapshot,
	type StoreStatus,
	type TrialAnswer,
	type TrialRequest
} from '#workers/protocol';
import { LabGone, unlessGone } from './lab-gone.ts';
import { PythonState } from './python.svelte.ts';

/** Anything that a lab can be spoken to through: a Worker, or one end of a MessageChannel. */
export type Port = Pick<Worker, 'postMessage' | 'addEventListener' | 'removeEventListener'>;

/** A thread that a lab lives in, and how to end it. */
export interface LabConnection {
	readonly port: Port;
	readonly close: () => void;
}

export type LabStatus = 'idle' | 'starting' | 'running' | 'failed';

export { LabGone, unlessGone };

const MOST_REQUESTS = 60;
const MOST_OUTPUT = 300;
const MOST_EVENTS = 200;

/**
 * The page's view of the lab's thread: what it last reported, and commands to it. The truth stays in the thread;
 * every field here is replaced whole, never changed inside. The thread is opened when a world begins, so that a page can
 * hold a lab before, and again after a thread that died.
 */
export class LabState {
	status = $state<LabStatus>('idle');
	/** Why the lab failed, when it did. */
	failure = $state('');
	/** How many worlds were begun here. It tells a world from the one before it when both are at the same moment. */
	begun = $state.raw(0);
	start = $state.raw<Timestamp>(0);
	now = $state.raw<Timestamp>(0);
	/** Virtual seconds per second; 0 is paused. */
	speed = $state.raw(0);
	rate = $state.raw(0);
	instances = $state.raw<readonly SeenInstance[]>([]);
	faults = $state.raw<readonly Fault[]>([]);
	/** The last requests, newest last. */
	requests = $state.raw<readonly RequestLine[]>([]);
	output = $state.raw<readonly InstanceOutput[]>([]);
	/** Of the code that was deployed last: found when it was loaded, or while it ran. */
	problems = $state.raw<readonly Problem[]>([]);
	/** Of the prometheus.yml that was loaded last. */
	configProblems = $state.raw<readonly Problem[]>([]);
	events = $state.raw<readonly LabEvent[]>([]);
	series = $state.raw(0);
	samples = $state.raw(0);
	/** The experimental parts of PromQL that are switched on. */
	features = $state.raw<Features>({});
	/** True while new code is being loaded or time is being skipped. */
	busy = $state(false);

	readonly isPaused = $derived(this.speed === 0);
	/** Virtual milliseconds since the world began. */
	readonly age = $derived(this.now - this.start);
	/** Every query, label and metadata look-up goes through here. */
	readonly api: PrometheusApi = {
		query: (params) => this.#ask((remote) => remote.query(params)),
		queryRange: (params) => this.#ask((remote) => remote.queryRange(params)),
		labels: (params) => this.#ask((remote) => remote.labels(params)),
		labelValues: (name, params) => this.#ask((remote) => remote.labelValues(name, params)),
		series: (params) => this.#ask((remote) => remote.series(params)),
		metadata: (params) => this.#ask((remote) => remote.metadata(params)),
		targets: (params) => this.#ask((remote) => remote.targets(params)),
		targetMetadata: (params) => this.#ask((remote) => remote.targetMetadata(params)),
		relabelSteps: (params) => this.#ask((remote) => remote.relabelSteps(params)),
		scrapePools: () => this.#ask((remote) => remote.scrapePools())
	};

	/** What has come of Python, which is downloaded when a program in it is begun, deployed or prepared for. */
	readonly python = new PythonState();
	readonly #open: () => LabConnection;
	#thread: OpenThread | undefined;
	/** The pace to go on with after a pause. */
	#pace = 1;
	/** Commands on their way. */
	#ordered = 0;
	/** While a refused deployment is on show, what goes wrong in the version that runs on has lines of another text. */
	#showsRefusal = false;

	constructor(open: () => LabConnection) {
		this.#open = open;
	}

	/** Starts a world afresh; what an earlier one had shown is gone. False when the code could not be loaded. */
	async begin(options: LabStart): Promise<boolean> {
		this.status = 'starting';
		this.failure = '';
		this.#forget();
		if (options.speed > 0) this.#pace = options.speed;
		this.#thread ??= this.#connect();
		return this.#whileBusy(async () => {
			await this.#ask((remote) => remote.subscribe(this.#listener()));
			await this.#ask((remote) => remote.setFeatures(this.features));
			await this.#prepareFor(options.files);
			const { problems } = await this.#ask((remote) => remote.start(options));
			this.problems = problems.filter(({ file }) => file !== CONFIG_FILE);
			this.configProblems = problems.filter(({ file }) => file === CONFIG_FILE);
			this.status = 'running';
			this.begun++;
			return !problems.some(({ severity }) => severity === 'error');
		});
	}

	/** Takes new code into service. False when it could not be loaded; then what ran before runs on. */
	async deploy(files: SourceFiles): Promise<boolean> {
		return this.#whileBusy(async () => {
			this.#showsRefusal = true;
			this.problems = [];
			await this.#prepareFor(files);
			const { problems } = await this.#ask((remote) => remote.deploy(files));
			this.problems = problems;
			this.#showsRefusal = problems.some(({ severity }) => severity === 'error');
			return !this.#showsRefusal;
		});
	}

	/** Forgets why a deployment was refused, when its text is no longer what matters. */
	dismissRefusal(): void {
		if (!this.#showsRefusal) return;
		this.#showsRefusal = false;
		this.problems = [];
	}

	/** Scrapes by another `prometheus.yml`. False when it could not be used; then the one before stays in force. */
	async configure(config: string): Promise<boolean> {
		this.configProblems = await this.#ask((remote) => remote.configure(config));
		return !this.configProblems.some(({ severity }) => severity === 'error');
	}

	/** What is wrong with a `prometheus.yml` that is not in force, and need not be put in force. */
	checkConfig(config: string): Promise<readonly Problem[]> {
		return this.#ask((remote) => remote.checkConfig(config));
	}

	/** What was found for jobs and makes no target, with the reasons. */
	refusedTargets(): Promise<readonly RefusedTarget[]> {
		return this.#ask((remote) => remote.refusedTargets());
	}

	pause(): Promise<void> {
		return this.#setSpeed(0);
	}

	resume(): Promise<void> {
		return this.#setSpeed(this.#pace);
	}

	/** Changes the pace; a paused world stays paused and goes on with it later. */
	async setPace(pace: number): Promise<void> {
		this.#pace = pace;
		if (!this.isPaused) await this.#setSpeed(pace);
	}

	get pace(): number {
		return this.isPaused ? this.#pace : this.speed;
	}

	/** Pauses, and lives through exactly one more scrape. */
	async step(): Promise<void> {
		await this.#setSpeed(0);
		await this.#ask((remote) => remote.step());
	}

	/** Lives through this much virtual time as fast as it goes, ms. False when it was stopped on the way. */
	skip(duration: number): Promise<boolean> {
		return this.#whileBusy(() => this.#ask((remote) => remote.skip(duration)));
	}

	/** Ends a skip, and the world is paused where it has got to. */
	async stopSkipping(): Promise<void> {
		this.speed = 0;
		await this.#command((remote) => remote.stopSkipping());
	}

	async setRate(rate: number): Promise<void> {
		this.rate = rate;
		await this.#command((remote) => remote.setRate(rate));
	}

	addFault(fault: Fault): Promise<void> {
		return this.#ask((remote) => remote.addFault(fault));
	}

	/** What is stored. It takes a walk over everything: for a reader who looks. */
	storeStatus(): Promise<StoreStatus> {
		return this.#ask((remote) => remote.storeStatus());
	}

	/** What the last scrapes took, and what each of these queries takes over the last so much virtual time. */
	bills(queries: readonly string[], window: Duration): Promise<Bills> {
		return this.#ask((remote) => remote.bills(queries, window));
	}

	/** The text of an instance's /metrics as last scraped; undefined while it has none. */
	metricsPage(instance: string): Promise<string | undefined> {
		return this.#ask((remote) => remote.metricsPage(instance));
	}

	/** Switches experimental parts of PromQL on and off, also for worlds and threads that begin later. */
	async setFeatures(features: Features): Promise<void> {
		this.features = features;
		if (this.#thread) await this.#ask((remote) => remote.setFeatures(features));
	}

	/** What each part of a query does, at one moment or over a range. Its times are milliseconds. */
	explain(
		query: string,
		at: Timestamp | QueryRange,
		wish: ExplainWish = {}
	): Promise<ExplainOutcome> {
		return this.#ask((remote) => remote.explain(query, at, wish));
	}

	/** The truth behind a query at each step of a grid; undefined when it has none. */
	truth(query: string, grid: StepGrid): Promise<readonly TruthSeries[] | undefined> {
		return this.#ask((remote) => remote.truth(query, grid));
	}

	/** Runs code in a world of its own, beside the one that is shown. */
	runTrial(trial: TrialRequest): Promise<TrialAnswer> {
		this.#thread ??= this.#connect();
		return this.#prepareFor(trial.files).then(() => this.#ask((remote) => remote.runTrial(trial)));
	}

	/** Ends the thread. What it was asked and has not answered is rejected; `begin` opens another. */
	close(): void {
		this.#disconnect(new LabGone('the lab was closed'));
		this.status = 'idle';
	}

	/**
	 * Has Python brought, and an interpreter booted ahead, for code that will come. True when it is ready; otherwise `python` says
	 * why, unless the thread has gone meanwhile. It is asked for once, and again after it failed.
	 */
	async preparePython(): Promise<boolean> {
		await unlessGone(() => this.#bringPython());
		return this.python.status === 'ready';
	}

	async #prepareFor(files: SourceFiles): Promise<void> {
		if (Object.hasOwn(files, ENTRIES.python)) await this.#bringPython();
	}

	#bringPython(): Promise<void> {
		this.#thread ??= this.#connect();
		return this.python.prepare(async (onProgress) => {
			await this.#ask((remote) => remote.subscribeToDownload(proxy(onProgress)));
			await this.#ask((remote) => remote.preparePython());
		});
	}

	async #setSpeed(speed: number): Promise<void> {
		this.speed = speed;
		await this.#command((remote) => remote.setSpeed(speed));
	}

	/** Changes what snapshots report as well; until it has arrived the page's own word counts. */
	async #command(order: (remote: RemoteLab) => Promise<void>): Promise<void> {
		this.#ordered++;
		try {
			await this.#ask(order);
		} finally {
			this.#ordered--;
		}
	}

	async #whileBusy<Result>(run: () => Promise<Result>): Promise<Result> {
		this.busy = true;
		try {
			return await run();
		} catch (error) {
			// A thread that is gone has been dealt with; any other error is a mistake of ours that a fresh thread gets rid of.
			if (!(error instanceof LabGone)) this.#fail(wordsOf(error));
			throw error;
		} finally {
			this.busy = false;
		}
	}

	/** A question to the thread, which fails when the thread does: nobody waits for an answer that cannot come. */
	#ask<Result>(question: (remote: RemoteLab) => Promise<Result>): Promise<Result> {
		const thread = this.#thread;
		if (!thread) return Promise.reject(new LabGone('the lab has no thread'));
		return new Promise((resolve, reject) => {
			thread.waiting.add(reject);
			question(thread.remote)
				.then(resolve, reject)
				.finally(() => thread.waiting.delete(reject));
		});
	}

	#connect(): OpenThread {
		const { port, close } = this.#open();
		port.addEventListener('error', (event) => {
			event.preventDefault();
			this.#fail((event as ErrorEvent).message || 'its thread could not be started');
		});
		return { remote: wrap(port as Worker) as unknown as ReleasableLab, close, waiting: new Set() };
	}

	#disconnect(reason: LabGone): void {
		const thread = this.#thread;
		this.#thread = undefined;
		if (!thread) return;
		thread.remote[releaseProxy]();
		thread.close();
		for (const reject of thread.waiting) reject(reason);
		this.python.forget();
	}

	#listener(): (snapshot: Snapshot) => void {
		const thread = this.#thread;
		// A snapshot of a thread that was ended may still be on its way.
		return proxy((snapshot: Snapshot) => {
			if (this.#thread === thread) this.#receive(snapshot);
		});
	}

	#fail(message: string): void {
		this.#disconnect(new LabGone(message));
		this.status = 'failed';
		this.failure = message;
		this.speed = 0;
		this.busy = false;
	}

	#forget(): void {
		this.requests = [];
		this.output = [];
		this.problems = [];
		this.#showsRefusal = false;
		this.configProblems = [];
		this.events = [];
	}

	#receive(snapshot: Snapshot): void {
		this.start = snapshot.start;
		this.now = snapshot.now;
		if (this.#ordered === 0) {
			this.speed = snapshot.speed;
			this.rate = snapshot.rate;
		}
		this.instances = snapshot.instances;
		this.faults = snapshot.faults;
		this.series = snapshot.series;
		this.samples = snapshot.samples;
		this.requests = appended(this.requests, snapshot.requests, MOST_REQUESTS);
		this.output = appended(this.output, snapshot.output, MOST_OUTPUT);
		this.events = appended(this.events, snapshot.events, MOST_EVENTS);
		if (!this.#showsRefusal) this.problems = withNew(this.problems, snapshot.problems);
	}
}

type RemoteLab = LabApi & {
	subscribe(listener: (snapshot: Snapshot) => void): Promise<void>;
	subscribeToDownload(listener: (download: PythonDownload) => void): Promise<void>;
	preparePython(): Promise<void>;
};
type ReleasableLab = RemoteLab & { [releaseProxy](): void };

interface OpenThread {
	readonly remote: ReleasableLab;
	readonly close: () => void;
	/** Whom to tell when no answer will come. */
	readonly waiting: Set<(reason: LabGone) => void>;
}

function wordsOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function appended<Item>(
	items: readonly Item[],
	more: readonly Item[],
	most: number
): readonly Item[] {
	return more.length === 0 ? items : [...items, ...more].slice(-most);
}

function withNew(known: readonly Problem[], more: readonly Problem[]): readonly Problem[] {
	const mistakes = new Set(known.map(mistakeOf));
	const fresh = more.filter((problem) => {
		const mistake = mistakeOf(problem);
		return !mistakes.has(mistake) && mistakes.add(mistake);
	});
	return fresh.length === 0 ? known : [...known, ...fresh];
}

/** Tells mistakes apart: one that shows on several routes is one. */
function mistakeOf({ message, file, line, column }: Problem): string {
	return `${file}:${line}:${column}:${message.replace(/ \(in \w+, for [^)]*\)/, '')}`;
}

/** A lab that will live in a thread of its own. The thread is opened by `begin`, so this may be called anywhere. */
export function openLab(): LabState {
	return new LabState(() => {
		const worker = new Worker(new URL('../../workers/lab.worker.ts', import.meta.url), {
			type: 'module'
		});
		return { port: worker, close: () => worker.terminate() };
	});
}
