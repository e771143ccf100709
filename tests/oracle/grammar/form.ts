import fc from 'fast-check';
import type { Piece, QueryTree, TreeType } from '../query-tree.ts';

/** What the productions refer to, by what it stands for. */
export type Grammar = Readonly<Record<'vector' | 'scalar' | 'range', QueryTree>>;

/** A production by its name, for those that contain one another. */
export type Tie = (type: keyof Grammar) => fc.Arbitrary<QueryTree>;

type Part = string | fc.Arbitrary<Piece>;

/** Beyond this depth of choices the first one is taken, which has to lead to an end. */
export const DEPTH = { maxDepth: 5, depthIdentifier: 'query' };

/** A choice and how likely it is. */
export type Weighted = readonly [number, fc.Arbitrary<QueryTree>];

/** One of several, each as likely as its weight; the first where the query is deep enough already. */
export function weighted(...choices: readonly Weighted[]): fc.Arbitrary<QueryTree> {
	return fc.oneof(
		DEPTH,
		...choices.map(([weight, arbitrary]) => ({ weight: weight * 10, arbitrary }))
	);
}

/** One of these, all as likely. */
export function oneOf<T>(...values: readonly T[]): fc.Arbitrary<T> {
	return fc.constantFrom(...values);
}

/** A tree of text and smaller trees. */
export function form(type: TreeType, ...parts: readonly Part[]): fc.Arbitrary<QueryTree> {
	const pieces = parts.map((part) => (typeof part === 'string' ? fc.constant<Piece>(part) : part));
	return fc.tuple(...pieces).map((made) => ({ type, pieces: made }));
}
