/**
 * The world that Prometheus watches: a crowd with its habits, a service that gets busy and breaks, and the truth about
 * all of it.
 *
 * The simulation is a discrete-event one. Time is a `VirtualClock` that moves only when told to; chance is a seeded
 * `RandomSource` with a stream for each purpose, so one seed gives one history. Requests arrive by a non-homogeneous
 * Poisson process, users come from a Zipf population, work takes as long as a latency model says, a `WorkerPool` turns
 * saturation into waiting, faults lie on a timeline as plain data. `Truth` records what became of every request, and
 * answers for any range what a perfect observer would have seen, until it is told to forget what is old.
 *
 * Everything is in milliseconds, except rates, which are per second. Models are plain data, to be written in YAML.
 *
 * Left out: networks (a request reaches its instance at once), retries and impatient users, and memory or CPU as
 * resources; an instance has workers and nothing else to run out of.
 */
export { type RandomSource, createRandom } from './random.ts';
export { type QueuedEvent, EventQueue } from './event-queue.ts';
export { type Cancel, VirtualClock } from './virtual-clock.ts';
export {
	type LatencyModel,
	type LatencyMode,
	type LatencySampler,
	latencySampler
} from './latency.ts';
export { type RateProfile, rateAt, peakRate } from './rate-profile.ts';
export {
	type TrafficSpec,
	type RouteSpec,
	type UserPopulation,
	type SimRequestDraft,
	type Traffic,
	createTraffic
} from './traffic.ts';
export {
	type Fault,
	type CrashFault,
	type ErrorBurstFault,
	type SlowDependencyFault,
	type LostScrapeFault,
	type OutboundCutFault,
	type FaultTimeline,
	type Transition,
	addFault,
	shiftFaults,
	faultEnd,
	activeFaults,
	failureShare,
	slowdown,
	isDown,
	isScrapeLost,
	isOutboundCut,
	transitions,
	withFaults
} from './faults.ts';
export { type Job, type WorkerPoolOptions, WorkerPool } from './worker-pool.ts';
export { type Balancing, type Balancer, createBalancer } from './balancer.ts';
export {
	type TruthDimension,
	type TruthCombination,
	type TruthCount,
	type Answers,
	type LatencyMeasure,
	Truth
} from './truth.ts';
export { type RequestRecord } from './truth-columns.ts';
export { type StatusClass, type TruthFilter, statusClass } from './truth-filter.ts';
export { type Grid } from './truth-series.ts';
export { type Interval } from './uptime.ts';
export {
	type SimRequest,
	type SimResponse,
	type LoadResult,
	type OutputLine,
	type Handled,
	type ExposedPage,
	type SourceFiles,
	type MetricsTarget,
	type Runner,
	RunnerFailure,
	type RunnerFailurePlace
} from './runner.ts';
