import type { Duration, Problem, Timestamp } from '#engine/model';

/** One request of the simulated crowd, as it arrives at one instance of a service. */
export interface SimRequest {
	readonly id: number;
	/** When it arrives. It may wait for a free worker before it is started. */
	readonly at: Timestamp;
	readonly method: string;
	/** As the user typed it: `/api/orders/17`. */
	readonly path: string;
	/** The route it belongs to: `/api/orders/{id}`. */
	readonly endpoint: string;
	readonly user: number;
	/** How long the work behind it truly takes: what `processRequest` waits on the virtual clock. */
	readonly work: Duration;
	/** What `processRequest` answers: a status, or an exception of that message. */
	readonly outcome: { readonly status: number } | { readonly throws: string };
}

/** What became of a request: recorded as truth, whatever the learner's code counted. */
export interface SimResponse {
	readonly id: number;
	readonly status: number;
	/** When a worker took it. */
	readonly started: Timestamp;
	readonly finished: Timestamp;
}

/** What came of loading learner code. Nothing runs when a problem is an error. */
export interface LoadResult {
	readonly problems: readonly Problem[];
	readonly output: readonly OutputLine[];
}

export interface OutputLine {
	readonly at: Timestamp;
	readonly level: 'log' | 'warn' | 'error';
	readonly text: string;
}

/** What happened in an instance while its clock moved on. */
export interface Handled {
	/** Requests that were finished in this stretch of time, in the order in which they finished. */
	readonly responses: readonly SimResponse[];
	/** Exceptions that left a handler, each message once. */
	readonly problems: readonly Problem[];
	readonly output: readonly OutputLine[];
}

/** The answer of an HTTP endpoint that is scraped. */
export interface ExposedPage {
	readonly status: number;
	readonly contentType: string;
	readonly body: Uint8Array;
	/** Why `/metrics` could not be made, when it could not. */
	readonly problems: readonly Problem[];
}

export type SourceFiles = Readonly<Record<string, string>>;

/**
 * Learner code in some language, as one running instance of a service. Three instances have three registries,
 * and a crash (`dispose`, then a new runner) loses one. Python and TypeScript are told apart by nobody beyond this.
 */
export interface Runner {
	/** Compiles the files and runs their top level at the given moment. Called once. */
	load(files: SourceFiles, at: Timestamp): Promise<LoadResult>;
	/** Lets the instance live until the given moment, with these requests arriving on the way, in order of time. */
	handle(requests: readonly SimRequest[], until: Timestamp): Promise<Handled>;
	/**
	 * What GET answers now at a target, /metrics when left out; exactly the writes made up to the moment of the last `handle`
	 * show.
	 */
	scrape(accept: string, target?: MetricsTarget): Promise<ExposedPage>;
	/** Where the code listens, as far as the last answer told; undefined for code that has no say in it. */
	targets?(): readonly MetricsTarget[] | undefined;
	dispose(): void;
}

/** A port of an instance's host, and a path there with its query, that may answer a scrape. */
export interface MetricsTarget {
	readonly port: number;
	readonly path: string;
}

/** A runner did not answer in time and was ended, or its thread died. */
export class RunnerFailure extends Error {
	/** Where the code was when it was ended, if it could still say so. */
	readonly place: RunnerFailurePlace | undefined;
	readonly reason: 'deadline' | 'crashed';
	/** What it had printed by then and nobody has been told yet. */
	readonly output: readonly OutputLine[];
	constructor(
		reason: 'deadline' | 'crashed',
		message: string,
		place?: RunnerFailurePlace,
		output: readonly OutputLine[] = []
	) {
		super(message);
		this.name = 'RunnerFailure';
		this.reason = reason;
		this.place = place;
		this.output = output;
	}
}

export interface RunnerFailurePlace {
	readonly file: string;
	readonly line: number;
	readonly column: number;
}
