import { wrap } from 'comlink';
import type { PythonAnswers, PythonQuestion } from './python-help-answers.ts';

/** What is used of a Worker. */
export type HelpThread = Pick<
	Worker,
	'postMessage' | 'addEventListener' | 'removeEventListener' | 'terminate'
>;

/** What the thread answers to; see `workers/python-help.worker.ts`. */
export interface RemoteHelp {
	boot(): Promise<void>;
	answer(question: string): Promise<string>;
}

export interface PythonHelpOptions {
	readonly open: () => HelpThread;
	readonly whenIdle: (run: () => void) => void;
	/** Calls after so many ms. Gives a function that forgets about it. */
	readonly after: (wait: number, run: () => void) => () => void;
}

/** Help with Python, or none: the editor asks, and goes on without where nothing comes back. */
export interface PythonHelp {
	/**
	 * Starts the thread when the page has nothing better to do, unless there is one. One that could not be started is tried again once,
	 * the next time that this is called.
	 */
	want(): void;
	/**
	 * Gives undefined when the thread is not there, does not answer in time, or nobody waits any more: `isStale` is asked before the
	 * question is sent, and again when its answer has come. Never fails.
	 */
	ask<Kind extends PythonQuestion['kind']>(
		question: PythonQuestion & { readonly kind: Kind },
		isStale: () => boolean
	): Promise<PythonAnswers[Kind] | undefined>;
}

/** How long a question waits for its answer, ms. */
const PATIENCE = 1000;
/** A thread that owes an answer for so long is stuck, ms. */
const STUCK_AFTER = 15_000;
/** The first, and one in place of one that died or could not be started. */
const MOST_STARTS = 2;

export function createPythonHelp({ open, whenIdle, after }: PythonHelpOptions): PythonHelp {
	let isUnderWay = false;
	let starts = 0;
	let connection: Connection | undefined;
	/** Settles when the thread is free for one more question. */
	let turn: Promise<unknown> = Promise.resolve();

	async function start(): Promise<void> {
		starts += 1;
		connection = await connect(open, after);
		await connection?.gone;
		const wasOfUse = connection !== undefined;
		connection = undefined;
		isUnderWay = false;
		// Where none could be started another would fare no better at once, and where there is no Python never.
		if (wasOfUse) want();
	}

	function want(): void {
		if (isUnderWay || starts === MOST_STARTS) return;
		isUnderWay = true;
		whenIdle(start);
	}

	async function askInTurn(question: PythonQuestion, isStale: () => boolean) {
		if (isStale()) return undefined;
		const answer = await connection?.ask(JSON.stringify(question));
		return answer === undefined || isStale() ? undefined : JSON.parse(answer);
	}

	return {
		want,
		async ask(question, isStale) {
			if (!connection) return undefined;
			let isLate = false;
			const asked = turn.then(() => askInTurn(question, () => isLate || isStale()));
			turn = asked;
			return new Promise((resolve) => {
				const forget = after(PATIENCE, () => {
					isLate = true;
					resolve(undefined);
				});
				void asked.then(resolve).finally(forget);
			});
		}
	};
}

/** A thread that is ready to answer, one question at a time. */
interface Connection {
	/** Resolves when the thread has come to its end. */
	readonly gone: Promise<undefined>;
	/** Gives undefined when the thread dies of the question. */
	ask(question: string): Promise<string | undefined>;
}

/** Gives undefined where no thread can be started. */
async function connect(
	open: PythonHelpOptions['open'],
	after: PythonHelpOptions['after']
): Promise<Connection | undefined> {
	let thread: HelpThread;
	try {
		thread = open();
	} catch {
		return undefined;
	}
	const remote = wrap<RemoteHelp>(thread as Worker);
	let end = () => {};
	const gone = new Promise<undefined>((resolve) => {
		end = () => {
			thread.terminate();
			resolve(undefined);
		};
	});
	thread.addEventListener('error', end);
	const booted = remote.boot().then(
		() => true,
		() => false
	);
	if (!(await Promise.race([booted, gone]))) {
		end();
		return undefined;
	}
	return {
		gone,
		async ask(question) {
			const forget = after(STUCK_AFTER, end);
			try {
				return await Promise.race([remote.answer(question), gone]);
			} catch {
				// Jedi's own failures are answers; this was the interpreter's.
				end();
				return undefined;
			} finally {
				forget();
			}
		}
	};
}
