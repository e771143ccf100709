import {
	RunnerFailure,
	type ExposedPage,
	type Handled,
	type LoadResult,
	type MetricsTarget,
	type OutputLine,
	type RunnerFailurePlace,
	type SimRequest,
	type SourceFiles
} from '#engine/sim';
import { hasTargets, isFailed, type Shape } from './answer-shape.ts';

/** What a thread of learner code answers to, whatever its language. */
export interface RunnerThread {
	/** Called once and first, when the thread has booted. */
	create(settings: { readonly seed: number; readonly workers: number }): void | Promise<void>;
	load(files: SourceFiles, at: number): Promise<ThreadAnswer<LoadResult>>;
	handle(requests: readonly SimRequest[], until: number): Promise<ThreadAnswer<Handled>>;
	scrape(accept: string, target?: MetricsTarget): Promise<ThreadAnswer<ExposedPage>>;
}

/** What a thread posts beside its answers, while it owes one: where code is that has been at work for long. */
export interface BusyNote {
	readonly busy: RunnerFailurePlace;
}

/** What a thread of learner code answers: its result and where the code listens now, or how the code failed. */
export type ThreadAnswer<Result> =
	(Result & { readonly targets?: readonly MetricsTarget[] }) | { readonly failure: FailureNote };

/** A `RunnerFailure` as plain data, since an error that crosses between threads keeps no more than its message. */
export interface FailureNote {
	readonly reason: RunnerFailure['reason'];
	readonly message: string;
	readonly place: RunnerFailurePlace | undefined;
	readonly output: readonly OutputLine[];
}

/** Answers with the failure of some work in place of its result; other errors go on. */
export async function answerOf<Result>(
	work: () => Promise<Result>
): Promise<Result | { readonly failure: FailureNote }> {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof RunnerFailure)) throw error;
		const { reason, message, place, output } = error;
		return { failure: { reason, message, place, output } };
	}
}

/**
 * The result that the other thread has answered with.
 *
 * @throws RunnerFailure that the other thread has noted, or when this is no answer of our own code
 */
export function resultOf<Result extends object>(
	answer: unknown,
	isResult: Shape<Result>
): Result & { readonly targets?: readonly MetricsTarget[] } {
	if (isFailed(answer)) {
		const { reason, message, place, output } = answer.failure;
		throw new RunnerFailure(reason, message, place, output);
	}
	if (isResult(answer) && hasTargets(answer)) return answer;
	throw new RunnerFailure('crashed', TAMPERED);
}

const TAMPERED =
	'the thread of the code answered something that makes no sense: take away what changes the language itself';
