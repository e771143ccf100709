/**
 * Scraping: fetching the page of a target at fixed intervals, and turning it into samples.
 *
 * A `ScrapeLoop` belongs to one target. Each scrape stamps all samples with one timestamp, adds the target's labels,
 * and is stored whole or not at all; whatever happens, it leaves a report: `up` and its companions. A series that a
 * target no longer shows ends with a stale marker, and when a scrape fails, all of them do. The loop does not keep
 * time: whoever owns the clock calls `scrapeAt`, at moments that `scrapeOffset` spreads.
 *
 * Rules in between (`relabel`) rewrite label sets or drop them: those of targets before the scrape (`target-labels.ts`), those
 * of series after it (`sample-labels.ts`).
 *
 * What is scraped, and how, is written in a `prometheus.yml` (`config`).
 *
 * Left out so far: service discovery, native histograms, exemplars, fallback protocols, and the extra report series that
 * Prometheus has behind a flag.
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
