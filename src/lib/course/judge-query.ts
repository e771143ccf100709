import { formatLabels } from '#engine/model';
import { hintFor, type StepGrid } from '#engine/promql';
import { formatTime } from '$lib/charts/time-axis.ts';
import type { Finding } from './check-kit.ts';
import type { Judgement, Row } from './judge.ts';
import { firstDifference, type Difference } from './query-difference.ts';
import type { Answer, QueryMistake, WorldAnswers } from './query-kit.ts';

const ANSWERED: Row = {
	id: 'answered',
	title: 'Prometheus can answer the query',
	hint: 'The numbers before the message are its line and column.'
};

/**
 * The verdict on a query by its answers in several worlds: a row passes when the answer is that of the reference, series by
 * series and step by step. The text of the query is looked at for one thing only, the hint on an error.
 */
export function judgeQuery(
	query: string,
	worlds: readonly WorldAnswers[],
	mistakes: readonly QueryMistake[]
): Judgement {
	const error = worlds.map(({ learner }) => errorOf(learner)).find(Boolean);
	if (error) return unanswered(error, query, worlds);
	const rows = worlds.map(compare);
	const passed = worlds.length > 0 && rows.every(({ finding }) => !finding);
	const mistake = passed ? undefined : spot(worlds, mistakes);
	return { passed, rows: [ANSWERED, ...rows], ...(mistake && { mistake }) };
}

function errorOf(answer: Answer): string | undefined {
	return answer.status === 'error' ? answer.error : undefined;
}

function unanswered(error: string, query: string, worlds: readonly WorldAnswers[]): Judgement {
	const finding = { sentence: `Prometheus says: ${error}` };
	const unseen = { sentence: 'Not compared, because there is no answer yet.' };
	return {
		passed: false,
		rows: [
			{ ...ANSWERED, hint: hintFor(error, query) ?? ANSWERED.hint, finding },
			...worlds.map((world) => ({ ...rowOf(world), finding: unseen }))
		],
		mistake: { id: ANSWERED.id, sentence: finding.sentence }
	};
}

function rowOf({ title, seed, reference }: WorldAnswers): Row {
	const hint = reference.status === 'success' ? askedAt(reference.data.grid) : '';
	return { id: `${title} ${seed}`, title: `The answer is right in: ${title}`, hint };
}

function askedAt({ start, step, count }: StepGrid): string {
	const end = formatTime(start + (count - 1) * step);
	if (count === 1) return `Both queries were asked at ${end}, the end of the run.`;
	return `Both queries were asked at ${count} moments, from ${formatTime(start)} to ${end}.`;
}

function compare(world: WorldAnswers): Row {
	const { learner, reference } = world;
	const row = rowOf(world);
	if (reference.status === 'error') throw new Error(`the reference fails: ${reference.error}`);
	if (learner.status === 'error') return row;
	const difference = firstDifference(reference.data, learner.data);
	return difference ? { ...row, finding: findingOf(difference) } : row;
}

function findingOf(difference: Difference): Finding {
	const { labels, at, expected, got } = difference;
	return {
		sentence: sentenceOf(difference),
		series: labels,
		...(at !== undefined && { at }),
		...(expected !== undefined && { expected }),
		...(got !== undefined && { got })
	};
}

function sentenceOf({ labels, at, expected, got, only }: Difference): string {
	const series =
		labels.length === 0
			? 'the series without labels, `{}`,'
			: `the series \`${formatLabels(labels)}\``;
	const time = at === undefined ? '' : formatTime(at);
	const [wanted, given] = asUnlike(expected, got);
	if (only === 'expected')
		return `There should be ${series} with ${wanted} at ${time}, and it is missing.`;
	if (only === 'got')
		return `There is ${series} with ${given} at ${time}, and it should not be there.`;
	if (expected === undefined) return `At ${time} ${series} has ${given}, and should have no value.`;
	if (got === undefined) return `At ${time} ${series} has no value, and should have ${wanted}.`;
	return `At ${time} ${series} is ${given}, and should be ${wanted}.`;
}

/** Two numbers with six digits, or with all of them where six would be the same. */
function asUnlike(a = NaN, b = NaN): readonly [string, string] {
	const short = [a, b].map((value) => String(Number(value.toPrecision(6)))) as [string, string];
	return short[0] === short[1] ? [String(a), String(b)] : short;
}

function spot(
	worlds: readonly WorldAnswers[],
	mistakes: readonly QueryMistake[]
): Judgement['mistake'] {
	for (const { id, spot } of mistakes) {
		const sentence = spot(worlds);
		if (sentence) return { id, sentence };
	}
	return undefined;
}
