import type { CST } from 'yaml';

/** Far more than any configuration needs, and far less than what exhausts the stack: a tree is made by functions that call themselves. */
export const DEEPEST = 100;

/** Where in a text something is nested too deeply; undefined when nothing is. */
export function findTooDeep(tokens: readonly CST.Token[]): number | undefined {
	const waiting = tokens.map((token) => ({ token, depth: 0 }));
	for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
		const { token, depth } = one;
		if (depth > DEEPEST) return token.offset;
		for (const inner of partsOf(token)) waiting.push({ token: inner, depth: depth + 1 });
	}
	return undefined;
}

function partsOf(token: CST.Token): CST.Token[] {
	if (token.type === 'document') return token.value ? [token.value] : [];
	if (!('items' in token)) return [];
	return token.items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat());
}
