import type { Problem, Timestamp } from '#engine/model';
import {
	WorkerPool,
	type Handled,
	type OutputLine,
	type SimRequest,
	type SimResponse,
	type VirtualClock
} from '#engine/sim';

/** What a service does with one request: the status it answers with, now or later on the virtual clock. */
export type Serve = (request: SimRequest) => number | Promise<number>;

/**
 * One instance of a service, living on a virtual clock: requests wait for a free worker, are served, and free it again.
 *
 * A handler may be async. Between two events of the clock the host waits until the handler that was resumed has either
 * answered or gone back to waiting on the clock, so that a write made at t' is there for a scrape at s exactly when t' <= s,
 * and so that one seed gives one order of events.
 */
export class ServiceHost {
	readonly clock: VirtualClock;
	readonly #serve: Serve;
	readonly #pool: WorkerPool;
	#responses: SimResponse[] = [];
	#problems: Problem[] = [];
	#output: OutputLine[] = [];
	/** Set when the code that an event resumed came to rest: it answered, or it waits on the clock again. */
	#atRest = true;
	/** Set when the event resumed no code at all. */
	#isIdle = true;
	/**
	 * Whether code never runs beside itself, so that one wait on the clock means that all of it waits. Else every event is
	 * followed by a turn of the task queue, which is slower and always right.
	 */
	isSequential = false;
	/** While it is true the clock does not move, and nobody can wait on it. */
	isStanding = false;

	constructor(clock: VirtualClock, workers: number, serve: Serve) {
		this.clock = clock;
		this.#serve = serve;
		this.#pool = new WorkerPool(clock, { workers });
	}

	/** Lets the instance live until the given moment, with these requests (in order of time) arriving on the way. */
	async handle(requests: readonly SimRequest[], until: Timestamp): Promise<Handled> {
		for (const request of requests) {
			this.clock.schedule(Math.max(request.at, this.clock.now), () => this.#arrive(request));
		}
		for (let next = this.clock.nextAt(); next !== undefined && next <= until;) {
			this.#atRest = false;
			this.#isIdle = false;
			this.clock.runNext();
			if (!this.#isIdle) await this.#settle();
			next = this.clock.nextAt();
		}
		this.clock.advance(until);
		return this.takeHandled();
	}

	/** What has happened since it was last taken. */
	takeHandled(): Handled {
		const handled = {
			responses: this.#responses,
			problems: this.#problems,
			output: this.#output
		};
		this.#responses = [];
		this.#problems = [];
		this.#output = [];
		return handled;
	}

	/** A wait on the virtual clock, in milliseconds. */
	sleep(duration: number): Promise<void> {
		if (this.isStanding) {
			throw new Error(
				'time stands still while /metrics is made: wait in handle or in a timer instead'
			);
		}
		const wait = Number.isFinite(duration) ? Math.max(0, duration) : 0;
		this.#atRest = true;
		return new Promise((resolve) => {
			this.clock.schedule(this.clock.now + wait, resolve);
		});
	}

	/** A problem is said once, however often it happens between two looks. */
	report(problem: Problem): void {
		const known = this.#problems.some(
			(other) =>
				other.message === problem.message &&
				other.line === problem.line &&
				other.file === problem.file
		);
		if (!known && this.#problems.length < MOST_PROBLEMS) this.#problems.push(problem);
	}

	print(level: OutputLine['level'], text: string): void {
		if (this.#output.length < MOST_OUTPUT) {
			this.#output.push({ at: this.clock.now, level, text });
		}
	}

	/**
	 * Waits until the code that was resumed last has come to rest. For sequential code a few turns of the microtask queue
	 * are enough, and then rest is seen; everything else gets a turn of the task queue, which comes after all microtasks.
	 */
	async #settle(): Promise<void> {
		if (this.isSequential) {
			for (let turn = 0; turn < MICROTASK_TURNS; turn++) {
				if (this.#atRest) return;
				await null;
			}
		}
		await nextTask();
	}

	#arrive(request: SimRequest): void {
		// Until a worker takes the request no code runs.
		this.#isIdle = true;
		this.#pool.submit((started, done) => {
			this.#isIdle = false;
			const finish = (status: number) => {
				this.#atRest = true;
				this.#responses.push({ id: request.id, status, started, finished: this.clock.now });
				done();
			};
			const answer = this.#serve(request);
			if (typeof answer === 'number') {
				finish(answer);
				this.#isIdle = this.isSequential;
			} else void answer.then(finish);
		});
	}
}

const MICROTASK_TURNS = 12;
const MOST_PROBLEMS = 20;
const MOST_OUTPUT = 200;

/** In Node an open port keeps the process alive; browsers have no such notion. */
interface HoldingPort {
	ref?(): void;
	unref?(): void;
}

const channel = new MessageChannel();
const holding: HoldingPort = channel.port1 as HoldingPort;
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => {
	waiting.shift()?.();
	if (waiting.length === 0) holding.unref?.();
};
holding.unref?.();
(channel.port2 as HoldingPort).unref?.();

/** The next turn of the task queue, after all microtasks. Unlike setTimeout(0) it is not held back to 4 ms. */
function nextTask(): Promise<void> {
	return new Promise((resolve) => {
		holding.ref?.();
		waiting.push(resolve);
		channel.port2.postMessage(null);
	});
}
