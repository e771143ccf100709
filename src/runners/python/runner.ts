import type { Problem, Timestamp } from '#engine/model';
import {
	RunnerFailure,
	type ExposedPage,
	type Handled,
	type LoadResult,
	type MetricsTarget,
	type OutputLine,
	type Runner,
	type RunnerFailurePlace,
	type SimRequest,
	type SimResponse,
	type SourceFiles
} from '#engine/sim';
import type { Host, Interpreter, Watch } from './interpreter.ts';

export interface PythonRunnerOptions {
	readonly interpreter: Interpreter;
	/** Chance that learner code asks for (`random`, `os.urandom`, `uuid4`) comes from this. */
	readonly seed: number;
	/** Requests that are served at the same time, by all processes together; more wait. */
	readonly workers: number;
	/** The file that is run. */
	readonly entry?: string;
	/** Stops code that never ends; without it nothing does. */
	readonly watch?: Watch;
}

export interface PythonRunner extends Runner {
	/** What GET answers at a target; without one at /metrics of the first server that the program started. */
	scrape(accept: string, target?: MetricsTarget): Promise<ExposedPage>;
	/** Where the program listens, servers of metrics first. */
	targets(): readonly MetricsTarget[];
}

/** How the bridge answers: with a result, or with the place where the program was when it ended. */
type Answer<Result> = Result | Stop;

interface Stop {
	readonly stopped: Partial<RunnerFailurePlace>;
	readonly output: readonly OutputRow[];
}

interface HandledRows {
	readonly responses: readonly (readonly [number, number, Timestamp, Timestamp])[];
	readonly problems: readonly Problem[];
	readonly output: readonly OutputRow[];
}

interface Loaded {
	readonly problems: readonly Problem[];
	readonly output: readonly OutputRow[];
}

type OutputRow = readonly [at: Timestamp, level: OutputLine['level'], text: string];

/** Packages that lie in an archive which most programs do not need. */
const NEEDS_FLASK = /\b(flask|werkzeug|jinja2|markupsafe|itsdangerous|click|blinker)\b/;

/** The archives of packages that these files may import, besides the one that is always there. */
export function archivesFor(files: SourceFiles): readonly 'flask.zip'[] {
	return Object.values(files).some((text) => NEEDS_FLASK.test(text)) ? ['flask.zip'] : [];
}

/**
 * Python learner code as a running instance, in the thread that calls. It is one process; with a `gunicorn.conf.py` among the files
 * it has as many as that says, each with its own modules and registry, and they take requests in turn, and scrapes too.
 *
 * Calls fail with a `RunnerFailure` when the code did not end in time, and when it took the interpreter down with it.
 */
