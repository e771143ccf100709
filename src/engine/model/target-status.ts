import type { Labels } from './labels.ts';
import type { Timestamp } from './time.ts';

/** A target as its last scrape left it. */
export interface TargetHealth {
	readonly health: 'up' | 'down' | 'unknown';
	/** Empty while the target is up. */
	readonly lastError: string;
	/** Undefined before the first scrape. */
	readonly lastScrape?: Timestamp;
	/** Seconds. */
	readonly lastScrapeDuration: number;
}

/** A target as a page of targets shows it. */
export interface TargetStatus extends TargetHealth {
	/** Before relabelling. */
	readonly discoveredLabels: Labels;
	readonly labels: Labels;
	/** The `job_name` of the scrape config that it comes from. */
	readonly scrapePool: string;
	readonly scrapeUrl: string;
	/** `15s` */
	readonly scrapeInterval: string;
	readonly scrapeTimeout: string;
}

/** A target that relabelling dropped. */
export interface DroppedTarget {
	readonly discoveredLabels: Labels;
	readonly scrapePool: string;
}
