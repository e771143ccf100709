import { QueryError } from './query-error.ts';

/**
 * Counts the samples a query holds, as far as its result and what it has not folded yet go, and stops it beyond a limit
 * (query.max-samples of Prometheus). The count follows promql/engine.go: selectors and range functions add their points;
 * an aggregation gives back what it folded.
 */
export interface SampleBudget {
	/** Adds points. Throws a QueryError when there are then too many. */
	take(points: number): void;
	/** Refuses what would need so many points more, before anything is allocated for them. Throws a QueryError. */
	allow(points: number): void;
	/** Ends the query if it is to stop: for what takes long without holding more. Throws a QueryError. */
	check(): void;
	/** How many are held now. */
	held(): number;
	/** Goes back to an earlier count. */
	resetTo(points: number): void;
}

/** What Prometheus allows unless told otherwise (query.max-samples). */
export const DEFAULT_MAX_SAMPLES = 50_000_000;

/** A budget of so many samples. `interrupt` is asked with every series that is counted; a reason it gives ends the query. */
export function createSampleBudget(
	limit: number,
	interrupt?: () => Interruption | undefined
): SampleBudget {
	let count = 0;
	function check(): void {
		const reason = interrupt?.();
		if (reason) throw new QueryError(INTERRUPTED[reason], reason);
	}
	return {
		check,
		take(points) {
			count += points;
			check();
			if (count > limit) throw new QueryError(TOO_MANY_SAMPLES);
		},
		allow(points) {
			if (count + points > limit) throw new QueryError(TOO_MANY_SAMPLES);
		},
		held: () => count,
		resetTo(points) {
			count = points;
		}
	};
}

/** Why a query was stopped from outside. */
export type Interruption = 'timeout' | 'canceled';

const INTERRUPTED: Readonly<Record<Interruption, string>> = {
	timeout: 'query timed out in expression evaluation',
	canceled: 'query was canceled in expression evaluation'
};

/** What a query over its limit is told. */
export const TOO_MANY_SAMPLES =
	'query processing would load too many samples into memory in query execution';
