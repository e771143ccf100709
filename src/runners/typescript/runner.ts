import type { Problem, Timestamp } from '#engine/model';
import { createPromClient } from '#engine/registry';
import {
	VirtualClock,
	type ExposedPage,
	type Handled,
	type LoadResult,
	type Runner,
	type SimRequest,
	type SourceFiles
} from '#engine/sim';
import { ServiceHost } from '../service-host.ts';
import { compile, type CompiledProgram } from './compile.ts';
import { evaluateModules, type LoopGuard } from './evaluate-modules.ts';
import { exceptionProblem, problemAt } from './positions.ts';
import { sandboxGlobals } from './sandbox-globals.ts';
import { ShopError, shopModule, type ShopRequest } from './shop.ts';

export interface TypeScriptRunnerOptions {
	/** Chance that learner code asks for (`Math.random`) comes from this. */
	readonly seed: number;
	/** Requests that are served at the same time; more wait. */
	readonly workers: number;
	/** The file that exports `handle`. */
	readonly entry?: string;
	/** Tells of a loop that keeps a call busy, so that whoever ends the thread can name its place. */
	readonly watch?: LoopWatch;
}

export interface LoopWatch {
	/** Wall clock, ms. */
	now(): number;
	/** How long a call may take, ms, before one of its loops is told of. */
	readonly busyAfter: number;
	/** Called at most once a call, from inside the loop; what it throws ends the loop. */
	onBusy(place: { readonly file: string; readonly line: number; readonly column: number }): void;
}

/** Loop turns between two looks at the wall clock. */
const TURNS_PER_LOOK = 256;

/** A label value longer than this is refused: it would make every scrape carry it, and end in the tab running out of memory. */
const LONGEST_LABEL_VALUE = 1_000_000;

type Handler = (request: ShopRequest) => unknown;

/** A runner that can also be told of exceptions which only its thread gets to know. */
export interface StrayReporting extends Runner {
	reportStray(error: unknown): void;
}

/** TypeScript learner code as a running instance, in the thread that calls. `workers/` puts it behind one of its own. */
export function createTypeScriptRunner(options: TypeScriptRunnerOptions): StrayReporting {
	return new TypeScriptRunner(options);
}

class TypeScriptRunner implements StrayReporting {
	readonly #entry: string;
	readonly #options: TypeScriptRunnerOptions;
	readonly #clock = new VirtualClock(0);
	readonly #host: ServiceHost;
	readonly #works = new WeakMap<ShopRequest, SimRequest>();
	#client: ReturnType<typeof createPromClient> | undefined;
	#sources: SourceFiles = {};
	#handler: Handler | undefined;
	#metrics: (() => unknown) | undefined;
	#callBegan = 0;
	#toldBusy = false;

	constructor(options: TypeScriptRunnerOptions) {
		this.#options = options;
		this.#entry = options.entry ?? 'app.ts';
		this.#host = new ServiceHost(this.#clock, options.workers, (request) => this.#serve(request));
	}

