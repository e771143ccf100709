import {
	RunnerFailure,
	type ExposedPage,
	type Handled,
	type LoadResult,
	type MetricsTarget,
	type RunnerFailurePlace,
	type SimRequest,
	type SourceFiles
} from '#engine/sim';

/** What a thread of learner code answers to, whatever its language. */
export interface RunnerThread {
	/** Called once and first, when the thread has booted. `onBusy` hears where code is that has been at work for long. */
	create(
		settings: { readonly seed: number; readonly workers: number },
		onBusy: (place: RunnerFailurePlace) => void
	): void | Promise<void>;
	load(files: SourceFiles, at: number): Promise<ThreadAnswer<LoadResult>>;
	handle(requests: readonly SimRequest[], until: number): Promise<ThreadAnswer<Handled>>;
	scrape(accept: string, target?: MetricsTarget): Promise<ThreadAnswer<ExposedPage>>;
}

/** What a thread of learner code answers: its result and where the code listens now, or how the code failed. */
export type ThreadAnswer<Result> =
	(Result & { readonly targets?: readonly MetricsTarget[] }) | { readonly failure: FailureNote };

/** A `RunnerFailure` as plain data, since an error that crosses between threads keeps no more than its message. */
interface FailureNote {
	readonly reason: RunnerFailure['reason'];
	readonly message: string;
	readonly place: RunnerFailurePlace | undefined;
}

/** Answers with the failure of some work in place of its result; other errors go on. */
export async function answerOf<Result>(
	work: () => Promise<Result>
): Promise<Result | { readonly failure: FailureNote }> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof RunnerFailure)) throw error;
		const { reason, message, place } = error;
		return { failure: { reason, message, place } };
	}
}

/** @throws RunnerFailure that the other thread has noted */
export function resultOf<Result extends object>(
	answer: ThreadAnswer<Result>
): Result & { readonly targets?: readonly MetricsTarget[] } {
	if (!('failure' in answer)) return answer;
	const { reason, message, place } = answer.failure;
	throw new RunnerFailure(reason, message, place);
}
