import {
	count,
	list,
	number,
	samplesOf,
	total,
	truthBy,
	typeOf,
	type Check,
	type Evidence,
	type Mistake
} from '$lib/course/check-kit.ts';
import {
	boxOf,
	distanceOf,
	edgesShown,
	quantileQueries,
	readQuantiles,
	saysOf,
	type QuantileReading
} from '$lib/course/quantile-kit.ts';
import {
	constantFactor,
	highest,
	isAnySample,
	labelNamesOfAnswer,
	seriesOf,
	type Answer,
	type QueryMistake
} from '$lib/course/query-kit.ts';

const NAME = 'http_request_duration_seconds';
const EDGES_BEFORE = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const MOST_EDGES = 8;
/** How far off a quantile may be, relatively. */
const TOLERANCE = 0.1;

/** Beyond this nobody means seconds. */
const SURELY_MILLISECONDS = 300;

const edgesOf = (evidence: Evidence) => edgesShown(evidence, NAME);
const isOff = (reading: QuantileReading) => distanceOf(reading) > TOLERANCE;

/** What is asked of edges that are to tell these quantiles. */
const checksOf = (quantiles: readonly number[]): readonly Check[] => [
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
		id: 'budget',
		title: `At most ${MOST_EDGES} edges`,
		hint: 'Every edge is a series, for each endpoint and each instance.',
		judge: (evidence) => {
			const edges = edgesOf(evidence).length;
			return edges <= MOST_EDGES ? undefined : { sentence: `There are ${edges} edges.` };
		}
	},
	...quantiles.map((q, i) => quantileCheck(q, i, quantiles))
];

function quantileCheck(q: number, i: number, quantiles: readonly number[]): Check {
	const name = `p${100 * q}`;
	return {
		id: name,
		title: `${name} is at most ${100 * TOLERANCE} % off`,
		hint: 'The estimate lies somewhere in the box of the true one. A narrow box leaves little room for an error. These are other requests of the same services than those beside the task: what is near the limit there may be beyond it here.',
		judge: (evidence) => {
			const reading = readQuantiles(evidence, NAME, quantiles)[i];
			if (!reading || !isOff(reading)) return undefined;
			return {
				sentence: `${saysOf(reading)} The true one lies ${boxOf(reading)}.`,
				expected: reading.truth,
				got: reading.said
			};
		}
	};
}

/** The readings of all worlds that are off, the worst first. */
function offOf(trials: readonly Evidence[], quantiles: readonly number[]): QuantileReading[] {
	return trials
		.flatMap((evidence) => readQuantiles(evidence, NAME, quantiles))
		.filter(isOff)
		.sort((a, b) => distanceOf(b) - distanceOf(a));
}

const mistakesOf = (quantiles: readonly number[]): readonly Mistake[] => [
	{
		id: 'milliseconds',
		spot: (evidence, trials) => {
			const edges = edgesOf(evidence);
			const last = Math.max(...edges);
			const [worst] = offOf(trials, quantiles);
			return worst && Math.min(...edges) >= 1 && last >= SURELY_MILLISECONDS
				? `An edge at ${last} is one at ${last} seconds: the metric is in seconds, and so are its edges. ${saysOf(worst)}`
				: undefined;
		}
	},
	{
		id: 'as-before',
		spot: (evidence, trials) => {
			if (edgesOf(evidence).join() !== EDGES_BEFORE.join()) return undefined;
			const off = offOf(trials, quantiles);
			return `These are the edges that the shop began with. ${off.slice(0, 3).map(saysOf).join(' ')} Each of these lies in a box that is much too wide for it, or above all edges.`;
		}
	},
	{
		id: 'first-box',
		spot: (_, trials) => {
			const first = offOf(trials, quantiles).find(({ lower, error }) => lower === 0 && error > 0);
			return first
				? `${saysOf(first)} It lies ${boxOf(first)}, your first box, in which requests are taken to be spread evenly from 0 on. Quick requests need edges as quick as they are: durations differ by factors, not by equal steps.`
				: undefined;
		}
	},
	{
		id: 'more-elsewhere',
		spot: (evidence, trials) => {
			const edges = edgesOf(evidence).length;
			const [worst] = offOf(trials, quantiles);
			return edges > MOST_EDGES && worst
				? `There are ${edges} edges, ${edges - MOST_EDGES} too many, and still: ${saysOf(worst)} It lies ${boxOf(worst)}. An edge helps the quantiles whose box it divides, and no others.`
				: undefined;
		}
	},
	{
		id: 'too-many',
		spot: (evidence) => {
			const more = edgesOf(evidence).length - MOST_EDGES;
			return more > 0
				? `The quantiles are near enough, with ${count(more, 'edge')} too many. Each is a series more for every endpoint and every instance: take away those that no quantile lies beside.`
				: undefined;
		}
	},
	{
		id: 'ceiling',
		spot: (evidence, trials) => {
			const last = Math.max(...edgesOf(evidence));
			const above = offOf(trials, quantiles).find(({ said }) => said === last);
			return above?.upper === Infinity
				? `${saysOf(above)} It lies above your last edge. There the histogram counts and knows no upper end, so \`histogram_quantile()\` answers with the last edge, however long requests hang.`
				: undefined;
		}
	},
	{
		id: 'wide-box',
		spot: (_, trials) => {
			const [worst] = offOf(trials, quantiles);
			return worst
				? `${saysOf(worst)} It lies ${boxOf(worst)}, and where in there nobody has counted. The box of each quantile must be narrow, also that of this one.`
				: undefined;
		}
	}
];

