import type { Node } from 'acorn';

/** Every node of a syntax tree, from the outside in, in the order of the text. */
export function* nodesOf(value: unknown): Generator<Node> {
	if (Array.isArray(value)) {
		for (const item of value) yield* nodesOf(item);
		return;
	}
	if (typeof value !== 'object' || value === null) return;
	if ('type' in value && typeof value.type === 'string') yield value as Node;
	for (const inner of Object.values(value)) {
		if (typeof inner === 'object') yield* nodesOf(inner);
	}
}

/** The same without what is inside of functions. */
export function* topLevelNodesOf(value: unknown): Generator<Node> {
	if (Array.isArray(value)) {
		for (const item of value) yield* topLevelNodesOf(item);
		return;
	}
	if (typeof value !== 'object' || value === null) return;
	const isNode = 'type' in value && typeof value.type === 'string';
	if (isNode && /Function/.test(value.type as string)) return;
	if (isNode) yield value as Node;
	for (const inner of Object.values(value)) {
		if (typeof inner === 'object') yield* topLevelNodesOf(inner);
	}
}
