import { count } from '../../src/lib/course/check-kit.ts';

const tally = {
	lesson: 0,
	starter: 0,
	solution: 0,
	'wrong answer': 0,
	'tempting query': 0,
	seed: 0
};

/** Counts something that has been run. */
export function ran(what: keyof typeof tally, times = 1): void {
	tally[what] += times;
}

/** One line of all that was run. */
export function tallyLine(): string {
	const parts = Object.entries(tally).map(([what, times]) =>
		what === 'tempting query' && times !== 1 ? `${times} tempting queries` : count(times, what)
	);
	return `the lessons prove themselves: ${parts.join(', ')}`;
}
