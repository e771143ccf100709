import { SECOND, type Problem, type Timestamp } from '#engine/model';
import type { ScrapeRequest, ScrapeResponse } from '#engine/scrape';
import {
	RunnerFailure,
	type ExposedPage,
	type Handled,
	type LoadResult,
	type MetricsTarget,
	type OutputLine,
	type RandomSource,
	type Runner,
	type SimRequest,
	type SimResponse,
	type SourceFiles
} from '#engine/sim';

/** Makes the runner of a new instance: the only thing the lab must be given from outside. */
export type CreateRunner = (instance: { readonly name: string; readonly seed: number }) => Runner;

export interface InstanceOptions {
	readonly name: string;
	readonly job: string;
	/** What scrapes of this instance draw their duration from. */
	readonly random: RandomSource;
	/** Bytes of its page that it sends in a second, besides the time it needs to answer at all. */
	readonly pageRate: number;
	readonly createRunner: () => Runner;
}

/** What came of loading code for an instance, and the runner that has it loaded, if there is one. */
export interface Prepared {
	readonly runner: Runner | undefined;
	readonly loaded: LoadResult;
}

const NOTHING_PREPARED: Prepared = { runner: undefined, loaded: { problems: [], output: [] } };

/**
 * One instance of a service, as the lab sees it: up with a runner, or down. It keeps the page that it last showed, for people to read.
 */
export class Instance {
	/** Its address: host and port. */
	readonly name: string;
	readonly job: string;
	readonly #options: InstanceOptions;
	#runner: Runner | undefined;
	#hasFailed = false;
	#isDisposed = false;
	/** Requests that this instance has taken and not answered yet. */
	readonly #inFlight = new Map<number, SimRequest>();
	/** Asked before each scrape: whether the network loses this one. */
	isScrapeLost: () => boolean = () => false;
	/** What the last scrape brought; undefined before the first one and while down. */
	page: ExposedPage | undefined;
	/** Says what went wrong in here, as it happens. */
	onProblems: (problems: readonly Problem[]) => void = () => {};
	/** Told what the code had printed when it failed. */
	onOutput: (output: readonly OutputLine[]) => void = () => {};

	constructor(options: InstanceOptions) {
		this.#options = options;
		this.name = options.name;
		this.job = options.job;
	}

	get isUp(): boolean {
		return this.#runner !== undefined;
	}

	/** Whether a scrape found the runner broken: it counts as up until somebody stops it. */
	get hasFailed(): boolean {
		return this.#hasFailed;
	}

	/** Requests taken and not answered. */
	get inFlight(): number {
		return this.#inFlight.size;
	}

