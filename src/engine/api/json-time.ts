import type { Timestamp } from '#engine/model';

/** UTC, with as many decimals as needed; Go's zero time for what never was. */
export function rfc3339(time: Timestamp | undefined): string {
	if (time === undefined) return '0001-01-01T00:00:00Z';
	return new Date(time).toISOString().replace(/\.?0*Z$/, 'Z');
}
