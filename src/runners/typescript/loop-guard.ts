import type { Node, Program } from 'acorn';
import { nodesOf } from './tree.ts';

/** What the guard is called in compiled code: nothing that a person would call something. */
export const LOOP_GUARD = '__promenadeLoop';

const LOOPS = new Set([
	'WhileStatement',
	'DoWhileStatement',
	'ForStatement',
	'ForInStatement',
	'ForOfStatement'
]);

/**
 * Puts a call of the guard, with line and column, at the head of every loop body. A thread that never ends cannot be asked
 * where it is, so it says so itself while it still runs, and whoever ends it can name the loop. Lines stay where they are.
 */
export function guardLoops(javascript: string, program: Program): string {
	const insertions: { readonly at: number; readonly text: string }[] = [];
	for (const node of nodesOf(program)) {
		if (!LOOPS.has(node.type)) continue;
		const { body, loc } = node as Loop;
		const call = `${LOOP_GUARD}(${loc?.start.line ?? 1},${(loc?.start.column ?? 0) + 1});`;
		if (body.type === 'BlockStatement') insertions.push({ at: body.start + 1, text: call });
		else insertions.push({ at: body.start, text: `{${call}` }, { at: body.end, text: '}' });
	}
	return insertions
		.sort((a, b) => b.at - a.at)
		.reduce((text, { at, text: added }) => text.slice(0, at) + added + text.slice(at), javascript);
}

interface Loop extends Node {
	readonly body: Node;
}
