/**
 * The configuration file: `prometheus.yml` read as Prometheus reads it, and printed as Prometheus prints it.
 *
 * A text becomes a tree of nodes with positions (`yaml-tree.ts`), and the tree is decoded into plain data by types that behave as Go's
 * (`decode.ts`, `scalar-types.ts`, `struct.ts`), so that what is refused is refused in Prometheus' words. Then each scrape config
 * gets from `global` what it leaves open (`finish-scrape-config.ts`).
 *
 * Left out: service discovery, TLS and authorization, remote storage, alerting, tracing. They are accepted with a warning, and what
 * stands in them is not looked at.
 */
export {
	type Config,
	type GlobalConfig,
	type ScrapeConfig,
	type ScrapeLimits,
	type StaticConfig,
	type LabelPairs,
	type ScrapeProtocol,
	type NameValidationScheme,
	DEFAULT_GLOBAL,
	DEFAULT_SCRAPE_PROTOCOLS,
	SCRAPE_PROTOCOLS
} from './config.ts';
export { type ConfigReading, readScrapeConfig } from './read-config.ts';
export { formatScrapeConfig } from './format-config.ts';
