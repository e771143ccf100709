import type { Node, Program } from 'acorn';

/** What the guard is called in compiled code. */
export const LOOP_GUARD = '$loop';

const LOOPS = new Set([
	'WhileStatement',
	'DoWhileStatement',
	'ForStatement',
	'ForInStatement',
	'ForOfStatement'
]);

/**
 * Puts a call `$loop(line, column)` at the head of every loop body. A thread that never ends cannot be asked where it is,
 * so it says so itself while it still runs, and whoever ends it can name the loop. Lines stay where they are.
 */
export function guardLoops(javascript: string, program: Program): string {
	const insertions: { readonly at: number; readonly text: string }[] = [];
	for (const loop of loopsOf(program)) {
		const { body } = loop;
		const start = loop.loc?.start;
		const call = `${LOOP_GUARD}(${start?.line ?? 1},${(start?.column ?? 0) + 1});`;
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

function loopsOf(value: unknown): Loop[] {
	if (Array.isArray(value)) return value.flatMap(loopsOf);
	if (typeof value !== 'object' || value === null) return [];
	const inside = Object.values(value).flatMap(loopsOf);
	const node = value as Node;
	return LOOPS.has(node.type) ? [node as Loop, ...inside] : inside;
}
