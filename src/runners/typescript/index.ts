/**
 * Runs a learner's TypeScript as one instance of the simulated service. Types are stripped by sucrase, `prom-client`
 * resolves to our registry, `shop` to the business behind the handler; clock, timers and chance are the simulation's.
 */
export {
	createTypeScriptRunner,
	type LoopWatch,
	type StrayReporting,
	type TypeScriptRunnerOptions
} from './runner.ts';
export { type ShopRequest, type ShopResponse } from './shop.ts';
