import type { ExplainedNode } from '#engine/promql';

/** What a node itself is: its text in the query with an ellipsis for each child that has a row of its own to be read in. */
export function elided(query: string, { span, children }: ExplainedNode): string {
	let text = '';
	let at = span.from;
	const inOrder = children
		.filter(({ kind }) => kind !== 'number' && kind !== 'string')
		.toSorted((a, b) => a.span.from - b.span.from);
	for (const child of inOrder) {
		text += `${query.slice(at, child.span.from)}…`;
		at = child.span.to;
	}
	return (text + query.slice(at, span.to)).replace(/\s+/g, ' ');
}

/** As much of a node's text as is worth reading in one place. */
const LONGEST_TEXT = 500;

/** The text of a node, cut with an ellipsis when it is very long. */
export function shortened(text: string): string {
	return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

/** The node whose detail is worth seeing first: the first rate or quantile, from the root on. */
export function firstHard(node: ExplainedNode): ExplainedNode | undefined {
	const { detail } = node;
	if (detail?.kind === 'quantile' || (detail?.kind === 'window' && detail.rate)) return node;
	for (const child of node.children) {
		const found = firstHard(child);
		if (found) return found;
	}
	return undefined;
}

/** The node with a number. */
export function nodeOf(node: ExplainedNode, id: number): ExplainedNode | undefined {
	if (node.id === id) return node;
	for (const child of node.children) {
		const found = nodeOf(child, id);
		if (found) return found;
	}
	return undefined;
}
