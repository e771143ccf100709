import { ourAnswers, type Answer } from './answer.ts';
import { compareAnswers, orderOf, type Difference } from './compare.ts';
import type { DataSet } from './data-set.ts';
import type { Prometheus } from './prometheus.ts';
import { treeText, type QueryTree } from './query-tree.ts';
import type { TestQuery } from './random-query.ts';
import { isChoiceAmongEquals, isWithinVariation } from './variation.ts';

/**
 * What came of one query: both engines agree, or would have if Prometheus' maps had been in another order, or Prometheus' answer is
 * one that its own data model excludes, or they differ.
 */
export type Verdict = { readonly theirs: Answer } & (
	| { readonly kind: 'agree' | 'varies' | 'impossible' }
	| { readonly kind: 'differ'; readonly difference: Difference }
);

/**
 * How often Prometheus is asked again before a difference counts: so often, and if its answers vary, so often more. Walking a small
 * map, Go begins at one of eight places, so that of two series the second comes first in one case out of eight.
 */
const ATTEMPTS = [100, 400];

/** Puts queries over one data set to both engines. */
export async function judge(
	prometheus: Prometheus,
	data: DataSet,
	queries: readonly TestQuery[]
): Promise<Verdict[]> {
	const asked = prometheus.answers(data, queries);
	const ours = ourAnswers(data, queries);
	const theirs = await asked;
	return Promise.all(
		queries.map((query, i) =>
			judgeOne(prometheus, data, query, ours[i] as Answer, theirs[i]?.[0] as Answer)
		)
	);
}

async function judgeOne(
	prometheus: Prometheus,
	data: DataSet,
	query: TestQuery,
	ours: Answer,
	theirs: Answer
): Promise<Verdict> {
	const text = treeText(query.tree, data.base);
	const order = orderOf(text);
	const difference = compareAnswers(ours, theirs, order);
	if (!difference) return { kind: 'agree', theirs };
	if (await hasImpossiblePart(prometheus, data, query)) return { kind: 'impossible', theirs };
	for (const attempts of ATTEMPTS) {
		const [distinct = []] = await prometheus.answers(data, [query], attempts);
		if (distinct.length === 1) return { kind: 'differ', difference, theirs };
		if (distinct.some((answer) => !compareAnswers(ours, answer, order)))
			return { kind: 'varies', theirs };
		if (isWithinVariation(ours, distinct)) return { kind: 'varies', theirs };
		if (CHOOSES.test(text) && isChoiceAmongEquals(ours, distinct))
			return { kind: 'varies', theirs };
	}
	const steady =
		!DEPENDS_ON_BOUNDS.test(text) && (await agreesAtEachStep(prometheus, data, query, ours));
	return steady ? { kind: 'varies', theirs } : { kind: 'differ', difference, theirs };
}

/**
 * Whether somewhere in the query Prometheus has a series with a float and a histogram at one time. It happens where series become equal
 * by losing what told them apart: Prometheus looks for two floats at one time and for two histograms, but not for one of each
 * (promql/engine.go, mergeSeriesWithSameLabelset), and what becomes of the two depends on who reads them.
 */
async function hasImpossiblePart(
	prometheus: Prometheus,
	data: DataSet,
	query: TestQuery
): Promise<boolean> {
	const trees = [...vectorParts(query.tree)];
	// Only a range query shows both.
	const parts = trees.map((tree) => ({ ...query, tree, step: query.step || 1 }));
	const answers = await prometheus.answers(data, parts);
	return answers.some(([answer]) => answer !== undefined && isImpossible(answer));
}

function isImpossible({ error, series }: Answer): boolean {
	// What an expression that is the same at all steps says of two samples at one.
	if (error === 'unexpected number of samples') return true;
	return series.some(({ floats, histograms }) => {
		const times = new Set(floats.map(({ time }) => time));
		return histograms.some(({ time }) => times.has(time));
	});
}

/** All parts that are instant vectors, the whole among them. */
function* vectorParts(tree: QueryTree): Generator<QueryTree> {
	if (tree.type === 'vector') yield tree;
	for (const piece of tree.pieces) if (typeof piece === 'object') yield* vectorParts(piece);
}

const CHOOSES = /\b(topk|bottomk|limitk)\b/;

const DEPENDS_ON_BOUNDS = /\b(start|end|range|step)\(\)/;

/**
 * Whether a range answer is at each step what Prometheus answers there to the instant query. Where topk and limitk have to choose among
 * equals, what they choose in a range query depends on the order of a Go map; in an instant query the order is fixed.
 */
async function agreesAtEachStep(
	prometheus: Prometheus,
	data: DataSet,
	query: TestQuery,
	ours: Answer
): Promise<boolean> {
	const steps: TestQuery[] = [];
	for (let at = query.start; query.step > 0 && at <= query.end; at += query.step) {
		steps.push({ ...query, start: at, end: at, step: 0 });
	}
	const answers = await prometheus.answers(data, steps);
	return (
		steps.length > 0 &&
		steps.every(({ start }, i) => {
			const theirs = (answers[i] as Answer[])[0] as Answer;
			const same = { ...theirs, warnings: [], infos: [] };
			return !compareAnswers(atTime(ours, data.base + start), same, 'none');
		})
	);
}

/** The part of a range answer that belongs to one step, as an instant answer has it. */
function atTime(answer: Answer, time: number): Answer {
	const series = answer.series.map(({ labels, floats, histograms }) => ({
		labels,
		floats: floats.filter((point) => point.time === time),
		histograms: histograms.filter((point) => point.time === time)
	}));
	return {
		error: answer.error,
		type: 'vector',
		series: series.filter(({ floats, histograms }) => floats.length + histograms.length > 0),
		warnings: [],
		infos: []
	};
}
