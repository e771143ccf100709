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

/** One line of all that was run: `what` is the part of the lessons that it is about. */
export function tallyLine(what: string): string {
	const parts = Object.entries(tally)
		.filter(([, times]) => times > 0)
		.map(([one, times]) =>
			one === 'tempting query' && times !== 1 ? `${times} tempting queries` : count(times, one)
		);
	return `the lessons prove themselves ${what}: ${parts.join(', ')}`;
}
