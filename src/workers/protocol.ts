import type { PrometheusApi } from '#engine/api';
import type {
	Evidence,
	InstanceOutput,
	InstanceStatus,
	LabEvent,
	RequestLine,
	TruthSeries
} from '#engine/lab';
import type { Problem, Timestamp } from '#engine/model';
import type { StepGrid } from '#engine/promql';
import type { Fault, LoadResult, SourceFiles } from '#engine/sim';

/** The only types that cross between the page and the lab's thread: plain data in, plain data out. */

export interface LabStart {
	/** The text of a world.yaml. */
	readonly world: string;
	readonly seed: number;
	readonly files: SourceFiles;
	/** Virtual seconds per second of wall clock; 0 is paused. */
	readonly speed: number;
	/** Virtual time to live through before the page sees anything, ms: a chart that is not empty. */
	readonly headStart?: number;
}

/** How the world looks now, and what has gone by since the last snapshot. At most ten a second. */
export interface Snapshot {
	readonly start: Timestamp;
	readonly now: Timestamp;
	readonly speed: number;
	/** Requests per second that the crowd sends. */
	readonly rate: number;
	readonly instances: readonly InstanceStatus[];
	readonly faults: readonly Fault[];
	readonly requests: readonly RequestLine[];
	readonly output: readonly InstanceOutput[];
	readonly problems: readonly Problem[];
	readonly events: readonly LabEvent[];
	readonly series: number;
	readonly samples: number;
}

/** A trial as the page asks for it: the lab's thread reads the world itself. */
export interface TrialRequest {
	readonly world: string;
	readonly seed: number;
	readonly files: SourceFiles;
	readonly duration: number;
	readonly queries?: readonly string[];
}

export type TrialAnswer =
	| { readonly ok: true; readonly evidence: Evidence }
	| { readonly ok: false; readonly problems: readonly Problem[] };

/** What the lab's thread answers to. */
export interface LabApi extends PrometheusApi {
	start(options: LabStart): Promise<LoadResult>;
	deploy(files: SourceFiles): Promise<LoadResult>;
	setSpeed(speed: number): Promise<void>;
	/** Lives through one more scrape. */
	step(): Promise<void>;
	/** Lives through this much virtual time as fast as it goes, ms. */
	skip(duration: number): Promise<void>;
	setRate(rate: number): Promise<void>;
	addFault(fault: Fault): Promise<void>;
	/** The text of an instance's /metrics as last scraped. */
	metricsPage(instance: string): Promise<string | undefined>;
	/** The truth behind a query at each step of a grid; undefined when it has none. */
	truth(query: string, grid: StepGrid): Promise<readonly TruthSeries[] | undefined>;
	runTrial(trial: TrialRequest): Promise<TrialAnswer>;
}