	async load(files: SourceFiles, at: Timestamp): Promise<LoadResult> {
		this.#clock.advance(at);
		// Not before: when the process started is what the clock says here.
		this.#client = createPromClient({
			now: () => this.#clock.now,
			checkLabelValue: refuseHugeLabelValue
		});
		this.#sources = files;
		if (!Object.hasOwn(files, this.#entry)) {
			return failed([{ message: `there is no file ${this.#entry}`, severity: 'error' }]);
		}
		const provided: Record<string, unknown> = {
			'prom-client': this.#client,
			shop: shopModule(this.#host, this.#works)
		};
		const program = compile(this.#entry, files, Object.keys(provided));
		if (!program.ok) return failed(program.problems);
		this.#host.isSequential = program.isSequential;
		this.#callBegins();
		const problem = this.#run(program, provided);
		const { output, problems } = this.#host.takeHandled();
		return { problems: problem ? [problem, ...problems] : problems, output };
	}

	#run(
		{ modules }: CompiledProgram,
		provided: Readonly<Record<string, unknown>>
	): Problem | undefined {
		try {
			const exports = evaluateModules(this.#entry, modules, {
				provided,
				globals: sandboxGlobals(this.#host, this.#options.seed, (error) => this.#stray(error)),
				loopGuard: (file) => this.#loopGuard(file)
			});
			const source = this.#sources[this.#entry] ?? '';
			if (typeof exports.handle !== 'function') {
				const message = `${this.#entry} does not export a function handle: add "export async function handle(request: Request) { … }"`;
				return problemAt(this.#entry, source, 1, 1, message);
			}
			this.#handler = exports.handle as Handler;
			if (typeof exports.metrics === 'function') this.#metrics = exports.metrics as () => unknown;
			return undefined;
		} catch (error) {
			return exceptionProblem(error, this.#sources, '');
		}
	}

	handle(requests: readonly SimRequest[], until: Timestamp): Promise<Handled> {
		this.#callBegins();
		return this.#host.handle(requests, until);
	}

	/** GET /metrics: what the file's `metrics` export gives, or the default registry, as `start_http_server` serves it in Python. */
	async scrape(): Promise<ExposedPage> {
		if (!this.#client) throw new Error('making /metrics: no program is loaded');
		const { register } = this.#client;
		this.#callBegins();
		this.#host.isStanding = true;
		try {
			const text = await (this.#metrics ? this.#metrics() : register.metrics());
			if (typeof text !== 'string') {
				throw new TypeError('metrics() must return the text of register.metrics()');
			}
			return page(200, register.contentType, text, []);
		} catch (error) {
			const problem = exceptionProblem(error, this.#sources, ' (while /metrics was made)');
			return page(500, 'text/plain; charset=utf-8', problem.message, [problem]);
		} finally {
			this.#host.isStanding = false;
		}
	}

	dispose(): void {
		this.#handler = undefined;
	}

	#callBegins(): void {
		this.#callBegan = this.#options.watch?.now() ?? 0;
		this.#toldBusy = false;
	}

	/** An exception that no request brought about: of a timer, or of a promise that nobody waits for. */
	reportStray(error: unknown): void {
		this.#stray(error);
	}

	#stray(error: unknown): void {
		const circumstance = ' (outside of any request)';
		this.#host.report(exceptionProblem(error, this.#sources, circumstance));
	}

	#loopGuard(file: string): LoopGuard {
		const { watch } = this.#options;
		if (!watch) return () => {};
		let turns = 0;
		return (line, column) => {
			if (++turns % TURNS_PER_LOOK !== 0 || this.#toldBusy) return;
			if (watch.now() - this.#callBegan < watch.busyAfter) return;
			watch.onBusy({ file, line, column });
			this.#toldBusy = true;
		};
	}

	#serve(sim: SimRequest): number | Promise<number> {
		const request: ShopRequest = Object.freeze({
			method: sim.method,
			path: sim.path,
			endpoint: sim.endpoint,
			userId: sim.user
		});
		this.#works.set(request, sim);
		try {
			const answer = this.#handler?.(request);
			if (!(answer instanceof Promise)) return this.#statusOf(answer);
			return answer
				.then((response) => this.#statusOf(response))
				.catch((error) => this.#statusOfException(error, request));
		} catch (error) {
			return this.#statusOfException(error, request);
		}
	}

	#statusOf(response: unknown): number {
		const status =
			typeof response === 'object' && response !== null && 'status' in response
				? Number(response.status)
				: Number.NaN;
		if (Number.isInteger(status) && status >= 100 && status <= 599) return status;
		this.#host.report({
			message: 'handle() must return a response such as { status: 200 }; the user got a 500',
			severity: 'warning',
			file: this.#entry
		});
		return 500;
	}

	#statusOfException(error: unknown, request: ShopRequest): number {
		if (error instanceof ShopError) {
			this.#host.print('error', `500 ${request.method} ${request.path}: ${error.message}`);
		} else {
			const circumstance = ` (in handle, for ${request.method} ${request.endpoint}; the user got a 500)`;
			this.#host.report(exceptionProblem(error, this.#sources, circumstance));
		}
		return 500;
	}
}

function failed(problems: readonly Problem[]): LoadResult {
	return { problems, output: [] };
}

function page(
	status: number,
	contentType: string,
	text: string,
	problems: readonly Problem[]
): ExposedPage {
	return { status, contentType, body: new TextEncoder().encode(text), problems };
}

function refuseHugeLabelValue(metric: string, label: string, value: string): void {
	if (value.length <= LONGEST_LABEL_VALUE) return;
	const size = value.length.toLocaleString('en');
	throw new RangeError(
		`the label "${label}" of ${metric} was given a value of ${size} characters. Prometheus would store it whole in every series; here more than 1,000,000 are refused. Use short values from a bounded set`
	);
}