const ASKED = [0.5, 0.95, 0.99];
const ASKED_OF_VARIANT = [0.75, 0.9, 0.99];

export const checks = checksOf(ASKED);
export const mistakes = mistakesOf(ASKED);
export const asks = quantileQueries(NAME, ASKED);

export const variants = {
	'other-quantiles': {
		checks: checksOf(ASKED_OF_VARIANT),
		mistakes: mistakesOf(ASKED_OF_VARIANT),
		asks: quantileQueries(NAME, ASKED_OF_VARIANT)
	}
};

const shares: readonly QueryMistake[] = [
	{
		id: 'nothing',
		spot: ([shown]) =>
			shown && seriesOf(shown.learner).length === 0
				? 'The answer is empty. On the left each series has the label `le`, the sum on the right has no labels, and an operator only puts together what has the same ones. `scalar()` around the sum makes a plain number of it.'
				: undefined
	},
	{
		id: 'quantile',
		spot: ([shown]) =>
			shown && isOneLine(shown.learner) && highest(shown.learner) <= 1
				? 'One line: a time, found between two edges, which is the guess. What is asked for is what it is guessed from, one share for each edge.'
				: undefined
	},
	{
		id: 'lost-le',
		spot: ([shown]) =>
			shown && isOneLine(shown.learner)
				? `One line, at ${highest(shown.learner).toFixed(1)}: the buckets of all edges have been added up, and a quick request is in most of them. \`by (le)\` keeps them apart.`
				: undefined
	},
	{
		id: 'per-endpoint',
		spot: ([shown]) => {
			const names = shown ? labelNamesOfAnswer(shown.learner) : [];
			const others = names.filter((name) => name !== 'le').map((name) => `\`${name}\``);
			return others.length > 0
				? `Your lines are told apart by ${list(others)} too. One line for each edge is wanted, over all endpoints: sum by \`le\` before you divide.`
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
		id: 'per-second',
		spot: ([shown]) =>
			shown && highest(shown.learner) > 2
				? `Your highest line is at ${highest(shown.learner).toFixed(0)}: requests per second. A share is that divided by how many there are of all.`
				: undefined
	},
	{
		id: 'all-one',
		spot: ([shown]) =>
			shown && !isAnySample(shown.learner, (value) => Math.abs(value - 1) > 1e-6)
				? 'Every line is at 1: each edge is divided by itself. The whole is all requests, whatever their edge: the `_count`, or the bucket `+Inf`.'
				: undefined
	},
	{
		id: 'since-the-start',
		spot: ([shown]) => {
			const [first] = shown ? seriesOf(shown.learner) : [];
			const [wanted] = shown ? seriesOf(shown.reference) : [];
			return first && wanted && first.present.indexOf(1) < wanted.present.indexOf(1)
				? 'Your answer is there before a rate could be: the raw counts are divided, which are everything since the program began. `rate()` looks at the last five minutes.'
				: undefined;
		}
	}
];

/** Whether there is one series, without labels. */
function isOneLine(answer: Answer): boolean {
	return seriesOf(answer).length === 1 && labelNamesOfAnswer(answer).length === 0;
}

export const queries = { shares: { mistakes: shares } };
