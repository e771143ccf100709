import {
	count,
	list,
	number,
	samplesOf,
	total,
	trulyWithin,
	truthBy,
	typeOf,
	valuesOf,
	type Check,
	type Evidence,
	type Mistake
} from '$lib/course/check-kit.ts';
import { edgesAscending } from '$lib/course/quantile-kit.ts';
import {
	constantFactor,
	highest,
	labelNamesOfAnswer,
	seriesOf,
	type Answer,
	type QueryMistake
} from '$lib/course/query-kit.ts';

const NAME = 'http_request_duration_seconds';

/** Finite edges that the shop began with. */
const EDGES_BEFORE = 8;

const edgesOf = (evidence: Evidence) => edgesAscending(evidence, NAME);

/** What is asked of a histogram that counts whether a promise is kept. `promise`: in seconds. */
const checksOf = (promise: number): readonly Check[] => [
	{
		id: 'histogram',
		title: `/metrics shows a histogram \`${NAME}\``,
		hint: 'It was there at the beginning: its name, its label and its type stay.',
		judge: (evidence) => {
			const type = typeOf(evidence, NAME);
			if (type === 'histogram') return undefined;
			return { sentence: type ? `\`${NAME}\` is a ${type}.` : `There is no \`${NAME}\`.` };
		}
	},
	{
		id: 'all-timed',
		title: 'Every request is timed',
		hint: 'The timer goes around `process_request`|`processRequest`, also when that fails.',
		judge: (evidence) => {
			const timed = total(samplesOf(evidence, `${NAME}_count`));
			const there = total(truthBy(evidence, ['endpoint']));
			if (timed === there) return undefined;
			return { sentence: `${count(timed, 'request')} of ${number(there)} were timed.` };
		}
	},
	{
		id: 'edge',
		title: `Requests of at most ${1000 * promise} ms are counted`,
		hint: 'What is counted is what lies below an edge. Edges are in seconds.',
		judge: (evidence) => {
			const edges = edgesOf(evidence);
			if (edges.includes(promise)) return undefined;
			return {
				sentence: `The edges are ${list(edges.map(String)) || 'none'}: ${promise} is not among them.`
			};
		}
	},
	{
		id: 'kept',
		title: 'As many are counted as have kept the promise',
		hint: 'Beside Prometheus stands what really happened: every duration is known exactly.',
		judge: (evidence) => {
			const edges = valuesOf(samplesOf(evidence, `${NAME}_bucket`), 'le');
			const le = edges.find((edge) => Number(edge) === promise);
			const counted = le ? total(samplesOf(evidence, `${NAME}_bucket`), { le }) : undefined;
			const kept = total(trulyWithin(evidence, promise, []));
			if (counted === kept) return undefined;
			return {
				sentence:
					counted === undefined
						? `${count(kept, 'request')} kept it, and nothing counts up to there.`
						: `${count(kept, 'request')} kept it, and ${number(counted)} are counted.`
			};
		}
	},
	{
		id: 'budget',
		title: 'At most one more series for each endpoint',
		hint: 'Every edge is a series, for each endpoint and each instance.',
		judge: (evidence) => {
			const edges = edgesOf(evidence).length;
			if (edges <= EDGES_BEFORE + 1) return undefined;
			return { sentence: `There are ${edges} edges, and there were ${EDGES_BEFORE}.` };
		}
	}
];

/** `between`: the edges that the promise lay between. */
const mistakesOf = (promise: number, between: readonly [number, number]): readonly Mistake[] => [
	{
		id: 'milliseconds',
		spot: (evidence) =>
			edgesOf(evidence).includes(1000 * promise)
				? `An edge at ${1000 * promise} is one at ${1000 * promise} seconds: the metric is in seconds, and so are its edges.`
				: undefined
	},
	{
		id: 'near-miss',
		spot: (evidence) => {
			const edges = edgesOf(evidence);
			const near = edges.find((edge) => edge > between[0] && edge < between[1]);
			return near !== undefined && !edges.includes(promise)
				? `An edge at ${near} is nearer than those before, and between it and the promise there is still a guess. Only at ${promise} nothing is guessed.`
				: undefined;
		}
	},
	{
		id: 'too-many',
		spot: (evidence) => {
			const more = edgesOf(evidence).length - EDGES_BEFORE;
			return more > 1
				? `The edge is there, with ${more - 1} others that nobody has promised anything about. Each is one more series for every endpoint and every instance.`
				: undefined;
		}
	}
];

export const checks = checksOf(0.3);
export const mistakes = mistakesOf(0.3, [0.25, 0.5]);

export const variants = {
	tighter: { checks: checksOf(0.15), mistakes: mistakesOf(0.15, [0.1, 0.25]) }
};

const share: readonly QueryMistake[] = [
	{
		id: 'nothing',
		spot: ([shown]) =>
			shown && seriesOf(shown.learner).length === 0
				? 'The answer is empty: on one side of the division no series matches, or the two sides have no series with the same labels. The edge is the text `0.3`, and what is summed over everything has no labels left.'
				: undefined
	},
	{
		id: 'per-series',
		spot: ([shown]) => {
			const names = shown ? labelNamesOfAnswer(shown.learner) : [];
			return names.length > 0
				? `You have ${count(seriesOf(shown!.learner).length, 'line')}, told apart by ${list(names.map((name) => `\`${name}\``))}. The promise is about all requests: sum above and below the line before you divide.`
				: undefined;
		}
	},
	{
		id: 'percent',
		spot: (worlds) =>
			worlds.every((world) => Math.abs((constantFactor(world) ?? 0) - 100) < 0.1)
				? 'These are percent: a hundred times what is asked for. A share is between 0 and 1.'
				: undefined
	},
	{
		id: 'too-slow',
		spot: ([shown]) =>
			shown && Math.abs(lastOf(shown.learner) + lastOf(shown.reference) - 1) < 1e-9
				? 'That is the share of those that were too slow. The promise is about the others.'
				: undefined
	},
	{
		id: 'all-buckets',
		spot: ([shown]) =>
			shown && highest(shown.learner) < 0.2
				? 'You divide by the sum of all buckets. Each of them counts everything up to its edge, so a fast request is in most of them. The count of the histogram has each request once.'
				: undefined
	},
	{
		id: 'quantile',
		spot: ([shown]) =>
			shown && highest(shown.learner) < 0.6
				? 'That is a time, in seconds: below which 95 of 100 requests lie, as far as the buckets tell. What is asked for is how many lie below 300 ms, and that is counted.'
				: undefined
	},
	{
		id: 'since-the-start',
		spot: (worlds) => {
			const [restarted] = worlds.slice(-1);
			const [first] = seriesOf(restarted!.learner);
			const [wanted] = seriesOf(restarted!.reference);
			return first && wanted && first.present.indexOf(1) < wanted.present.indexOf(1)
				? 'Your answer is there before a rate could be: the raw counts are divided, which are everything since the program began. A bad quarter of an hour hides in a good week.'
				: undefined;
		}
	},
	{
		id: 'other-edge',
		spot: ([shown]) =>
			shown && highest(shown.learner) < highest(shown.reference) - 0.01
				? 'The share of another edge: fewer requests than those of at most 300 ms.'
				: undefined
	}
];

export const queries = { share: { mistakes: share } };

/** The last value of an answer of one series; NaN when it has none. */
function lastOf(answer: Answer): number {
	const [first] = seriesOf(answer);
	const at = first?.present.lastIndexOf(1) ?? -1;
	return first?.values[at] ?? NaN;
}
