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
			this.clock.runNext();
			if (!this.#atRest) await this.settle();
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
		const wait = Number.isFinite(duration) ? Math.max(0, duration) : 0;
		this.#atRest = true;
		return new Promise((resolve) => {
			this.clock.schedule(this.clock.now + wait, resolve);
		});
	}

	/** Says that the event that is running resumed nothing that must be waited for. */
	rest(): void {
		this.#atRest = true;
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
	 * Waits until the code resumed last has come to rest. A few turns of the microtask queue are enough for a plain handler;
	 * code that rests in no way we can see (Promise.all, a callback of a timer) gets one turn of the task queue, which is
	 * slower but drains every microtask there is.
	 */
	async settle(): Promise<void> {
		for (let turn = 0; turn < MICROTASK_TURNS; turn++) {
			await null;
			if (this.#atRest) return;
		}
		await nextTask();
	}

	#arrive(request: SimRequest): void {
		let waits = true;
		this.#pool.submit((started, done) => {
			waits = false;
			const finish = (status: number) => {
				this.#atRest = true;
				this.#responses.push({ id: request.id, status, started, finished: this.clock.now });
				done();
			};
			const answer = this.#serve(request);
			if (typeof answer === 'number') finish(answer);
			else answer.then(finish);
		});
		if (waits) this.#atRest = true;
	}
}

const MICROTASK_TURNS = 12;
const MOST_PROBLEMS = 20;
const MOST_OUTPUT = 200;

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();
// In Node an open port would keep the process alive; browsers have no such notion.
for (const port of [channel.port1, channel.port2] as { unref?(): void }[]) port.unref?.();

/** The next turn of the task queue, after all microtasks. Unlike setTimeout(0) it is not held back to 4 ms. */
function nextTask(): Promise<void> {
	return new Promise((resolve) => {
		waiting.push(resolve);
		for (const port of [channel.port1] as { ref?(): void; unref?(): void }[]) port.ref?.();
		channel.port2.postMessage(null);
	});
}
