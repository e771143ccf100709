/** Counts comparisons, and prints what the first of those that failed found. */
export interface Tally {
	passed: number;
	failed: number;
	/** Counts one: a text says in what it failed. */
	note(what: string, failure: string | undefined): void;
}

/** Who wants more of a failure asks the query alone. */
const LONGEST = 2_000;

export function createTally(show: number): Tally {
	return {
		passed: 0,
		failed: 0,
		note(what, failure) {
			if (failure === undefined) this.passed++;
			else if (++this.failed <= show) console.log(`${what}: ${failure.slice(0, LONGEST)}\n`);
		}
	};
}