export function createPythonRunner(options: PythonRunnerOptions): PythonRunner {
	const { interpreter, watch, seed, workers, entry = 'app.py' } = options;
	const settings = JSON.stringify({ seed, workers, entry });
	let instance: number | undefined = enter('starting', (host) => host.create(settings));
	let isLoaded = false;

	function enter<Result>(what: string, work: (host: Host) => Result): Result {
		try {
			return interpreter.call(work, undefined).result;
		} catch (error) {
			throw crashed(what, error);
		}
	}

	/** Calls learner code, which may never end or end its process. */
	function run<Result>(what: string, work: (host: Host, instance: number) => string): Result {
		const id = instanceFor(what);
		let called: { result: string; wasStopped: boolean };
		try {
			called = interpreter.call((host) => work(host, id), watch);
		} catch (error) {
			throw crashed(what, error);
		}
		const answer = answerIn<Result>(what, called.result);
		if (!isStopped(answer)) return answer;
		const { file, line, column = 1 } = answer.stopped;
		const output = answer.output.map(outputLine);
		const place = file !== undefined && line !== undefined ? { file, line, column } : undefined;
		throw called.wasStopped
			? tooLate(what, watch, place, output)
			: interrupted(what, place, output);
	}

	function instanceFor(what: string): number {
		if (instance === undefined) throw new Error(`${what}: the runner was disposed of`);
		return instance;
	}

	/** Calls the program, which must have been loaded without an error. */
	function runLoaded<Result>(what: string, work: (host: Host, instance: number) => string): Result {
		if (!isLoaded) throw new Error(`${what}: no program is loaded`);
		return run(what, work);
	}

	return {
		async load(files: SourceFiles, at: Timestamp): Promise<LoadResult> {
			for (const archive of archivesFor(files)) await interpreter.addPackages(archive);
			const texts = JSON.stringify(files);
			const { problems, output } = run<Loaded>('loading the code', (host, id) =>
				host.load(id, texts, at)
			);
			isLoaded = problems.every(({ severity }) => severity !== 'error');
			return { problems, output: output.map(outputLine) };
		},

		async handle(requests: readonly SimRequest[], until: Timestamp): Promise<Handled> {
			const rows = JSON.stringify(requests.map(requestRow));
			const handled = runLoaded<HandledRows>('handle()', (host, id) =>
				host.handle(id, rows, until)
			);
			const { responses, problems, output } = handled;
			return { responses: responses.map(response), problems, output: output.map(outputLine) };
		},

		async scrape(accept: string, target?: MetricsTarget): Promise<ExposedPage> {
			const where = JSON.stringify(target ?? null);
			const page = runLoaded<Omit<ExposedPage, 'body'>>('making /metrics', (host, id) =>
				host.scrape(id, accept, where)
			);
			const body = enter('making /metrics', (host) => bodyOf(host, instanceFor('scrape()')));
			return { ...page, body };
		},

		targets() {
			return JSON.parse(enter('targets()', (host) => host.targets(instanceFor('targets()'))));
		},

		dispose(): void {
			const id = instance;
			instance = undefined;
			if (id === undefined) return;
			try {
				interpreter.call((host) => host.dispose(id), undefined);
			} catch {
				// An interpreter that is dead holds nothing that could be given back.
			}
		}
	};
}

function bodyOf(host: Host, instance: number): Uint8Array {
	const bytes = host.body_of(instance);
	try {
		return bytes.toJs();
	} finally {
		bytes.destroy();
	}
}

function requestRow({ id, at, method, path, endpoint, user, work, outcome }: SimRequest) {
	const status = 'status' in outcome ? outcome.status : null;
	const throws = 'throws' in outcome ? outcome.throws : null;
	return [id, at, method, path, endpoint, user, work, status, throws];
}

function response([id, status, started, finished]: HandledRows['responses'][number]): SimResponse {
	return { id, status, started, finished };
}

function outputLine([at, level, text]: OutputRow): OutputLine {
	return { at, level, text };
}

/** An interpreter without memory may answer with anything. */
function answerIn<Result>(what: string, text: string): Answer<Result> {
	try {
		return JSON.parse(text) as Answer<Result>;
	} catch {
		throw crashed(what, new Error('its memory is full'));
	}
}

function isStopped<Result>(answer: Answer<Result>): answer is Stop {
	return typeof answer === 'object' && answer !== null && 'stopped' in answer;
}

function tooLate(
	what: string,
	watch: Watch | undefined,
	place: RunnerFailurePlace | undefined,
	output: readonly OutputLine[]
): RunnerFailure {
	const advice = place
		? 'it was still in this line. Make sure that the loop comes to an end'
		: 'it was still at work. Look for something that never ends or takes very long';
	const seconds = (watch?.deadline ?? 0) / 1000;
	return new RunnerFailure(
		'deadline',
		`${what} took longer than ${seconds} seconds and was stopped: ${advice}`,
		place,
		output
	);
}

function interrupted(
	what: string,
	place: RunnerFailurePlace | undefined,
	output: readonly OutputLine[]
): RunnerFailure {
	return new RunnerFailure(
		'crashed',
		`${what} ended in KeyboardInterrupt, which ends a service: raise another exception`,
		place,
		output
	);
}

/** What leaves Python by no way of its own: it ran out of stack or memory, or there is a mistake in the bridge. */
function crashed(what: string, error: unknown): RunnerFailure {
	const said = error instanceof Error ? error.message.trim() : String(error);
	const last = said.split('\n').at(-1);
	const words = last ? ` (${last})` : '';
	return new RunnerFailure(
		'crashed',
		`Python crashed in ${what}${words}: look for very much memory, or for a recursion without an end`
	);
}
