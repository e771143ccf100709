import type { CounterResetHint } from './float-histogram.ts';

/** The counter reset hint of a sum or difference, and whether the two contradict one another. */
export interface CombinedHints {
	readonly hint: CounterResetHint;
	readonly collision: boolean;
}

/**
 * What is known of a sum or difference (float_histogram.go, adjustCounterReset): a gauge makes it a gauge, then the unknown makes it
 * unknown; a reset on one side and none on the other contradict one another, which leaves nothing known.
 */
export function combineHints(a: CounterResetHint, b: CounterResetHint): CombinedHints {
	if (a === b) return { hint: a, collision: false };
	if (a === 'gauge' || b === 'gauge') return { hint: 'gauge', collision: false };
	return { hint: 'unknown', collision: a !== 'unknown' && b !== 'unknown' };
}
