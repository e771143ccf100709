import type { HeadStatistics, PrometheusApi } from '#engine/api';
import type {
	Evidence,
	InstanceOutput,
	InstanceStatus,
	LabEvent,
	RequestLine,
	TrialGraph,
	TruthSeries
} from '#engine/lab';
import type { Duration, Labels, Problem, Timestamp } from '#engine/model';
import type { ExplainLimits, ExplainOutcome, Features, QueryRange, StepGrid } from '#engine/promql';
import type { Fault, LoadResult, SourceFiles } from '#engine/sim';

/** The only types that cross between the page and the lab's thread: plain data in, plain data out. */

/** The file that says what is scraped, and how. Its problems are told under this name. */
export const CONFIG_FILE = 'prometheus.yml';

/** What learners write programs in. */
export type CodeLanguage = 'typescript' | 'python';

/** The file that a program begins with. Its name says what language the program is in. */
export const ENTRIES = {
	typescript: 'app.ts',
	python: 'app.py'
} as const satisfies Record<CodeLanguage, string>;

export interface LabStart {
	/** The text of a world.yaml. */
	readonly world: string;
	/** The text of a `prometheus.yml`; left out, every instance of the world is scraped, as the world says. */
	readonly config?: string;
	readonly seed: number;
	readonly files: SourceFiles;
	/** Virtual seconds per second of wall clock; 0 is paused. */
	readonly speed: number;
	/** How long samples and requests are kept, virtual ms; the lab's own default when left out. */
	readonly retention?: Duration;
	/** Virtual time to live through before the page sees anything, ms: a chart that is not empty. */
	readonly headStart?: number;
}

/** An instance, and whether Prometheus has a target there. */
export interface SeenInstance extends InstanceStatus {
	/** False when no job names its address, or relabelling dropped it: then nothing scrapes it. */
	readonly isTarget: boolean;
}

/** How the world looks now, and what has gone by since the last snapshot. At most ten a second. */
export interface Snapshot {
	readonly start: Timestamp;
	readonly now: Timestamp;
	readonly speed: number;
	/** Requests per second that the crowd sends. */
	readonly rate: number;
	readonly instances: readonly SeenInstance[];
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
	/** The text of a `prometheus.yml`, in place of what the world says. */
	readonly config?: string;
	readonly duration: number;
	readonly queries?: readonly string[];
	readonly graphs?: readonly TrialGraph[];
}

export type TrialAnswer =
	| { readonly ok: true; readonly evidence: Evidence }
	| { readonly ok: false; readonly problems: readonly Problem[] };

/** What was found for a job and makes no target. Prometheus only writes it to its log. */
export interface RefusedTarget {
	/** The `job_name` of the scrape config that it was found by. */
	readonly scrapePool: string;
	readonly discoveredLabels: Labels;
	/** In Prometheus' words. */
	readonly error: string;
}

/** What the store holds: what status/tsdb tells of a head, how much of it goes on, and its size. */
export interface StoreStatus extends HeadStatistics {
	/** Series whose last sample is no staleness marker. */
	readonly liveSeries: number;
	/** Series that have ended, and stay until retention forgets them. */
	readonly churnedSeries: number;
	readonly samples: number;
	readonly bytes: number;
}

/** What a query took to answer. */
export interface QueryBill {
	readonly query: string;
	/** Wall time, ms. */
	readonly took: number;
	/** Why there was no answer, in Prometheus' words. */
	readonly error?: string;
}

/**
 * What scrapes and queries cost on this machine: wall times in ms, measured, which differ from one run to the next. Virtual time, by which
 * a scrape is in time or too late, has no part in them. What the store holds says `StoreStatus`.
 */
export interface Bills {
	/** The virtual moment of them. */
	readonly at: Timestamp;
	/** From asking the instances for their last pages until those were there; undefined before the first. */
	readonly render: number | undefined;
	/** Of those pages. They count also when Prometheus gave up waiting for them. */
	readonly pageBytes: number;
	/** What gzip makes of a page: the last, or one that was within a tenth as big. Undefined before the first. */
	readonly gzip: { readonly bytes: number; readonly of: number } | undefined;
	/** Parsing the last pages and appending their samples; undefined before the first. */
	readonly store: number | undefined;
	readonly queries: readonly QueryBill[];
}

/** How much of Python has come. Bytes as they are read, which is after decompression; all of them, and it only has to start. */
export interface PythonDownload {
	readonly received: number;
	readonly total: number;
}

/** What of an explanation is to be looked into, and how much of each list is of use. */
export interface ExplainWish {
	/** The step; unless set, the last one with a value. */
	readonly time?: Timestamp;
	/** The series; unless set, the first. */
	readonly labels?: Labels;
	readonly limits?: Partial<ExplainLimits>;
}

/** What the lab's thread answers to. */
export interface LabApi extends PrometheusApi {
	start(options: LabStart): Promise<LoadResult>;
	deploy(files: SourceFiles): Promise<LoadResult>;
	/** Scrapes by this `prometheus.yml` from now on. With an error among the problems nothing has changed. */
	configure(config: string): Promise<readonly Problem[]>;
	/** What `configure` would say of this `prometheus.yml`, without putting it in force. */
	checkConfig(config: string): Promise<readonly Problem[]>;
	/** What makes no target, job by job. */
	refusedTargets(): Promise<readonly RefusedTarget[]>;
	setSpeed(speed: number): Promise<void>;
	/** Lives through one more scrape. */
	step(): Promise<void>;
	/** Lives through this much virtual time as fast as it goes, ms. False when it was stopped on the way. */
	skip(duration: number): Promise<boolean>;
	/** Ends a skip, and the world stands still where it has got to: the pace is 0. */
	stopSkipping(): Promise<void>;
	setRate(rate: number): Promise<void>;
	addFault(fault: Fault): Promise<void>;
	/** What is stored. It is counted by walking over everything: for a reader who looks, not for every snapshot. */
	storeStatus(): Promise<StoreStatus>;
	/** What the last scrapes took, and what each of these queries takes over the last so much time, as a chart asks it. */
	bills(queries: readonly string[], window: Duration): Promise<Bills>;
	/** The text of an instance's /metrics as last scraped. */
	metricsPage(instance: string): Promise<string | undefined>;
	/** Switches experimental parts of PromQL on and off from now on, in every world: what a server takes from --enable-feature. */
	setFeatures(features: Features): Promise<void>;
	/** What each part of a query does, at one moment or over a range. A real Prometheus could not tell. Its times are milliseconds. */
	explain(query: string, at: Timestamp | QueryRange, wish: ExplainWish): Promise<ExplainOutcome>;
	/** The truth behind a query at each step of a grid; undefined when it has none. */
	truth(query: string, grid: StepGrid): Promise<readonly TruthSeries[] | undefined>;
	runTrial(trial: TrialRequest): Promise<TrialAnswer>;
}
