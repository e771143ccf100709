import type { Answer } from './answer.ts';
import type { DataSet } from './data-set.ts';
import { instantQueries } from './each-step.ts';
import type { Asked, Verdict } from './judge.ts';
import type { QueryTree } from './query-tree.ts';
import type { TestQuery } from './random-query.ts';

type Judge = (data: DataSet, queries: readonly TestQuery[]) => Promise<Verdict[]>;

/** A part of the query where a series has two samples at one time, and when: at all times where that can not be told. */
interface ImpossiblePart {
	readonly tree: QueryTree;
	readonly times: readonly number[] | 'all';
}

/**
 * Whether a difference comes from a part of the query where Prometheus has a series with a float and a histogram at one time. It happens
 * where series become equal by losing what told them apart: Prometheus looks for two floats at one time and for two histograms, but
 * not for one of each (promql/engine.go, mergeSeriesWithSameLabelset), and what becomes of the two depends on who reads them.
 *
 * All else has to be right: what such a part is made of, the query with other vectors in its place, and the steps at which
 * there are no two samples.
 */
export async function comesFromTwoSamples(asked: Asked, judge: Judge): Promise<boolean> {
	const { data, query } = asked;
	const found = await impossibleParts(asked);
	if (found.length === 0) return false;
	const trees = new Set(found.map(({ tree }) => tree));
	const inside = [...trees].flatMap((tree) => [...operands(tree)]);
	const around = [...inside, ...STAND_INS].map((other) => replaced(query.tree, trees, other));
	const others = [...inside, ...around].map((tree) => ({ ...query, tree }));
	const verdicts = await judge(data, [...others, ...stepsApart(asked, found)]);
	return verdicts.every(({ kind }) => kind !== 'differ');
}

const STAND_INS: readonly QueryTree[] = ['temp', 'nh', 'vector(1)'].map((text) => ({
	type: 'vector',
	pieces: [text]
}));

/** The innermost parts with two samples of a series at one time. */
async function impossibleParts({ prometheus, data, query }: Asked): Promise<ImpossiblePart[]> {
	const trees = [...vectorParts(query.tree)];
	// Only a range query shows both.
	const queries = trees.map((tree) => ({ ...query, tree, step: query.step || 1 }));
	const answers = await prometheus.answers(data, queries);
	const found = trees.flatMap((tree, i) => {
		const times = doubleTimes(answers[i]?.[0] as Answer);
		return times ? [{ tree, times }] : [];
	});
	const holds = (outer: QueryTree, tree: QueryTree) =>
		outer !== tree && [...vectorParts(outer)].includes(tree);
	return found.filter(({ tree }) => !found.some((other) => holds(tree, other.tree)));
}

function doubleTimes({ error, series }: Answer): number[] | 'all' | undefined {
	// What an expression that is the same at all steps says of two samples at one.
	if (error === 'unexpected number of samples') return 'all';
	const times = series.flatMap(({ floats, histograms }) => {
		const own = new Set(floats.map(({ time }) => time));
		return histograms.map(({ time }) => time).filter((time) => own.has(time));
	});
	return times.length > 0 ? times : undefined;
}

/** The instant queries at the steps that have no two samples; none where a range looks at other times than the steps. */
function stepsApart({ data, query }: Asked, found: readonly ImpossiblePart[]): TestQuery[] {
	const times = new Set<number>();
	for (const part of found) {
		if (part.times === 'all' || isInRange(query.tree, part.tree)) return [];
		for (const time of part.times) times.add(time);
	}
	return instantQueries(query, data.base).filter(({ start }) => !times.has(data.base + start));
}

function isInRange(tree: QueryTree, part: QueryTree): boolean {
	return tree.pieces.some(
		(piece) =>
			typeof piece === 'object' &&
			(piece.type === 'range' ? [...vectorParts(piece)].includes(part) : isInRange(piece, part))
	);
}

/** All parts that are instant vectors, the whole among them. */
function* vectorParts(tree: QueryTree): Generator<QueryTree> {
	if (tree.type === 'vector') yield tree;
	for (const piece of tree.pieces) if (typeof piece === 'object') yield* vectorParts(piece);
}

/** The outermost vectors inside a part. */
function* operands({ pieces }: QueryTree): Generator<QueryTree> {
	for (const piece of pieces) {
		if (typeof piece !== 'object') continue;
		if (piece.type === 'vector') yield piece;
		else yield* operands(piece);
	}
}

function replaced(tree: QueryTree, parts: ReadonlySet<QueryTree>, other: QueryTree): QueryTree {
	if (parts.has(tree)) return other;
	const inPiece = (piece: QueryTree['pieces'][number]) =>
		typeof piece === 'object' ? replaced(piece, parts, other) : piece;
	return { type: tree.type, pieces: tree.pieces.map(inPiece) };
}
