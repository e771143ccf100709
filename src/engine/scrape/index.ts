/**
 * Scraping: fetching the page of a target at fixed intervals, and turning it into samples.
 *
 * A `ScrapeManager` scrapes by a `prometheus.yml` (`config`), and goes on by another one. Each job is a `ScrapePool`, which finds its targets
 * (`target-labels.ts`) and has a `ScrapeLoop` for each. A scrape stamps all samples with the time at which it began, adds the target's
 * labels, and is stored whole or not at all when its answer is there; whatever happens, it leaves a report: `up` and its companions. A
 * series that a target no longer shows ends with a stale marker, and so do all when a scrape fails. Nobody here keeps time: whoever owns
 * the clock calls `runDue` at the moments that `next` tells.
 *
 * Rules in between (`relabel`) rewrite label sets or drop them: those of targets before the scrape, those of series after it
 * (`sample-labels.ts`).
 *
 * Left out: service discovery but for static configs, protobuf and with it native histograms of clients, compression, exemplars.
 */
export { type Fetch, type ScrapeRequest, type ScrapeResponse, type Target } from './target.ts';
export {
	checkRule,
	DEFAULT_REGEX,
	DEFAULT_RULE,
	type RelabelAction,
	type RelabelRule
} from './relabel/rule.ts';
export { createRelabeler, type Relabeler } from './relabel/relabel.ts';
export {
	formatScrapeConfig,
	readScrapeConfig,
	type Config,
	type ConfigReading,
	type GlobalConfig,
	type ScrapeConfig,
	type ScrapeLimits,
	type StaticConfig
} from './config/index.ts';
export { relabelSteps, type RuleOutcome } from './relabel/relabel-steps.ts';
export {
	createTargetLabeler,
	type ActiveTarget,
	type FoundTarget,
	type TargetConfig
} from './target-labels.ts';
export { acceptHeader } from './accept.ts';
export { offsetSeed } from './scrape-offset.ts';
export { type ScrapeSettings } from './settings.ts';
export { type ScrapeReport } from './report.ts';
export { type ScrapeLoopOptions, ScrapeLoop, ScrapeMemory } from './scrape-loop.ts';
export { type InvalidTarget, type PooledTarget, type ScrapePool } from './scrape-pool.ts';
export { ScrapeManager } from './scrape-manager.ts';
