import {
	constantFactor,
	hasSameSeries,
	highest,
	isAnySample,
	labelNamesOfAnswer,
	labelValuesOf,
	seriesOf,
	type QueryMistake,
	type WorldAnswers
} from '$lib/course/query-kit.ts';
import { list } from '$lib/course/check-kit.ts';

/** The window of the reference, in seconds. */
const WINDOW = 300;

const summed: QueryMistake = {
	id: 'summed',
	spot: ([shown]) => {
		if (!shown) return undefined;
		const kept = labelNamesOfAnswer(shown.learner);
		const lost = labelNamesOfAnswer(shown.reference).filter((name) => !kept.includes(name));
		if (seriesOf(shown.learner).length === 0 || lost.length === 0) return undefined;
		const labels = list(lost.map((name) => `\`${name}\``));
		return `In your answer ${labels} ${lost.length > 1 ? 'are' : 'is'} gone: \`sum\` has put together what differs in nothing else. Here each series is wanted by itself.`;
	}
};

/** Nothing comes back in any world; `why` says what it is about. */
function nothing(why: string): QueryMistake {
	return {
		id: 'nothing',
		spot: (worlds) =>
			worlds.every(({ learner }) => seriesOf(learner).length === 0)
				? `No series matches, so there is nothing to compute. ${why}`
				: undefined
	};
}

const rate: readonly QueryMistake[] = [
	nothing('Prometheus takes a name as it is written: a letter more or less is another metric.'),
	{
		id: 'raw-counter',
		spot: ([shown]) =>
			shown && labelNamesOfAnswer(shown.learner).includes('__name__')
				? `This is the counter itself: one of its lines comes to ${Math.round(highest(shown.learner)).toLocaleString('en')}, which is how many there ever were. How fast it grows is what \`rate()\` makes of it.`
				: undefined
	},
	summed,
	{
		id: 'per-window',
		spot: (worlds) =>
			worlds.every((world) => isNear(constantFactor(world), WINDOW))
				? 'Your numbers are 300 times too large: `increase()` says how many there were in the five minutes, `rate()` how many per second.'
				: undefined
	},
	{
		id: 'last-minus-first',
		spot: (worlds) =>
			worlds.some(({ learner }) => isAnySample(learner, (value) => value < 0))
				? 'In a world where the program is started again your answer falls below zero. A later sample minus an earlier one takes a restart for a loss; `rate()` sees that the counter went on from 0.'
				: undefined
	},
	{
		id: 'other-window',
		spot: ([shown]) => {
			if (!shown || !hasSameSeries(shown)) return undefined;
			const times = highest(shown.learner) / highest(shown.reference);
			return times > 1.5
				? `Right series, other numbers: your highest is ${times.toFixed(1)} times as high. The burst is spread over less than five minutes. \`[5m]\` is wanted, and \`rate()\`, which looks at all samples in it.`
				: undefined;
		}
	}
];

const others = (world: WorldAnswers, label: string, wanted: string) =>
	labelValuesOf(world.learner, label).filter((value) => value !== wanted);

const post: readonly QueryMistake[] = [
	nothing(
		'The values of labels are matched letter by letter, and a regular expression has to match all of one: the method is `POST`.'
	),
	{
		id: 'all-methods',
		spot: ([shown]) => {
			const [other] = shown ? others(shown, 'method', 'POST') : [];
			return other
				? `Among your series are some with \`method="${other}"\`. A matcher in braces, before the range, leaves them out.`
				: undefined;
		}
	},
	{
		id: 'by-endpoint',
		spot: (worlds) =>
			worlds.some((world) => others(world, 'method', 'POST').length > 0)
				? 'Here only POST comes to this endpoint. In another world orders are read too, with GET, and your query counts them. Ask for the label that you mean.'
				: undefined
	},
	summed,
	{
		id: 'only-good',
		spot: (worlds) =>
			worlds.some(({ learner, reference }) => {
				const kept = labelValuesOf(learner, 'status');
				return labelValuesOf(reference, 'status').some((value) => !kept.includes(value));
			})
				? 'The orders that failed are missing: a request that is answered with a 500 is a POST too.'
				: undefined
	}
];

const failed: readonly QueryMistake[] = [
	nothing(
		'A regular expression has to match the whole value: `5` is not `500`. The status is three digits, in quotes.'
	),
	{
		id: 'others-too',
		spot: ([shown]) => {
			const found = shown ? others(shown, 'status', '500') : [];
			return found.length > 0
				? `Among your series are some with the status ${list(found)}: those requests did not fail.`
				: undefined;
		}
	}
];

export const queries = {
	rate: { mistakes: rate },
	post: { mistakes: post },
	failed: { mistakes: failed }
};

function isNear(value: number | undefined, wanted: number): boolean {
	return value !== undefined && Math.abs(value / wanted - 1) < 1e-3;
}
