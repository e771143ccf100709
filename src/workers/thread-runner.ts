import { proxy, wrap, type Remote } from 'comlink';
import {
	RunnerFailure,
	type ExposedPage,
	type Handled,
	type LoadResult,
	type Runner,
	type SimRequest,
	type SourceFiles
} from '#engine/sim';
import type { RunnerThread } from './typescript.worker.ts';

/** A thread of learner code, as much of a Worker as is needed. */
export interface Thread extends EventTarget {
	postMessage(message: unknown, transfer?: Transferable[]): void;
	terminate(): void;
}

export interface ThreadRunnerOptions {
	readonly seed: number;
	readonly workers: number;
	/** How long a call may take, ms of wall clock, before the thread is ended. */
	readonly deadline?: number;
	/** Takes a thread that has booted, or is booting. */
	readonly takeThread: () => Thread;
}

const DEADLINE = 3000;
/** Booting is our own doing and may be slow on a busy machine. */
const BOOT_DEADLINE = 30_000;

interface Place {
	readonly file: string;
	readonly line: number;
	readonly column: number;
}

/**
 * Learner code in a thread of its own, behind the same interface as in ours. A call that is not answered in time ends the
 * thread, which is the only way to stop JavaScript that never stops by itself; the call fails with a `RunnerFailure` that
 * names the loop that was running.
 */
export class ThreadRunner implements Runner {
	readonly #options: ThreadRunnerOptions;
	readonly #thread: Thread;
	readonly #remote: Remote<RunnerThread>;
	readonly #died: Promise<never>;
	#busyAt: Place | undefined;

	constructor(options: ThreadRunnerOptions) {
		this.#options = options;
		this.#thread = options.takeThread();
		this.#remote = wrap<RunnerThread>(this.#thread as Worker);
		this.#died = new Promise((_, reject) => {
			this.#thread.addEventListener('error', (event) => {
				event.preventDefault();
				const message = (event as ErrorEvent).message || 'the thread of the code died';
				reject(new RunnerFailure('crashed', message, this.#busyAt));
			});
		});
		this.#died.catch(() => {});
	}

	async load(files: SourceFiles, at: number): Promise<LoadResult> {
		const { seed, workers } = this.#options;
		const onBusy = proxy((place: Place) => {
			this.#busyAt = place;
		});
		await this.#within(BOOT_DEADLINE, this.#remote.create({ seed, workers }, onBusy), 'boot');
		return this.#call(this.#remote.load(files, at), 'loading the code');
	}

	handle(requests: readonly SimRequest[], until: number): Promise<Handled> {
		return this.#call(this.#remote.handle(requests, until), 'handle()');
	}

	scrape(accept: string): Promise<ExposedPage> {
		return this.#call(this.#remote.scrape(accept), 'making /metrics');
	}

	dispose(): void {
		this.#thread.terminate();
	}

	#call<Result>(answer: Promise<Result>, what: string): Promise<Result> {
		this.#busyAt = undefined;
		return this.#within(this.#options.deadline ?? DEADLINE, answer, what);
	}

	async #within<Result>(deadline: number, answer: Promise<Result>, what: string): Promise<Result> {
		let timer: ReturnType<typeof setTimeout> | undefined;
		const late = new Promise<never>((_, reject) => {
			timer = setTimeout(() => reject(this.#tooLate(deadline, what)), deadline);
		});
		try {
			return await Promise.race([answer, late, this.#died]);
		} catch (error) {
			this.#thread.terminate();
			throw error;
		} finally {
			clearTimeout(timer);
		}
	}

	#tooLate(deadline: number, what: string): RunnerFailure {
		const advice = this.#busyAt
			? 'it was still in this loop. Make sure that the loop comes to an end'
			: 'it was still at work. Look for something that never ends or takes very long';
		return new RunnerFailure(
			'deadline',
			`${what} took longer than ${deadline / 1000} seconds and was stopped: ${advice}`,
			this.#busyAt
		);
	}
}

/** Keeps one thread booted ahead, so that a run does not wait for one. A spare that died is not handed out. */
export function createThreadPool(spawn: () => Thread): () => Thread {
	let spare: Thread | undefined;
	const prepare = () => {
		const thread = spawn();
		spare = thread;
		thread.addEventListener('error', () => {
			if (spare === thread) spare = undefined;
		});
	};
	prepare();
	return () => {
		const thread = spare ?? spawn();
		prepare();
		return thread;
	};
}
