import { ourAnswers, type Answer } from './answer.ts';
import { compareAnswers, orderOf, type Difference } from './compare.ts';
import type { DataSet } from './data-set.ts';
import { agreesAtEachStep } from './each-step.ts';
import { comesFromTwoSamples } from './impossible.ts';
import type { Prometheus } from './prometheus.ts';
import { treeText } from './query-tree.ts';
import type { TestQuery } from './random-query.ts';
import { isChoiceAmongEquals, isOtherPair, isWithinVariation } from './variation.ts';

/** The excuse that needs no belief: asked again, Prometheus gave our answer. */
export const OWN_ANSWER = 'another of its own answers';

/** Why an answer that is not the one Prometheus gave at first may be right. Each stands for one rule, explained where it is applied. */
export const EXCUSES = [
	OWN_ANSWER,
	'between its own answers',
	'another pair named',
	'another choice among equals',
	'its answers at each step',
	'float and histogram at one time'
] as const;

export type Excuse = (typeof EXCUSES)[number];

/** What came of one query: both engines agree, or would have but for something in Prometheus that is known, or they differ. */
export type Verdict = { readonly theirs: Answer } & (
	| { readonly kind: 'agree' }
	| { readonly kind: 'excused'; readonly excuse: Excuse }
	| { readonly kind: 'differ'; readonly difference: Difference }
);

/** One query over one data set, and what ours answers. */
export interface Asked {
	readonly prometheus: Prometheus;
	readonly data: DataSet;
	readonly query: TestQuery;
	readonly ours: Answer;
}

/**
 * How often Prometheus is asked again before a difference counts: so often, and if its answers vary, so often more. Walking a small
 * map, Go begins at one of eight places, so that of two series the second comes first in one case out of eight.
 */
const ATTEMPTS = [100, 400, 2_000];

/** Puts queries over one data set to both engines. */
export async function judge(
	prometheus: Prometheus,
	data: DataSet,
	queries: readonly TestQuery[],
	mayBeImpossible = true
): Promise<Verdict[]> {
	const asked = prometheus.answers(data, queries);
	const ours = ourAnswers(await prometheus.stored(data), queries);
	const theirs = await asked;
	return Promise.all(
		queries.map((query, i) => {
			const one = { prometheus, data, query, ours: ours[i] as Answer };
			return judgeOne(one, theirs[i]?.[0] as Answer, mayBeImpossible);
		})
	);
}

async function judgeOne(asked: Asked, theirs: Answer, mayBeImpossible: boolean): Promise<Verdict> {
	const { data, query, ours } = asked;
	const order = orderOf(treeText(query.tree, data.base));
	const difference = compareAnswers(ours, theirs, order);
	if (!difference) return { kind: 'agree', theirs };
	const excuse = ours.isException ? undefined : await findExcuse(asked, mayBeImpossible);
	return excuse ? { kind: 'excused', excuse, theirs } : { kind: 'differ', difference, theirs };
}

async function findExcuse(asked: Asked, mayBeImpossible: boolean): Promise<Excuse | undefined> {
	const excuse = await findVariation(asked);
	if (excuse || !mayBeImpossible) return excuse;
	const judgeParts = (data: DataSet, queries: readonly TestQuery[]) =>
		judge(asked.prometheus, data, queries, false);
	return (await comesFromTwoSamples(asked, judgeParts))
		? 'float and histogram at one time'
		: undefined;
}

/** What makes our answer one that Prometheus could have given, judged by all that it gives when it is asked again and again. */
async function findVariation(asked: Asked): Promise<Excuse | undefined> {
	const { prometheus, data, query, ours } = asked;
	const text = textOf(asked);
	const seen: Answer[] = [];
	for (const attempts of ATTEMPTS) {
		const [distinct = []] = await prometheus.answers(data, [query], attempts);
		if (distinct.some((answer) => !compareAnswers(ours, answer, orderOf(text)))) return OWN_ANSWER;
		if (distinct.length === 1) return undefined;
		seen.push(...distinct);
	}
	if (await agreesAtEachStep(asked)) return 'its answers at each step';
	if (isOtherPair(ours, seen)) return 'another pair named';
	if (isWithinVariation(ours, seen)) return 'between its own answers';
	if (CHOOSES.test(text) && isChoiceAmongEquals(ours, seen)) return 'another choice among equals';
	return undefined;
}

function textOf({ data, query }: Asked): string {
	return treeText(query.tree, data.base);
}

const CHOOSES = /\b(topk|bottomk|limitk)\b/;
