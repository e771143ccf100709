import type { Moment } from './moment.ts';

/** What the tab holds before it stops: it never runs out. Phones have less. */
export const MOST_SERIES = { desktop: 100_000, phone: 20_000 } as const;
/** Heads and pages beyond these end the run as well, bytes. */
export const MOST_HEAD_BYTES = 280 * 2 ** 20;
export const MOST_PAGE_BYTES = 30_000_000;

/** Why a run ends by itself: the tab has as many series, as big a head, or as big a page as it can take. */
export type Stop = 'series' | 'memory' | 'page';

export interface Fill {
	/** Series that live, as far as it is known without a query. */
	readonly live: number;
	readonly most: number;
	/** What was measured last. */
	readonly moment: Moment | undefined;
}

/** Why a run has to end now; undefined while it may go on. */
export function stopFor({ live, most, moment }: Fill): Stop | undefined {
	if (live >= most) return 'series';
	if (moment && moment.headBytes > MOST_HEAD_BYTES) return 'memory';
	if (moment && moment.pageBytes > MOST_PAGE_BYTES) return 'page';
	return undefined;
}

const SLOWEST = 15;

/**
 * The pace to go on with, virtual seconds a second: slower where the next snapshots would bring more series than there is room for. `grown` is
 * what the last one brought.
 */
export function paceFor(pace: number, room: number, grown: number): number {
	return grown > 0 && grown * 2 > room && pace > SLOWEST ? SLOWEST : pace;
}