	/**
	 * Makes a new runner with the files loaded, which `start` takes into service. There is none when the code does not load;
	 * nor, and without a problem, when the instance was disposed of meanwhile.
	 */
	async prepare(files: SourceFiles, at: Timestamp): Promise<Prepared> {
		if (this.#isDisposed) return NOTHING_PREPARED;
		let runner: Runner | undefined;
		try {
			runner = this.#options.createRunner();
			const loaded = await runner.load(files, at);
			if (!this.#isDisposed && !hasErrors(loaded.problems)) return { runner, loaded };
			runner.dispose();
			return this.#isDisposed ? NOTHING_PREPARED : { runner: undefined, loaded };
		} catch (error) {
			runner?.dispose();
			const loaded = { problems: [failureProblem(error)], output: outputOf(error) };
			return { runner: undefined, loaded };
		}
	}

	/** Serves with this runner from now on. What an earlier one had in flight is lost; those requests come back. */
	start(runner: Runner): SimRequest[] {
		const lost = this.stop();
		if (this.#isDisposed) runner.dispose();
		else this.#runner = runner;
		return lost;
	}

	/** Dies at once. Whatever it held in memory is gone, and the requests it had in flight come back unanswered. */
	stop(): SimRequest[] {
		const lost = [...this.#inFlight.values()];
		const runner = this.#runner;
		this.#inFlight.clear();
		this.#runner = undefined;
		this.#hasFailed = false;
		this.page = undefined;
		runner?.dispose();
		return lost;
	}

	/** Stops for good: nothing can be started here any more. */
	dispose(): void {
		this.#isDisposed = true;
		this.stop();
	}

	/** Lets the instance live until the given moment. Undefined: it died on the way, and `onProblems` was told why. */
	async handle(
		requests: readonly SimRequest[],
		until: Timestamp
	): Promise<(Handled & { readonly requests: readonly SimRequest[] }) | undefined> {
		for (const request of requests) this.#inFlight.set(request.id, request);
		if (!this.#runner) return undefined;
		try {
			const handled = await this.#runner.handle(requests, until);
			const answered = handled.responses.map((response) => this.#takeAnswered(response));
			return { ...handled, requests: answered };
		} catch (error) {
			this.#tell(error);
			return undefined;
		}
	}

	#takeAnswered(response: SimResponse): SimRequest {
		const request = this.#inFlight.get(response.id);
		if (!request) throw new Error(`answer to a request that was never sent: ${response.id}`);
		this.#inFlight.delete(response.id);
		return request;
	}

	#tell(error: unknown): void {
		this.onOutput(outputOf(error));
		this.onProblems([failureProblem(error)]);
	}

	/**
	 * Whether something listens at a port: where the crowd sends its requests always while it is up, elsewhere when its code has
	 * started a server there.
	 */
	listensAt(port: number): boolean {
		if (!this.#runner) return false;
		const served = this.#runner.targets?.()?.some((target) => target.port === port);
		return served || port === portOf(this.name);
	}

	/** Where its metrics are: at the first server that its code has started for them, or at its own port. */
	get metricsTarget(): MetricsTarget {
		return this.#runner?.targets?.()?.[0] ?? { port: portOf(this.name), path: METRICS_PATH };
	}

	/**
	 * Answers a scrape as the web server at that port does. Code that does not say where it listens has its metrics at /metrics, and
	 * nothing anywhere else; other code is asked for any path.
	 */
	async scrape(
		{ url, accept, timeout }: ScrapeRequest,
		target: MetricsTarget
	): Promise<ScrapeResponse> {
		const { random, pageRate } = this.#options;
		const latency = 1 + 2 * random();
		const failed = (reason: string, duration = latency): ScrapeResponse => ({
			ok: false,
			error: `Get "${url}": ${reason}`,
			duration
		});
		if (this.isScrapeLost()) return failed('context deadline exceeded', timeout);
		if (!this.#runner) return failed(`dial tcp ${this.name}: connect: connection refused`);
		const isAsked = this.#runner.targets?.() !== undefined;
		if (!isAsked && pathOf(target) !== METRICS_PATH) return { ...NOT_FOUND, duration: latency };
		try {
			const page = await this.#runner.scrape(accept, isAsked ? target : undefined);
			const duration = latency + (page.body.length / pageRate) * SECOND;
			// What comes too late nobody has got.
			if (duration <= timeout) this.page = page;
			if (page.problems.length > 0) this.onProblems(page.problems);
			const { status, contentType, body } = page;
			return { ok: true, status, contentType, body, duration };
		} catch (error) {
			this.#hasFailed = true;
			this.#tell(error);
			return failed('EOF');
		}
	}
}

const METRICS_PATH = '/metrics';
const NOT_FOUND = {
	ok: true,
	status: 404,
	contentType: 'text/plain; charset=utf-8',
	body: new Uint8Array(0)
} as const;

function pathOf({ path }: MetricsTarget): string {
	return path.replace(/\?.*$/, '');
}

/** Of an address, which always names one. */
function portOf(address: string): number {
	return Number(address.slice(address.lastIndexOf(':') + 1));
}

export function hasErrors(problems: readonly Problem[]): boolean {
	return problems.some((problem) => problem.severity === 'error');
}

function outputOf(error: unknown): readonly OutputLine[] {
	return error instanceof RunnerFailure ? error.output : [];
}

/** Whatever a runner throws is the end of its instance, and something that the learner should know. */
function failureProblem(error: unknown): Problem {
	const message = error instanceof Error && error.message ? error.message : String(error);
	const place = error instanceof RunnerFailure ? error.place : undefined;
	return { message, severity: 'error', ...place };
}
