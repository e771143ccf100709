/**
 * Wires the other rooms into one simulated world: a crowd, the learner's service and what it depends on, a scrape loop for
 * each instance, one store, one query API, and the truth. It is the only room that knows the others.
 *
 * A world is plain data, read from YAML. `Lab.advance(until)` is the only thing that moves time; learner code comes in as
 * runners that somebody else makes, in threads or not. The truth can be asked for any query that has one, and for any
 * range within the retention: the store and the truth keep some 6 hours, and of what is older the truth keeps the totals.
 *
 * Left out so far: rules and alerts, rewinding, worlds with more than one service of the learner's.
 */
export { type World, instanceName } from './world.ts';
export { type WorldOutcome, parseWorld } from './read-world.ts';
export { Lab, type LabOptions, type InstanceStatus } from './lab.ts';
export {
	type Trial,
	type TrialGraph,
	type TrialOutcome,
	type AnsweredRequests,
	type Evidence,
	type ExposedEvidence,
	runTrial
} from './evidence.ts';
export { checkConfig } from './check-config.ts';
export { type CreateRunner } from './instance.ts';
export { type RequestLine, type InstanceOutput, type LabEvent, type LogEntries } from './log.ts';
export { type TruthSeries, truthOf } from './truth-query.ts';
