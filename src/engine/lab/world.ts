import type { Duration, Timestamp } from '#engine/model';
import type { FaultTimeline, RateProfile, RouteSpec, UserPopulation } from '#engine/sim';

/** Everything a simulation starts from, apart from its seed and the learner's code. Plain data. */
export interface World {
	readonly title: string;
	/** Where the virtual clock begins. */
	readonly start: Timestamp;
	readonly scrape: ScrapeSettings;
	/** The service whose code the learner writes. */
	readonly service: ServiceSpec;
	/** Built-in services beside it, that the learner's one depends on. */
	readonly dependencies: readonly DependencySpec[];
	readonly traffic: {
		/** Moments count from `start`. */
		readonly rate: RateProfile;
		readonly routes: readonly RouteSpec[];
		readonly users: UserPopulation;
	};
	/** Moments count from `start`. */
	readonly faults: FaultTimeline;
	/** Which metrics measure what the simulator knows; their truth can be drawn beside them. */
	readonly truth: TruthNames;
}

export interface ScrapeSettings {
	readonly interval: Duration;
	readonly timeout: Duration;
	/** Bytes of an uncompressed page; 0 for no limit. */
	readonly bodySizeLimit: number;
}

export interface ServiceSpec {
	readonly job: string;
	readonly instances: number;
	readonly port: number;
	/** Requests that one instance serves at a time. */
	readonly workers: number;
	/** Bytes of /metrics that one instance writes and sends in a second of virtual time: what makes a scrape of a big page long. */
	readonly pageRate: number;
}

/** What the nth instance of a service is called, counted from 1: its `instance` label. */
export function instanceName(service: { readonly job: string; readonly port: number }, n: number) {
	return `${service.job}-${n}:${service.port}`;
}

export interface DependencySpec {
	readonly job: string;
	readonly port: number;
}

export interface TruthNames {
	/** The counter of requests. */
	readonly requests: string;
	/** The histogram of their durations, in seconds. */
	readonly durations: string;
}
