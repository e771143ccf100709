import { wrap, type Remote } from 'comlink';
import {
	RunnerFailure,
	type ExposedPage,
	type Handled,
	type LoadResult,
	type MetricsTarget,
	type Runner,
	type RunnerFailurePlace,
	type SimRequest,
	type SourceFiles
} from '#engine/sim';
import { isBusyNote, isExposedPage, isHandled, isLoadResult, type Shape } from './answer-shape.ts';
import { resultOf, type RunnerThread } from './runner-thread.ts';

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

/**
 * Learner code in a thread of its own, behind the same interface as in ours. A call that is not answered in time ends the
 * thread, which is the only way to stop JavaScript that never stops by itself, or Python within one long instruction; the call
 * fails with a `RunnerFailure` that names the loop that was running. So does one that the thread itself has stopped.
 */
export class ThreadRunner implements Runner {
	readonly #options: ThreadRunnerOptions;
	readonly #thread: Thread;
	readonly #remote: Remote<RunnerThread>;
	readonly #died: Promise<never>;
	#busyAt: RunnerFailurePlace | undefined;
	#targets: readonly MetricsTarget[] | undefined;

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
		this.#thread.addEventListener('message', (event) => {
			const { data } = event as MessageEvent<unknown>;
			if (isBusyNote(data)) this.#busyAt = data.busy;
		});
	}

	async load(files: SourceFiles, at: number): Promise<LoadResult> {
		const { seed, workers } = this.#options;
		await this.#within(BOOT_DEADLINE, this.#remote.create({ seed, workers }), 'booting');
		return this.#call(this.#remote.load(files, at), isLoadResult, 'loading the code');
	}

	handle(requests: readonly SimRequest[], until: number): Promise<Handled> {
		return this.#call(this.#remote.handle(requests, until), isHandled, 'handle()');
	}

	scrape(accept: string, target?: MetricsTarget): Promise<ExposedPage> {
		return this.#call(this.#remote.scrape(accept, target), isExposedPage, 'making /metrics');
	}

	targets(): readonly MetricsTarget[] | undefined {
		return this.#targets;
	}

	dispose(): void {
		this.#thread.terminate();
	}

	async #call<Result extends object>(
		answer: Promise<unknown>,
		isResult: Shape<Result>,
		what: string
	): Promise<Result> {
		this.#busyAt = undefined;
		const deadline = this.#options.deadline ?? DEADLINE;
		const sound = answer.then((given) => resultOf(given, isResult));
		const { targets, ...result } = await this.#within(deadline, sound, what);
		if (targets) this.#targets = targets;
		return result as unknown as Result;
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
