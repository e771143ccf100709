/** What a part of a query stands for. Of the last, the smallest is nothing at all. */
export type TreeType = 'vector' | 'scalar' | 'range' | 'string' | 'modifier';

/**
 * A query as the generator made it: its text in pieces, between which there are smaller queries. A number is a moment, in
 * seconds since the data set's base. Any tree may stand where another of its type stands, which is what shrinking lives on.
 */
export interface QueryTree {
	readonly type: TreeType;
	readonly pieces: readonly Piece[];
}

export type Piece = string | number | QueryTree;

/** The query as text, for data whose times count from a base in milliseconds. */
export function treeText({ pieces }: QueryTree, base: number): string {
	return pieces
		.map((piece) => {
			if (typeof piece === 'string') return piece;
			return typeof piece === 'number' ? String(base / 1000 + piece) : treeText(piece, base);
		})
		.join('');
}

/** Smaller queries in its place, the smallest first: a leaf, a part of the same type, the same with a part made smaller. */
export function* smallerTrees(tree: QueryTree): Generator<QueryTree> {
	const own = treeText(tree, 0);
	for (const leaf of LEAVES[tree.type]) {
		if (leaf.length < own.length) yield { type: tree.type, pieces: [leaf] };
	}
	for (const part of parts(tree)) if (part.type === tree.type) yield part;
	for (let i = 0; i < tree.pieces.length; i++) {
		const piece = tree.pieces[i];
		if (typeof piece !== 'object') continue;
		for (const smaller of smallerTrees(piece)) {
			yield { type: tree.type, pieces: tree.pieces.with(i, smaller) };
		}
	}
}

const LEAVES: Readonly<Record<TreeType, readonly string[]>> = {
	vector: ['temp', 'small', 'vector(1)'],
	scalar: ['1'],
	range: ['temp[1m]'],
	string: ['"x"'],
	modifier: ['']
};

/** All trees inside, the largest first. */
function* parts({ pieces }: QueryTree): Generator<QueryTree> {
	const children = pieces.filter((piece) => typeof piece === 'object');
	yield* children;
	for (const child of children) yield* parts(child);
}
