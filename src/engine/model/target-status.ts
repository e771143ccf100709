import type { Labels } from './labels.ts';
import type { Timestamp } from './time.ts';

/** A target as a page of targets shows it. */
export interface TargetStatus {
	readonly labels: Labels;
	/** The target's job. */
	readonly scrapePool: string;
	readonly scrapeUrl: string;
	readonly health: 'up' | 'down' | 'unknown';
	/** Empty while the target is up. */
	readonly lastError: string;
	/** Undefined before the first scrape. */
	readonly lastScrape?: Timestamp;
	/** Seconds. */
	readonly lastScrapeDuration: number;
	/** `15s` */
	readonly scrapeInterval: string;
	readonly scrapeTimeout: string;
}
