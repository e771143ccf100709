import type { Mistake } from '$lib/course/check-kit.ts';
import {
	constantFactor,
	hasSameSeries,
	highest,
	isAnySample,
	labelNamesOfAnswer,
	seriesOf,
	type QueryMistake
} from '$lib/course/query-kit.ts';
import { timingChecks, timingMistakes, type Wanted } from './timing-checks.ts';

const DURATION: Wanted = {
	name: 'http_request_duration_seconds',
	label: 'endpoint',
	edges: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
};
const RESPONSE: Wanted = {
	name: 'http_response_seconds',
	label: 'method',
	edges: [0.1, 0.2, 0.4, 0.8]
};

/** The mistakes of these ids, or all of them, in their order. */
function mistakesOf(wanted: Wanted, ids?: readonly string[]): Mistake[] {
	return Object.entries(timingMistakes(wanted))
		.filter(([id]) => ids?.includes(id) ?? true)
		.map(([id, spot]) => ({ id, spot }));
}

export const checks = timingChecks(DURATION);
export const mistakes = mistakesOf(DURATION);

export const variants = {
	methods: {
		checks: timingChecks(RESPONSE),
		mistakes: mistakesOf(RESPONSE, ['no-failures', 'part'])
	}
};

const nothing: QueryMistake = {
	id: 'nothing',
	spot: ([shown]) =>
		shown && seriesOf(shown.learner).length === 0
			? 'The answer is empty. Either no series matches, or two sides were subtracted whose labels differ: `le="0.5"` is not `le="0.25"`. Summed over everything a side has no labels left.'
			: undefined
};

const perSeries: QueryMistake = {
	id: 'per-series',
	spot: ([shown]) =>
		shown && labelNamesOfAnswer(shown.learner).length > 0
			? `You have ${seriesOf(shown.learner).length} lines, and one number is wanted, over all endpoints: sum each side before you subtract.`
			: undefined
};

const perSecond: QueryMistake = {
	id: 'per-second',
	spot: ([shown]) =>
		shown && hasSameSeries(shown) && highest(shown.learner) < 0.05 * highest(shown.reference)
			? 'These are requests per second. What is asked for is how many there have been so far: the bucket as it is.'
			: undefined
};

const box: readonly QueryMistake[] = [
	nothing,
	perSeries,
	{
		id: 'other-way',
		spot: (worlds) =>
			worlds.every((world) => Math.abs((constantFactor(world) ?? 0) + 1) < 1e-3)
				? 'Right numbers, below zero: the larger bucket comes first. That of 0.5 has everything in it that the one of 0.25 has.'
				: undefined
	},
	perSecond,
	{
		id: 'added',
		spot: (worlds) =>
			worlds.every(({ learner, reference }) => highest(learner) > 2 * highest(reference)) &&
			!worlds.some(({ learner }) => isAnySample(learner, (value) => value < 0))
				? 'Far too many: requests of at most 0.25 s are in there, and they are among those of at most 0.5 s as well. What lies between two edges is one bucket less the other.'
				: undefined
	},
	{
		id: 'other-box',
		spot: ([shown]) =>
			shown && hasSameSeries(shown)
				? 'That is another box, or more than one. The edges of this one are 0.25 and 0.5.'
				: undefined
	}
];

const slow: readonly QueryMistake[] = [
	nothing,
	perSeries,
	{
		id: 'within',
		spot: (worlds) =>
			worlds.every(({ learner, reference }) => highest(learner) > 2 * highest(reference))
				? 'Those are the requests that took at most 0.5 s, or all of them. Asked for are the others: all, less those of at most 0.5 s.'
				: undefined
	}
];

export const queries = { box: { mistakes: box }, slow: { mistakes: slow } };
