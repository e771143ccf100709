import type { Duration, Timestamp } from '#engine/model';
import type { Findings } from './ask.ts';
import type { Moment } from './moment.ts';

/** What the page shows before any script has run. The lab in the tab lives through the same history and goes on from there. */
export interface First extends Findings {
	/** Up to that moment, oldest first. No wall time is in it, because it would be of another machine. */
	readonly history: readonly Moment[];
	readonly seed: number;
	readonly headStart: Duration;
	readonly start: Timestamp;
	readonly now: Timestamp;
}
