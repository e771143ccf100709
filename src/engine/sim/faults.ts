import type { Duration, Timestamp } from '#engine/model';
import type { RandomSource } from './random.ts';
import type { SimRequestDraft } from './traffic.ts';

/**
 * Something that goes wrong at a moment, as plain data. Durations in milliseconds, shares 0 to 1. A fault that lasts
 * `for` d is active in [at, at + d). Moments are on the clock that the questions below are asked in: a world counts
 * them from its start, `shiftFaults` brings them onto the virtual clock.
 */
export type Fault =
	CrashFault | ErrorBurstFault | SlowDependencyFault | LostScrapeFault | OutboundCutFault;

/** An instance dies, with all its registry holds, and starts afresh after `downFor`. */
export interface CrashFault {
	readonly kind: 'crash';
	readonly at: Timestamp;
	readonly instance: string;
	readonly downFor: Duration;
}

/** A share of requests throws, of one endpoint or of all. */
export interface ErrorBurstFault {
	readonly kind: 'error-burst';
	readonly at: Timestamp;
	readonly for: Duration;
	readonly share: number;
	readonly endpoint?: string;
	/** What is thrown: `service unavailable` when left out. */
	readonly message?: string;
}

/** Work that waits for a dependency takes `factor` times as long. */
export interface SlowDependencyFault {
	readonly kind: 'slow-dependency';
	readonly at: Timestamp;
	readonly for: Duration;
	readonly dependency: string;
	readonly factor: number;
}

/** Scrapes of one instance, or of all, fail with `context deadline exceeded`; the service itself is well. */
export interface LostScrapeFault {
	readonly kind: 'lost-scrape';
	readonly at: Timestamp;
	readonly for: Duration;
	readonly instance?: string;
}

/**
 * The service can open no connection to anybody: what it asks of a dependency fails at once, and the dependency hears nothing of it.
 * Who calls the service still gets through, and so do scrapes.
 */
export interface OutboundCutFault {
	readonly kind: 'outbound-cut';
	readonly at: Timestamp;
	readonly for: Duration;
}

/** Faults in order of their moments. Plain data: adding one makes a new timeline. */
export type FaultTimeline = readonly Fault[];

/** An instance goes down or comes up again. */
export interface Transition {
	readonly at: Timestamp;
	readonly instance: string;
	readonly up: boolean;
}

/** The timeline with one more fault in its place. */
export function addFault(timeline: FaultTimeline, fault: Fault): FaultTimeline {
	return [...timeline, fault].sort((a, b) => a.at - b.at);
}

/** The timeline with every moment later by so much. */
export function shiftFaults(timeline: FaultTimeline, by: Duration): FaultTimeline {
	return timeline.map((fault) => ({ ...fault, at: fault.at + by }));
}

/** When a fault is over, exclusive. */
export function faultEnd(fault: Fault): Timestamp {
	return fault.at + (fault.kind === 'crash' ? fault.downFor : fault.for);
}

/** The faults that are going on at a moment. */
export function activeFaults(timeline: FaultTimeline, t: Timestamp): FaultTimeline {
	return timeline.filter((fault) => isActive(fault, t));
}

function isActive(fault: Fault, t: Timestamp): boolean {
	return fault.at <= t && t < faultEnd(fault);
}

/** Share of the endpoint's requests that fail at t on top of its own. Bursts strike independently of each other. */
export function failureShare(faults: FaultTimeline, endpoint: string, t: Timestamp): number {
	let spared = 1;
	for (const fault of faults) if (isBurstOn(fault, endpoint, t)) spared *= 1 - fault.share;
	return 1 - spared;
}

function isBurstOn(fault: Fault, endpoint: string, t: Timestamp): fault is ErrorBurstFault {
	return (
		fault.kind === 'error-burst' && (fault.endpoint ?? endpoint) === endpoint && isActive(fault, t)
	);
}

/** What the work that waits for a dependency is multiplied by at t; 1 when all is well. */
export function slowdown(
	faults: FaultTimeline,
	dependency: string | undefined,
	t: Timestamp
): number {
	let factor = 1;
	for (const fault of faults) {
		if (fault.kind !== 'slow-dependency' || fault.dependency !== dependency) continue;
		if (isActive(fault, t)) factor *= fault.factor;
	}
	return factor;
}

/** Whether a crash keeps the instance down at t. */
export function isDown(faults: FaultTimeline, instance: string, t: Timestamp): boolean {
	return faults.some(
		(fault) => fault.kind === 'crash' && fault.instance === instance && isActive(fault, t)
	);
}

/** Whether a scrape of the instance at t gets lost. */
export function isScrapeLost(faults: FaultTimeline, instance: string, t: Timestamp): boolean {
	return faults.some(
		(fault) =>
			fault.kind === 'lost-scrape' &&
			(fault.instance ?? instance) === instance &&
			isActive(fault, t)
	);
}

/** Whether the service can call nobody at t. */
export function isOutboundCut(faults: FaultTimeline, t: Timestamp): boolean {
	return faults.some((fault) => fault.kind === 'outbound-cut' && isActive(fault, t));
}

/**
 * Every going down and coming up in (from, until], in order. A crash of an instance that is down already prolongs its
 * absence and is no transition of its own.
 */
export function transitions(
	faults: FaultTimeline,
	from: Timestamp,
	until: Timestamp
): Transition[] {
	const found: Transition[] = [];
	const downUntil = new Map<string, Timestamp>();
	const crashes = faults.filter((fault) => fault.kind === 'crash').sort((a, b) => a.at - b.at);
	for (const { instance, at, downFor } of crashes) {
		const end = downUntil.get(instance);
		if (end === undefined || at > end) found.push({ at, instance, up: false });
		if (end !== undefined && at > end) found.push({ at: end, instance, up: true });
		downUntil.set(instance, Math.max(end ?? -Infinity, at + downFor));
	}
	for (const [instance, at] of downUntil) found.push({ at, instance, up: true });
	return found.filter(({ at }) => from < at && at <= until).sort((a, b) => a.at - b.at);
}

const DEFAULT_MESSAGE = 'service unavailable';

/**
 * The request as the faults of its moment leave it: slower, or throwing. Of its work, `dependencyShare` (0 to 1) waits
 * for the dependency and is what a slow one stretches, and what is not there where it cannot be called. Draws from `random` only
 * during a burst on its endpoint.
 */
export function withFaults(
	request: SimRequestDraft,
	faults: FaultTimeline,
	random: RandomSource,
	dependencyShare = 1
): SimRequestDraft {
	const factor = slowdown(faults, request.dependency, request.at);
	const burst = faults.find(
		(fault): fault is ErrorBurstFault =>
			isBurstOn(fault, request.endpoint, request.at) && random() < fault.share
	);
	const outcome = burst ? { throws: burst.message ?? DEFAULT_MESSAGE } : request.outcome;
	if (request.dependency !== undefined && isOutboundCut(faults, request.at)) {
		return withoutDependency({ ...request, outcome }, dependencyShare);
	}
	if (factor === 1 && !burst) return request;
	return { ...request, work: request.work * (1 + dependencyShare * (factor - 1)), outcome };
}

/** The request where nobody can be called: it finds out at once, in the words of Linux. */
function withoutDependency(
	{ dependency, ...request }: SimRequestDraft,
	dependencyShare: number
): SimRequestDraft {
	const isFailing = 'throws' in request.outcome;
	return {
		...request,
		work: request.work * (1 - dependencyShare),
		outcome: isFailing ? request.outcome : { throws: `${dependency}: network is unreachable` }
	};
}
