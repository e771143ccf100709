import type { Timestamp } from '#engine/model';
import type { VirtualClock } from './virtual-clock.ts';

/** Work for a pool: called with the moment at which a worker takes it; calls `done` once, when the worker is free again. */
export type Job = (start: Timestamp, done: () => void) => void;

export interface WorkerPoolOptions {
	/** How many jobs run at once. */
	readonly workers: number;
	/** How many jobs may wait; no limit when left out. */
	readonly queueLimit?: number;
}

/**
 * The workers of one instance. A job that finds all of them busy waits, first come first served: this is where
 * saturation turns into latency.
 */
export class WorkerPool {
	readonly #clock: VirtualClock;
	readonly #workers: number;
	readonly #queueLimit: number;
	#waiting: Job[] = [];
	/** Jobs before this place have been started; they are cut off now and then instead of shifted one by one. */
	#head = 0;
	#busy = 0;
	#isStarting = false;

	constructor(clock: VirtualClock, { workers, queueLimit = Infinity }: WorkerPoolOptions) {
		if (!(workers >= 1)) throw new Error(`a pool needs at least one worker: ${workers}`);
		this.#clock = clock;
		this.#workers = workers;
		this.#queueLimit = queueLimit;
	}

	/** Workers that have a job. */
	get busy(): number {
		return this.#busy;
	}

	/** Jobs that wait. */
	get queued(): number {
		return this.#waiting.length - this.#head;
	}

	/** Starts the job now or when a worker becomes free; false when the queue is full and the job is turned away. */
	submit(job: Job): boolean {
		if (this.#busy >= this.#workers && this.queued >= this.#queueLimit) return false;
		this.#waiting.push(job);
		this.#startWaiting();
		return true;
	}

	/** A job may be done at once and so free its worker while others are being started: the outer loop goes on with that. */
	#startWaiting(): void {
		if (this.#isStarting) return;
		this.#isStarting = true;
		try {
			while (this.#busy < this.#workers && this.queued > 0) this.#start(this.#take());
		} finally {
			this.#isStarting = false;
		}
	}

	#take(): Job {
		const job = this.#waiting[this.#head++] as Job;
		if (this.#head > 1024 || this.#head === this.#waiting.length) {
			this.#waiting = this.#waiting.slice(this.#head);
			this.#head = 0;
		}
		return job;
	}

	#start(job: Job): void {
		this.#busy++;
		let isDone = false;
		job(this.#clock.now, () => {
			if (isDone) throw new Error('a job was done twice');
			isDone = true;
			this.#busy--;
			this.#startWaiting();
		});
	}
}
